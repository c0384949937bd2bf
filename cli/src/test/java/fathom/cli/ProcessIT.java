package fathom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.StoredPrediction;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program as a separate process. */
class ProcessIT {
    private static final int SCENES = 60;
    private static final int DIFFUSED = 8;
    private static final int TIMEOUT_SECONDS = 120;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void chooseHome() {
        home = folder.resolve("home");
    }

    private Process start(String... words) throws IOException {
        return start(Map.of(), words);
    }

    private Process start(Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED", "-cp", Path.of("target", "fathom", "lib") + "/*",
                        "fathom.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().put("FATHOM_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String run(int expected, String... words) throws IOException, InterruptedException {
        Process process = start(words);
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isEqualTo(expected);
        return output;
    }

    private Path pairs(int count) throws IOException {
        Path pairs = folder.resolve("pairs");
        Files.createDirectories(pairs.resolve("rgb"));
        Files.createDirectories(pairs.resolve("depth"));
        for (int i = 0; i < count; i++) {
            String name = "%03d.png".formatted(i);
            byte[] pixels = new byte[48 * 64 * 3];
            new Random(i).nextBytes(pixels);
            Png.writeRgb(pairs.resolve("rgb").resolve(name), RgbImage.wrap(pixels, 48, 64));
            float[] depth = new float[48 * 64];
            Arrays.fill(depth, 1000 + i);
            Png.writeGray16(pairs.resolve("depth").resolve(name), Plane.wrap(depth, 48, 64));
        }
        return pairs;
    }

    @Test
    void versionAndHelpArePrinted() throws Exception {
        assertThat(run(0, "--version")).startsWith("fathom ");
        assertThat(run(0, "apply", "--help")).contains("Examples:").contains("--redo");
        assertThat(run(2)).contains("Missing command");
    }

    @Test
    void hundredsOfPicturesAreAccepted() throws Exception {
        Path pairs = pairs(1);
        List<String> words = new ArrayList<>(List.of("predict", "--model", "fastdepth", "--format", "npy", "--out",
                folder.resolve("maps").toString()));
        Path one = pairs.resolve("rgb/000.png");
        for (int i = 0; i < 2000; i++) {
            words.add(one.toString());
        }
        run(0, words.toArray(String[]::new));
        Plane map = Npy.readPlane(folder.resolve("maps/000.npy"));
        assertThat(map.height()).isEqualTo(48);
        assertThat(map.get(24, 32)).isBetween(0.1f, 20f);
    }

    @Test
    void killedApplyResumesAndStoresTheSameMaps() throws Exception {
        Path model = Path.of(System.getProperty("fathom.goldens"), "dpt_hybrid");
        run(0, "datasets", "import", "pairs", pairs(SCENES).toString(), "--name", "d");
        String[] apply = {"apply", "d", "--model", model.toString(), "--field", "dpt"};

        Datasets datasets = Datasets.at(home);
        int before = killedAfterTheFirst(datasets, "dpt", apply);

        String output = run(0, apply);
        assertThat(output).contains((SCENES - before) + " predicted, " + before + " done before, 0 failed");
        run(0, "apply", "d", "--model", model.toString(), "--field", "whole");
        try (Dataset dataset = datasets.openReadOnly("d")) {
            for (Sample sample : dataset.samples()) {
                assertThat(sample.prediction("dpt").prediction().values().toArray())
                        .isEqualTo(sample.prediction("whole").prediction().values().toArray());
            }
        }
        assertThat(run(0, "evaluate", "d", "--prediction", "dpt", "--protocol", "article"))
                .contains(SCENES + " of " + SCENES + " samples evaluated");
    }

    /** Starts {@code apply} and kills it after a prediction is stored; returns the number of stored predictions. */
    private int killedAfterTheFirst(Datasets datasets, String field, String... apply) throws Exception {
        Process process = start(apply);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (process.isAlive() && done(datasets, field) == 0 && System.nanoTime() < end) {
            Thread.sleep(2);
        }
        process.destroyForcibly().waitFor();
        return done(datasets, field);
    }

    private static int done(Datasets datasets, String field) {
        try (Dataset dataset = datasets.openReadOnly("d")) {
            return dataset.field(field).done();
        }
    }

    @Test
    void killedDiffusionResumesAndStoresTheSameMaps() throws Exception {
        Path model = Path.of(System.getProperty("fathom.goldens"), "marigold");
        String[] add = {"datasets", "import", "pairs", pairs(DIFFUSED).toString(), "--name", "d"};
        String[] apply = {"apply", "d", "--model", model.toString(), "--field", "marigold", "--steps", "4",
                "--ensemble", "3", "--seed", "1"};
        assertThat(new CommandLineRun(home).run(add).code()).isZero();
        int before = killedAfterTheFirst(Datasets.at(home), "marigold", apply);
        assertThat(before).isBetween(1, DIFFUSED - 1);
        Map<String, Instant> kept = created(Datasets.at(home));
        assertThat(run(0, apply)).contains("Resuming field marigold: " + before + " of " + DIFFUSED,
                (DIFFUSED - before) + " predicted, " + before + " done before, 0 failed");
        assertThat(created(Datasets.at(home))).hasSize(DIFFUSED).containsAllEntriesOf(kept);

        Datasets resumed = Datasets.at(home);
        home = folder.resolve("another home");
        assertThat(new CommandLineRun(home).run(add).code()).isZero();
        run(0, apply);
        try (Dataset one = resumed.openReadOnly("d"); Dataset other = Datasets.at(home).openReadOnly("d")) {
            for (int i = 0; i < DIFFUSED; i++) {
                StoredPrediction found = one.samples().get(i).prediction("marigold");
                StoredPrediction whole = other.samples().get(i).prediction("marigold");
                assertThat(one.samples().get(i).name()).isEqualTo(other.samples().get(i).name());
                assertThat(found.prediction().values().toArray()).isEqualTo(whole.prediction().values().toArray());
                assertThat(found.maps()).hasSize(1);
                assertThat(found.map("uncertainty").orElseThrow().plane().toArray())
                        .isEqualTo(whole.map("uncertainty").orElseThrow().plane().toArray());
            }
        }
    }

    /** Returns when each stored prediction was created, by sample. */
    private static Map<String, Instant> created(Datasets datasets) {
        Map<String, Instant> created = new HashMap<>();
        try (Dataset dataset = datasets.openReadOnly("d")) {
            for (Sample sample : dataset.samplesIn("marigold", FieldState.DONE)) {
                created.put(sample.name(), sample.prediction("marigold").field().created());
            }
        }
        return created;
    }

    @Test
    void sigtermCancelsRunningRemoteCalls() throws Exception {
        CommandLineRun added = new CommandLineRun(home).run("datasets", "import", "pairs", pairs(4).toString(),
                "--name", "d");
        assertThat(added.code()).isZero();
        try (FakeReplicate service = new FakeReplicate(picture -> List.of(), number -> 201)) {
            service.neverReady();
            Process process = start(service.environment(), "apply", "d", "--model", "replicate:adirik/marigold",
                    "--field", "remote", "--concurrency", "2");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (process.isAlive() && service.inputs().size() < 2 && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            process.destroy();
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("output.txt"))).contains("Interrupted.", "run the same command");
            assertThat(Set.copyOf(service.cancelled())).containsExactlyInAnyOrder("p1", "p2");
        }
        try (Dataset dataset = Datasets.at(home).openReadOnly("d")) {
            assertThat(dataset.failures("remote")).isEmpty();
        }
    }
}
