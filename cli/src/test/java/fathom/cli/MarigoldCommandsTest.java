package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import fathom.cli.console.ExitCode;
import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands with a latent diffusion model of random weights. */
@Timeout(300)
class MarigoldCommandsTest {
    private static final double TOLERANCE = 2e-5;
    /**
     * The tolerance of the mean of three members with random weights: where the search for scale and shift stops decides it
     * too (0.0120 measured). EnsembleTest compares the mean of realistic members within 1e-3.
     */
    private static final double MEAN_TOLERANCE = 0.015;
    /**
     * The tolerance of the median of three members with random weights. diffusers searches scale and shift with float32 sums
     * and stops after two iterations. Where it stops depends on numerical noise, and the median of members that differ this
     * much switches between them. Marigold's two published versions differ from diffusers by the same amount; the golden
     * folder contains their results.
     */
    private static final double MEDIAN_TOLERANCE = 0.12;

    @TempDir
    private Path folder;

    private CommandLineRun run;
    private Path model;
    private Path expected;

    @BeforeEach
    void findModel() {
        run = new CommandLineRun(folder.resolve("home"));
        model = Path.of(System.getProperty("fathom.goldens"), "marigold");
        expected = model.resolve("expected/a_131x97");
    }

    private Path picture() {
        return model.resolveSibling("images").resolve("a_131x97.png");
    }

    private void importRooms(int count) throws IOException {
        Path rooms = folder.resolve("rooms");
        Rooms.write(rooms, count, 7, RoomOptions.defaults().withSize(54, 71), drawn -> {});
        run.run("datasets", "import", "sunrgbd", rooms.toString(), "--name", "rooms");
        assertThat(run.code()).as(run.err()).isZero();
    }

    private int apply(String field, String... settings) {
        String[] words = {"apply", "rooms", "--model", model.toString(), "--field", field, "--steps", "4", "--ensemble",
                "3"};
        String[] all = Arrays.copyOf(words, words.length + settings.length);
        System.arraycopy(settings, 0, all, words.length, settings.length);
        return run.run(all).code();
    }

    private static double largestDifference(Plane found, Plane expected) {
        found.requireSameShape("found", expected);
        float[] a = found.toArray();
        float[] b = expected.toArray();
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @Test
    void equalSeedsPredictEqualMapsAndOtherOptionsAreRejected() throws IOException {
        importRooms(2);
        assertThat(apply("first", "--seed", "1")).as(run.err()).isZero();
        assertThat(apply("second", "--seed", "1")).as(run.err()).isZero();
        try (Dataset dataset = Datasets.at(folder.resolve("home")).openReadOnly("rooms")) {
            for (Sample sample : dataset.samples()) {
                assertThat(sample.prediction("first").prediction().values().toArray())
                        .containsExactly(sample.prediction("second").prediction().values().toArray());
                assertThat(sample.prediction("first").map("uncertainty")).isPresent();
            }
            assertThat(dataset.provenances("first").firstEntry().getKey().settings().flat()).containsEntry("steps", "4")
                    .containsEntry("ensemble.members", "3").containsEntry("noise.seed", "1");
        }
        for (String[] other : new String[][]{{"--seed", "2"}, {"--seed", "1", "--reduction", "mean"},
                {"--seed", "1", "--alignment", "least-squares"}, {"--seed", "1", "--resolution", "64"},
                {"--seed", "1", "--resampling", "torch-bilinear"}}) {
            assertThat(apply("first", other)).as(String.join(" ", other)).isEqualTo(ExitCode.USAGE.code());
            assertThat(run.err()).contains("--redo");
        }
    }

    @Test
    void depthIsEvaluatedIfItsUncertaintyMapIsMissing() throws IOException {
        importRooms(1);
        assertThat(apply("first", "--seed", "1")).as(run.err()).isZero();
        List<Path> lost;
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            lost = files.filter(file -> file.toString().endsWith(".uncertainty.npy")).toList();
        }
        assertThat(lost).hasSize(1);
        Files.delete(lost.getFirst());
        run.run("evaluate", "rooms", "--prediction", "first", "--truth", "gt", "--protocol", "article-aligned");
        assertThat(run.code()).as(run.err()).isZero();
    }

