package fathom.evaluation.protocols;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.evaluation.metrics.Metric;
import fathom.formats.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProtocolFileTest {
    private static final String VALID = """
            name: mine
            title: a protocol of mine
            description: Counted are measurements up to 5 m.
            steps:
              - resize: {kernel: opencv-linear}
              - range: {min: 0.1, max: 5}
              - crop: garg
              - align: {metric: none, affine-invariant: least-squares-of-depth, fit-pixels: finite}
              - clip: {min: 0.1, max: 5, nan: min}
            metrics: [absrel, rmse, delta1]
            """;

    @TempDir
    private Path folder;

    private static StepProtocol read(String yaml) throws FormatException {
        return ProtocolFile.read(yaml.getBytes(StandardCharsets.UTF_8), "mine.yaml");
    }

    @Test
    void aFileIsReadInOrder() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, VALID);
        StepProtocol protocol = ProtocolFile.read(file);
        assertThat(protocol.name()).isEqualTo("mine");
        assertThat(protocol.metrics()).containsExactly(Metric.ABS_REL, Metric.RMSE, Metric.DELTA_1);
        assertThat(protocol.steps()).extracting(step -> step.key()).containsExactly("resize", "range", "crop", "align",
                "clip");
        assertThat(protocol.text().title()).isEqualTo("mine: a protocol of mine");
    }

    @Test
    void theHashDependsOnNumbersAndNotOnWords() throws IOException {
        String hash = read(VALID).hash();
        assertThat(read(VALID.replace("a protocol of mine", "another title")).hash()).isEqualTo(hash);
        assertThat(read(VALID.replace("max: 5}", "max: 6}")).hash()).isNotEqualTo(hash);
        assertThat(read(VALID.replace("[absrel, rmse, delta1]", "[absrel, rmse]")).hash()).isNotEqualTo(hash);
    }

    @Test
    void everyBuiltInProtocolHasItsOwnHash() {
        assertThat(Protocol.all().stream().map(Protocol::hash)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "crop: garg | crop: gargantua | steps[2].crop: expected one of garg, eigen-kitti",
            "max: 5} | max: 0.01} | steps[1].range: range: expected min below max",
            "metric: none | metrics: none | steps[3].align: expected one of metric,",
            "fit-pixels: finite | fit-pixels: 3 | steps[3].align.fit-pixels: expected one of all, finite, positive",
            "kernel: opencv-linear | kernel: opencv | steps[0].resize",
            "kernel: opencv-linear | colour: red | steps[0].resize: expected the keys always, inverse, kernel",
            "[absrel, rmse, delta1] | [absrel, psnr] | psnr",
            "[absrel, rmse, delta1] | [absrel, nonsense] | metrics[1]: expected one of rmse",
            "[absrel, rmse, delta1] | [] | metrics: expected at least one",
            "name: mine | name: My protocol | name: expected lower-case letters",
            "title: | titel: | protocol: expected the keys arithmetic",
            "- crop: garg | - same-size: true | expected one step resize or same-size, found a second",
            "- resize: {kernel: opencv-linear} | - crop: garg | expected resize or same-size as the first step",
            "nan: min | nan: zero | steps[4].clip.nan: expected one of keep, min, max",
            "min: 0.1, max: 5, nan | min: low, max: 5, nan | steps[4].clip.min: expected a finite number"})
    void whatIsWrongIsNamedWithItsPlace(String from, String to, String message) {
        assertThat(VALID).contains(from);
        assertThatThrownBy(() -> read(VALID.replaceFirst(java.util.regex.Pattern.quote(from), to)))
                .isInstanceOf(FormatException.class).hasMessageContaining("mine.yaml").hasMessageContaining(message);
    }

    @Test
    void aProtocolWithoutAnAlignmentIsRefused() {
        assertThatThrownBy(() -> read(VALID.replaceAll("(?m)^  - align.*\n", "")))
                .hasMessageContaining("steps: expected a step align");
    }

    @Test
    void brokenYamlAndHugeFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> read("name: [")).isInstanceOf(FormatException.class)
                .hasMessageContaining("not valid YAML");
        assertThatThrownBy(() -> read("- a")).hasMessageContaining("expected a map of keys");
        Path huge = folder.resolve("huge.yaml");
        Files.write(huge, new byte[2 << 20]);
        assertThatThrownBy(() -> ProtocolFile.read(huge)).hasMessageContaining("at most 1 MiB");
    }

    @Test
    void whatWouldSilentlyBeReadOtherwiseIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> read(VALID.replace("title:", "name: other\ntitle:"))).hasMessageContaining("line 2")
                .hasMessageContaining("\"name\"");
        assertThatThrownBy(() -> read(VALID + "---\n" + VALID)).hasMessageContaining("found a second");
        assertThatThrownBy(() -> read("name: [unclosed\n")).hasMessageContaining("not valid YAML at line")
                .hasMessageContaining("expected ',' or ']'").hasMessageNotContaining("\n");
        assertThatThrownBy(() -> read(VALID.replace("[absrel,", "[absrel, absrel,"))).hasMessageContaining("metrics[1]")
                .hasMessageContaining("again");
        for (String kernel : new String[]{"{a: b}", "null", "[opencv-linear]", "5"}) {
            assertThatThrownBy(() -> read(VALID.replace("opencv-linear", kernel))).as(kernel)
                    .hasMessageContaining("steps[0].resize.kernel: expected a text");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.7", "0.5", "1e300", "0", "-3", "ten"})
    void numbersOfPixelsAreWhole(String number) {
        assertThatThrownBy(() -> read(VALID.replace("crop: garg", "at-least: " + number)))
                .hasMessageContaining("steps[2].at-least: expected a whole number");
        assertThatThrownBy(
                () -> read(VALID.replace("fit-pixels: finite", "fit-pixels: finite, fit-resolution: " + number)))
                .hasMessageContaining("fit-resolution: expected a whole number");
    }

    @Test
    void settingsThatCannotGiveAScoreAreRefused() {
        assertThatThrownBy(() -> read(VALID.replace("crop: garg", "range: {min: 8, max: 9}")))
                .hasMessageContaining("steps[2]: expected ranges that overlap");
        for (String method : new String[]{"none", "least-squares-of-depth", "ratio-of-medians"}) {
            assertThatThrownBy(
                    () -> read(VALID.replace("metric: none", "metric: none, affine-invariant-inverse: " + method)))
                    .as(method).hasMessageContaining("expected an alignment of inverse depth");
        }
    }

    @Test
    void aFolderInPlaceOfAFileIsNamed() throws IOException {
        Path wrong = Files.createDirectory(folder.resolve("dir.yaml"));
        assertThatThrownBy(() -> ProtocolFile.read(wrong)).isInstanceOf(FormatException.class)
                .hasMessageContaining("dir.yaml").hasMessageContaining("found a folder");
    }
}
