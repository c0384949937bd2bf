package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolsCommandTest {
    private static final String MINE = """
            name: mine
            title: up to two metres
            description: Counted are measurements up to 2 m.
            steps:
              - resize: {kernel: model}
              - range: {min: 0, max: 2, max-included: true}
              - align: {metric: none}
            metrics: [absrel, rmse]
            """;

    @TempDir
    private Path folder;

    private CommandLineRun run(String... words) {
        return new CommandLineRun(folder.resolve("home")).run(words);
    }

    private static JsonNode json(CommandLineRun run) {
        return JsonMapper.builder().build().readTree(run.out());
    }

    private Path mine() throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), MINE);
    }

    @Test
    void everyProtocolIsListedAndShownInWordsWithItsHash() {
        CommandLineRun list = run("protocols", "list", "--json");
        assertThat(list.code()).isZero();
        for (JsonNode protocol : json(list)) {
            String name = protocol.get("name").asString();
            CommandLineRun show = run("protocols", "show", name);
            assertThat(show.code()).isZero();
            assertThat(show.out()).startsWith(name + ": ").contains("Known flaws", "Source", "Metrics",
                    "Hash " + protocol.get("hash").asString());
        }
        assertThat(run("protocols", "list").out()).contains("moge-eval", "kitti-devkit", "ultralytics-pooled");
        assertThat(run("protocols", "show", "monodepth2").out())
                .contains("2. Counted are pixels whose true depth is above 0.001 m and below 80 m.", "rmse (m)");
    }

    @Test
    void aFileIsShownAndComparedLikeABuiltInProtocol() throws IOException {
        String file = mine().toString();
        assertThat(run("protocols", "show", file).out()).startsWith("mine: up to two metres")
                .contains("above 0 m and at most 2 m");
        CommandLineRun diff = run("protocols", "diff", "metric", file);
        assertThat(diff.out()).contains("setting", "range.max", "none", "2", "metrics");
        assertThat(run("protocols", "diff", "metric", "metric").out()).contains("same definition");
        assertThat(json(run("protocols", "diff", "nyu-eigen", "kitti-garg", "--json")).valueStream()
                .map(node -> node.get("setting").asString())).contains("crop", "range.max", "clip.max");
    }

    @Test
    void wrongFilesAndNamesAreExplained() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), MINE.replace("max-included", "max-inclusive"));
        CommandLineRun unknown = run("protocols", "show", wrong.toString());
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("wrong.yaml", "steps[1].range", "max-inclusive");
        CommandLineRun name = run("protocols", "show", "nyu");
        assertThat(name.code()).isEqualTo(2);
        assertThat(name.err()).contains("nyu-eigen");
        assertThat(run("protocols", "show", folder.resolve("none.yaml").toString()).code()).isEqualTo(4);
        Path text = Files.writeString(folder.resolve("mine.txt"), MINE);
        assertThat(run("protocols", "show", text.toString()).err()).contains(".yaml");
    }

    @Test
    void theSchemaIsJson() {
        assertThat(json(run("protocols", "schema")).get("properties").propertyNames()).contains("steps", "metrics");
    }

    @Test
    void filesAreComparedUnderAProtocolOfTheUser() throws IOException {
        Path truth = folder.resolve("truth.npy");
        Path prediction = folder.resolve("prediction.npy");
        Npy.write(truth, NdArray.ofFloats(new float[]{1, 2, 3, 0}, 2, 2));
        Npy.write(prediction, NdArray.ofFloats(new float[]{1.5f, 2, 9, 5}, 2, 2));
        CommandLineRun run = run("compare", truth.toString(), prediction.toString(), "--protocol", mine().toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("protocol mine, 2 of 4 pixels", "absrel 0.25", " m");
    }

    /** A copy of the records of a toolkit, one of which is changed. */
    @Test
    void verificationCountsRecordsAndFailsIfOneIsOutOfTolerance() throws IOException {
        Path goldens = Path.of(System.getProperty("fathom.goldens"), "protocols");
        Path copy = Files.createDirectories(folder.resolve("records/inputs")).getParent();
        try (Stream<Path> inputs = Files.list(goldens.resolve("inputs"))) {
            for (Path input : inputs.filter(file -> file.getFileName().toString().startsWith("edge_")).toList()) {
                Files.copy(input, copy.resolve("inputs").resolve(input.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(goldens.resolve("cases.json"), copy.resolve("cases.json"));
        String record = """
                {"settings": {}, "results": [
                {"case": "edge_perfect", "toolkit": "zoedepth", "protocol": "compute_errors on the mask", "settings": "s",
                 "metrics": {"abs_rel": %s, "a1": 1.0}},
                {"case": "edge_perfect", "toolkit": "zoedepth", "protocol": "compute_metrics, crop no crop", "settings": "s",
                 "raises": "UnboundLocalError"},
                {"case": "synth_a", "toolkit": "zoedepth", "protocol": "compute_errors on the mask", "settings": "s",
                 "metrics": {"abs_rel": 1}}]}
                """;
        Files.writeString(copy.resolve("expected.json"), record.formatted("0.0"));
        CommandLineRun right = run("protocols", "verify", copy.toString());
        assertThat(right.code()).as(right.err()).isZero();
        assertThat(right.out()).contains("2 of 3 records reproduced, 1 not covered, 0 out of tolerance; 66.7 % covered",
                "not covered (1): zoedepth: the input synth_a_gt.npy is not there");
        Files.writeString(copy.resolve("expected.json"), record.formatted("0.1"));
        CommandLineRun wrong = run("protocols", "verify", copy.toString(), "--json");
        assertThat(wrong.code()).isEqualTo(3);
        JsonNode summary = json(wrong);
        assertThat(summary.get("outOfTolerance").asInt()).isEqualTo(1);
        assertThat(summary.get("toolkits").get(0).get("outOfTolerance").get(0).asString()).contains("edge_perfect",
                "abs_rel: expected 0.1, found 0.0");
        CommandLineRun none = run("protocols", "verify", folder.resolve("nowhere").toString());
        assertThat(none.code()).isEqualTo(4);
        assertThat(none.err()).contains("nowhere");
    }
}