    /** Predicts the picture with the reference's noise; returns the largest difference from its result {@code golden}. */
    private double differenceFrom(String golden, String... settings) throws IOException {
        List<String> words = new ArrayList<>(List.of("predict", picture().toString(), "--model", model.toString(),
                "--noise", expected.resolve("init_latents.npy").toString(), "--steps", "4", "--native", "--format",
                "npy", "--out", folder.toString()));
        words.addAll(List.of(settings));
        run.run(words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return largestDifference(Npy.readPlane(folder.resolve("a_131x97.npy")),
                Npy.readPlane(expected.resolve(golden)));
    }

    @Test
    void noiseFromAFileReproducesTheReference() throws IOException {
        assertThat(differenceFrom("ens1_depth_proc.npy", "--ensemble", "1")).isLessThan(TOLERANCE);
    }

    @Test
    void meanOfThreeMembersEqualsTheReference() throws IOException {
        assertThat(differenceFrom("ens3_mean_depth_proc.npy", "--ensemble", "3", "--reduction", "mean"))
                .isLessThan(MEAN_TOLERANCE);
    }

    @Test
    void medianOfThreeMembersIsWithinTheNoiseOfTheReferencesSearch() throws IOException {
        assertThat(differenceFrom("ens3_depth_proc.npy", "--ensemble", "3")).isLessThan(MEDIAN_TOLERANCE);
    }

    @Test
    void noiseOfTheWrongShapeFailsTheSample() throws IOException {
        importRooms(1);
        Path noise = folder.resolve("noise.npy");
        Files.copy(model.resolve("expected/a_131x97/init_latents.npy"), noise);
        assertThat(apply("field", "--noise", noise.toString())).isEqualTo(ExitCode.PARTIAL.code());
        assertThat(run.err()).contains("expected latents of");
    }

    @Test
    void uncertaintyOfAnEnsembleIsWrittenNextToThePrediction() throws IOException {
        run.run("predict", picture().toString(), "--model", model.toString(), "--noise",
                expected.resolve("init_latents.npy").toString(), "--ensemble", "3", "--reduction", "mean", "--native",
                "--maps", "--format", "npy", "--out", folder.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("a_131x97.uncertainty.npy");
        Plane depth = Npy.readPlane(folder.resolve("a_131x97.npy"));
        Plane uncertainty = Npy.readPlane(folder.resolve("a_131x97.uncertainty.npy"));
        uncertainty.requireSameShape("uncertainty", depth);
        float[] spread = uncertainty.toArray();
        Arrays.sort(spread);
        assertThat(spread[0]).isNotNegative();
        assertThat(spread[spread.length / 2]).as("members that differ").isBetween(0.001f, 0.5f);
    }

    @Test
    void invalidNoiseFilesAreRejected() {
        String[][] cases = {{"init_latents.npy", "5", "expected at least 4 members with 1 draws each, found 3 with 1"},
                {"ens1_depth_proc.npy", "1", "expected [C, h, w], [members, C, h, w] or [members, draws, C, h, w]"},
                {"../c_120x200/init_latents.npy", "1",
                        "expected latents of [4, 9, 12] for this picture, found [4, 12, 8]"},
                {"../../model_index.json", "1", "expected NPY data"}, {"none.npy", "1", "no such file"}};
        for (String[] each : cases) {
            run.run("predict", picture().toString(), "--model", model.toString(), "--noise",
                    expected.resolve(each[0]).toString(), "--ensemble", each[1], "--out", folder.toString());
            assertThat(run.code()).as(each[0]).isNotZero();
            assertThat(run.err()).contains(each[2]);
        }
        assertThat(folder.resolve("a_131x97.png")).doesNotExist();
    }

    @Test
    void infoListsTheOptions() {
        run.run("models", "info", model.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("alignment", "ensemble", "noise", "reduction", "resampling", "resolution",
                "seed", "steps");
    }

    @Test
    void optionGivenTwiceIsRejected() {
        run.run("predict", picture().toString(), "--model", model.toString(), "--steps", "4", "--option", "steps=3");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--steps 4", "--option steps=3");
    }
}
