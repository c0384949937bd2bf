package fathom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetListing;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.values.FieldState;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the packaged program at random moments of nine operations. Nothing that was complete is lost, nothing is damaged, and
 * the same command does the rest. The moments are drawn with a seed; the system property {@code fathom.soak} makes 200 kills.
 */
@Timeout(3600)
class KillsIT {
    private static final int KILLS = Boolean.getBoolean("fathom.soak") ? 200 : 9;
    private static final int SCENES = 12;
    private static final int TIMEOUT_SECONDS = 240;
    private static final String REFERENCE = "ref";

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Map<Operation, Long> durations = new HashMap<>();
    private Map<String, float[]> reference = Map.of();

    private enum Operation {
        IMPORT, APPLY, RESUME, QUANTISE, EVALUATE, REPORT, DELETE, RELOCATE, PREDICT
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Datasets datasets() {
        return Datasets.at(home());
    }

    private Process start(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp",
                        Path.of("target", "fathom", "lib") + "/*", "fathom.cli.Main"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment().put("FATHOM_HOME", home().toString());
        return builder.start();
    }

    /** Runs to the end and returns the time in milliseconds. */
    private long complete(List<String> words) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process process = start(words);
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("%s", words).isTrue();
        String output = Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s: %s", words, output).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    @Test
    void nothingDoneIsLostAndNothingIsDamaged() throws Exception {
        complete(List.of("datasets", "import", "pairs", pairs().toString(), "--scale", "1000", "--name", "base"));
        complete(List.of("apply", "base", "--model", "fastdepth", "--field", REFERENCE));
        reference = maps(REFERENCE);
        assertThat(reference).hasSize(SCENES);
        for (Operation operation : Operation.values()) {
            durations.put(operation, complete(words(operation, "first")));
            undo(operation, "first");
        }
        for (int kill = 0; kill < KILLS; kill++) {
            Operation operation = Operation.values()[kill % Operation.values().length];
            String name = "k" + kill;
            prepare(operation, name);
            int before = done(name);
            Process process = start(words(operation, name));
            process.waitFor(random.nextLong(durations.get(operation)), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            requireWhole(operation + " " + kill);
            assertThat(done(name)).as("%s %s", operation, kill).isGreaterThanOrEqualTo(before);
            finish(operation, name);
            requireWhole(operation + " " + kill + " finished");
            undo(operation, name);
        }
    }

    private Path pairs() throws IOException {
        Path pairs = folder.resolve("pairs");
        Files.createDirectories(pairs.resolve("rgb"));
        Files.createDirectories(pairs.resolve("depth"));
        for (int i = 0; i < SCENES; i++) {
            byte[] pixels = new byte[48 * 64 * 3];
            new Random(i).nextBytes(pixels);
            Png.writeRgb(pairs.resolve("rgb/%03d.png".formatted(i)), RgbImage.wrap(pixels, 48, 64));
            float[] depth = new float[48 * 64];
            Arrays.fill(depth, 1000 + i);
            Png.writeGray16(pairs.resolve("depth/%03d.png".formatted(i)), Plane.wrap(depth, 48, 64));
        }
        return pairs;
    }

    private List<String> words(Operation operation, String name) {
        return switch (operation) {
            case IMPORT -> List.of("datasets", "import", "pairs", folder.resolve("pairs").toString(), "--scale", "1000",
                    "--name", name);
            case APPLY, RESUME -> List.of("apply", "base", "--model", "fastdepth", "--field", name);
            case QUANTISE -> List.of("apply", "base", "--model",
                    Path.of(System.getProperty("fathom.goldens"), "dpt_hybrid").toString(), "--precision", "int8",
                    "--field", name);
            case EVALUATE -> List.of("evaluate", "base", "--prediction", REFERENCE, "--protocol", "article");
            case REPORT -> List.of("report", "base");
            case DELETE -> List.of("datasets", "delete", name, "--yes");
            case RELOCATE -> List.of("datasets", "relocate", "base", folder.resolve("pairs").toString());
            case PREDICT -> List.of("predict", folder.resolve("pairs/rgb").toString(), "--model", "fastdepth",
                    "--format", "npy", "--out", folder.resolve("out-" + name).toString());
        };
    }

    private void prepare(Operation operation, String name) throws Exception {
        if (operation == Operation.DELETE) {
            complete(words(Operation.IMPORT, name));
        } else if (operation == Operation.RESUME) {
            Process process = start(words(operation, name));
            process.waitFor(durations.get(operation) / 2, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
    }

    /** Checks what a killed operation left, and runs it again if it is not complete. */
    private void finish(Operation operation, String name) throws Exception {
        switch (operation) {
            case IMPORT -> {
                if (!datasets().exists(name)) {
                    complete(words(operation, name));
                }
                assertThat(size(name)).isEqualTo(SCENES);
            }
            case DELETE -> {
                if (datasets().exists(name)) {
                    assertThat(size(name)).isEqualTo(SCENES);
                    complete(words(operation, name));
                }
                assertThat(datasets().exists(name)).isFalse();
            }
            case APPLY, RESUME, QUANTISE -> {
                complete(words(operation, name));
                Map<String, float[]> maps = maps(name);
                assertThat(maps).hasSize(SCENES);
                if (operation != Operation.QUANTISE) {
                    maps.forEach((sample, values) -> assertThat(values).isEqualTo(reference.get(sample)));
                }
            }
            case PREDICT -> {
                requireReadable(folder.resolve("out-" + name));
                complete(words(operation, name));
                assertThat(requireReadable(folder.resolve("out-" + name))).isEqualTo(SCENES);
            }
            case EVALUATE, REPORT, RELOCATE -> complete(words(operation, name));
        }
    }

    private void undo(Operation operation, String name) {
        switch (operation) {
            case IMPORT -> {
                if (!name.equals("first")) {
                    datasets().delete(name);
                }
            }
            case APPLY, RESUME, QUANTISE -> {
                try (Dataset dataset = datasets().open("base")) {
                    if (dataset.field(name).done() > 0) {
                        dataset.deletePredictions(name);
                    }
                }
            }
            case EVALUATE, REPORT, DELETE, RELOCATE, PREDICT -> {
            }
        }
    }

    private int size(String name) {
        try (Dataset dataset = datasets().openReadOnly(name)) {
            return dataset.size();
        }
    }

    private int done(String field) {
        try (Dataset dataset = datasets().openReadOnly("base")) {
            return dataset.field(field).done();
        }
    }

    private Map<String, float[]> maps(String field) {
        Map<String, float[]> maps = new HashMap<>();
        try (Dataset dataset = datasets().openReadOnly("base")) {
            for (Sample sample : dataset.samplesIn(field, FieldState.DONE)) {
                maps.put(sample.name(), sample.prediction(field).prediction().values().toArray());
            }
        }
        return maps;
    }

    /** Reads every map in a folder and returns their number; a file that is there is complete. */
    private static int requireReadable(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return 0;
        }
        int count = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".npy")).toList()) {
                assertThat(Npy.readPlane(file).size()).isPositive();
                count++;
            }
        }
        return count;
    }

    /** Checks that every dataset and every stored prediction is readable, and that no left-over remains. */
    private void requireWhole(String what) throws IOException {
        assertThat(datasets().list()).as(what).isNotEmpty().allMatch(DatasetListing.Ready.class::isInstance);
        try (Stream<Path> left = Files.list(home().resolve("datasets"))) {
            assertThat(left.filter(Files::isDirectory).map(each -> each.getFileName().toString())).as(what)
                    .noneMatch(each -> each.startsWith("."));
        }
        Map<String, float[]> maps = maps(REFERENCE);
        assertThat(maps).as(what).hasSize(SCENES);
        maps.forEach((sample, values) -> assertThat(values).as(what).isEqualTo(reference.get(sample)));
        try (Dataset dataset = datasets().openReadOnly("base")) {
            dataset.numberSummaries();
            for (Sample sample : dataset.samples()) {
                sample.fields().forEach(field -> {
                    if (sample.hasPrediction(field.name())) {
                        sample.prediction(field.name());
                    }
                });
            }
        }
    }
}
