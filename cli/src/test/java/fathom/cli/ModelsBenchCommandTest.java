package fathom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import fathom.cli.console.Console;
import fathom.cli.models.ModelsBenchCommand;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The output of {@code fathom models bench}, with a script in the place of PyTorch. */
class ModelsBenchCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) throws Exception {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true),
                new BufferedReader(new StringReader("")), false,
                Map.of("HF_HUB_CACHE", folder.resolve("hub").toString(), "HF_HUB_OFFLINE", "1"));
        ModelsBenchCommand command = new ModelsBenchCommand(console);
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private static String golden(String name) {
        return Path.of(System.getProperty("fathom.goldens"), name).toString();
    }

    @Test
    void bothPrecisionsAreMeasuredAndCompared() throws Exception {
        assertThat(
                run(golden("depth_anything"), "--rounds", "2", "--threads", "1", "--json", "--home", folder.toString()))
                .isZero();
        JsonNode row = JsonMapper.shared().readTree(out.toString()).path(0);
        JsonNode times = row.path("times");
        assertThat(times.path("architecture").asString()).isEqualTo("depth_anything");
        assertThat(times.path("full").size()).isEqualTo(4);
        assertThat(times.path("int8").path("runs").size()).isEqualTo(4);
        assertThat(times.path("gigaflop").asDouble()).isPositive();
        assertThat(times.path("int8").path("difference").asDouble()).isBetween(1e-6, 0.5);
        assertThat(times.path("absRel").asDouble()).isPositive();
        assertThat(row.path("floorSeconds").asDouble()).isPositive().isLessThan(row.path("seconds").asDouble());
        assertThat(row.path("ratioToPeer").isNull()).isTrue();
    }

    @Test
    void missingModelIsReportedWithARemedy() {
        assertThatThrownBy(() -> run("--home", folder.toString())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no known model is downloaded").hasMessageContaining("fathom models pull");
    }

    @Test
    void peerWithoutItsScriptIsRejected() {
        assertThatThrownBy(() -> run("--peers", folder.toString(), "--home", folder.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected bench_forward.py in " + folder);
    }

    @Test
    void failureOfThePeerIsReported() throws Exception {
        Files.writeString(folder.resolve("bench_forward.py"), "");
        Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho no torch here >&2\nexit 3\n");
        assumeTrue(python.toFile().setExecutable(true), "SKIPPED: no executable files here");
        assertThatThrownBy(() -> run("--peers", folder.toString(), "--python", python.toString(), "--peer-model",
                "glpn-nyu", "--work", folder.resolve("work").toString(), "--home", folder.toString()))
                .isInstanceOf(IOException.class).hasMessageContaining("found 3: no torch here");
        assertThatThrownBy(() -> run("--peers", folder.toString(), "--peer-model", "vgg", "--home", folder.toString()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected one of dpt-hybrid");
    }

    @Test
    void ratiosAreRatiosOfMedians() throws Exception {
        String model = golden("glpn");
        Path work = Files.createDirectories(folder.resolve("work/glpn-nyu"));
        for (String file : new String[]{"config.json", "pytorch_model.bin"}) {
            Files.copy(Path.of(model, file), work.resolve(file));
        }
        float[] pixels = new float[3 * 480 * 640];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (i % 97) / 97f;
        }
        float[] theirs = new float[480 * 640];
        Arrays.fill(theirs, 1);
        Npy.write(work.resolve("input.npy"), NdArray.ofFloats(pixels, 1, 3, 480, 640));
        Npy.write(work.resolve("output.npy"), NdArray.ofFloats(theirs, 1, 480, 640));
        Files.writeString(folder.resolve("bench_forward.py"), "");
        Path python = Files.writeString(folder.resolve("python"), """
                #!/bin/sh
                test "$OMP_WAIT_POLICY $GOMP_SPINCOUNT" = "PASSIVE 0" || exit 4
                echo '{"peer": "a script", "all_s": [1000, 2000, 6000], "cpu_s_median": 4000}'
                """);
        assumeTrue(python.toFile().setExecutable(true), "SKIPPED: no executable files here");
        assertThat(run("--peers", folder.toString(), "--python", python.toString(), "--peer-model", "glpn-nyu",
                "--rounds", "1", "--work", folder.resolve("work").toString(), "--no-int8", "--json", "--home",
                folder.toString())).isZero();
        JsonNode row = JsonMapper.shared().readTree(out.toString()).path(0);
        double seconds = row.path("seconds").asDouble();
        assertThat(row.path("ratioToPeer").asDouble() * seconds).isCloseTo(2000, Offset.offset(1e-6));
        assertThat(row.path("times").path("height").asInt()).isEqualTo(480);
        assertThat(row.path("times").path("peer").path("name").asString()).isEqualTo("a script");
        double processorSeconds = row.path("times").path("oneThread").path("full").path(0).path("processorSeconds")
                .asDouble();
        double other = row.path("times").path("oneThread").path("full").path(1).path("processorSeconds").asDouble();
        assertThat(row.path("oneThreadProcessorRatioToPeer").asDouble() * (processorSeconds + other) / 2)
                .isCloseTo(4000, Offset.offset(1e-6));
    }
}
