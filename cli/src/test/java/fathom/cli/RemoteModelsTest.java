package fathom.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;

import fathom.cli.console.ExitCode;
import fathom.cli.options.ModelChoice;
import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.values.Provenance;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleMap;
import fathom.formats.png.Png;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.replicate.RemoteOptions;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Progress;
import fathom.workbench.predict.ApplyModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Replicate models on the command line, with a local service that returns the true depth of sample rooms. */
@Timeout(120)
class RemoteModelsTest {
    private static final int SAMPLES = 5;
    private static final String MARIGOLD = "replicate:adirik/marigold";

    @TempDir
    private static Path rooms;

    @TempDir
    private Path folder;

    private CommandLineRun run;
    private final Map<Integer, Plane> depths = new HashMap<>();

    @BeforeAll
    static void drawRooms() throws IOException {
        Rooms.write(rooms, SAMPLES, 7, RoomOptions.defaults().withSize(108, 142), drawn -> {});
    }

    @BeforeEach
    void importAllRooms() {
        run = new CommandLineRun(folder.resolve("home"));
        importRooms("--limit", String.valueOf(SAMPLES));
    }

    private void importRooms(String... further) {
        String[] words = {"datasets", "import", "sunrgbd", rooms.toString(), "--name", "rooms"};
        String[] all = Arrays.copyOf(words, words.length + further.length);
        System.arraycopy(further, 0, all, words.length, further.length);
        run.run(all);
        depths.clear();
        assertThat(run.code()).as(run.err()).isZero();
        try (Dataset dataset = Datasets.at(folder.resolve("home")).openReadOnly("rooms")) {
            for (Sample sample : dataset.samples()) {
                depths.put(Arrays.hashCode(sample.image().toArray()), sample.measured("gt").metres());
            }
        }
    }

    private FakeReplicate service(IntUnaryOperator status) throws IOException {
        FakeReplicate service = new FakeReplicate(this::marigold, status);
        run.environment(service.environment());
        return service;
    }

    private FakeReplicate service() throws IOException {
        return service(number -> 201);
    }

    private int apply(String... further) {
        String[] words = {"apply", "rooms", "--model", MARIGOLD, "--field", "remote"};
        String[] all = Arrays.copyOf(words, words.length + further.length);
        System.arraycopy(further, 0, all, words.length, further.length);
        return run.run(all).code();
    }

    private Dataset dataset() {
        return Datasets.at(folder.resolve("home")).openReadOnly("rooms");
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(run.out());
    }

    /** Returns the output of a Marigold model without errors: 16-bit depth, near is dark, and the same depth in colours. */
    private List<byte[]> marigold(RgbImage picture) throws IOException {
        Plane metres = depths.get(Arrays.hashCode(picture.toArray()));
        float[] sorted = metres.toArray();
        Arrays.sort(sorted);
        float min = sorted[0];
        float max = sorted[sorted.length - 1];
        Plane grey = Plane.allocate(metres.height(), metres.width());
        byte[] colours = new byte[3 * grey.size()];
        Colormap spectral = Colormap.byName("Spectral");
        for (int i = 0; i < grey.size(); i++) {
            float share = (metres.get(i / grey.width(), i % grey.width()) - min) / (max - min);
            grey.array()[i] = Math.round(65535 * share);
            int rgb = spectral.rgb(Colormap.index(share));
            colours[3 * i] = (byte) (rgb >> 16);
            colours[3 * i + 1] = (byte) (rgb >> 8);
            colours[3 * i + 2] = (byte) rgb;
        }
        Path file = Files.createTempFile(folder, "answer", ".png");
        Png.writeGray16(file, grey);
        byte[] first = Files.readAllBytes(file);
        return List.of(first, Png.encodeRgb(RgbImage.wrap(colours, grey.height(), grey.width())));
    }

    /** Returns the RMSE of 255 minus the red channel of Spectral against the measured depth as the article's map, 0 to 255. */
    private static double rmseOfRedChannel(Plane metres) {
        return rmse(metres, share -> 255 - (Colormap.byName("Spectral").rgb(Colormap.index(share)) >> 16));
    }

    /** Returns the RMSE of depth scaled to 0 to 255 against the measured depth as the article's map. */
    private static double rmseOfDepth(Plane metres) {
        return rmse(metres, share -> 255 * share);
    }

    private static double rmse(Plane metres, DoubleUnaryOperator level) {
        float[] values = metres.toArray();
        Arrays.sort(values);
        double min = values[0];
        double max = values[values.length - 1];
        double sum = 0;
        for (float value : values) {
            double difference = 255 * value / max - level.applyAsDouble((value - min) / (max - min));
            sum += difference * difference;
        }
        return Math.sqrt(sum / values.length);
    }

    /** Returns the RMSE that the article's code computes for a sample: of 255 minus the first channel of the colour picture. */
    private double articlesOwnRmse(Sample sample) throws UnscorableException {
        byte[] truth = ArticleMap.ofStored(sample.measured("gt").stored()).toArray();
        Plane metres = depths.get(Arrays.hashCode(sample.image().toArray()));
        float[] sorted = metres.toArray();
        Arrays.sort(sorted);
        float min = sorted[0];
        float max = sorted[sorted.length - 1];
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            float share = (metres.get(i / metres.width(), i % metres.width()) - min) / (max - min);
            int level = 255 - (Colormap.byName("Spectral").rgb(Colormap.index(share)) >> 16);
            sum += Math.pow((truth[i] & 0xFF) - level, 2);
        }
        return Math.sqrt(sum / truth.length);
    }

    private double meanOf(ToDoubleFunction<Plane> score) {
        return depths.values().stream().mapToDouble(score).average().orElseThrow();
    }

    /**
     * Uses the first two rooms. Their depth is at most 8.19 m, so SUN RGB-D's files store it without wrapping, and their
     * nearest surface is nearer than a third of the farthest. For such scenes and a model without errors, the RMSE of the
     * article's interpretation is 86 to 111, and the RMSE of the depth is 7 to 44.
     */
    @Test
    void redChannelAndDepthOfMarigoldHaveTheExpectedArticleScores() throws Exception {
        run.run("datasets", "delete", "rooms", "--yes");
        importRooms("--limit", "2");
        try (FakeReplicate service = service()) {
            run.run("apply", "rooms", "--model", MARIGOLD, "--field", "wrong", "--as-article");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).contains("not depth");
            run.run("apply", "rooms", "--model", MARIGOLD, "--field", "right", "--concurrency", "2");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(service.inputs()).hasSize(4);
        }
        for (String field : List.of("wrong", "right")) {
            run.run("evaluate", "rooms", "--prediction", field, "--protocol", "article");
            assertThat(run.code()).as(run.err()).isZero();
        }
        run.run("report", "rooms", "--protocol", "article", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Double> rmse = new HashMap<>();
        for (JsonNode row : json().get("rows")) {
            rmse.put(row.get("prediction").asString(), row.get("means").get("rmse").asDouble());
        }
        assertThat(rmse.get("wrong")).isBetween(86.0, 111.0).isCloseTo(meanOf(RemoteModelsTest::rmseOfRedChannel),
                within(1.0));
        assertThat(rmse.get("right")).isBetween(7.0, 44.0).isCloseTo(meanOf(RemoteModelsTest::rmseOfDepth),
                within(1.0));
        try (Dataset dataset = dataset()) {
            double sum = 0;
            for (Sample sample : dataset.samples()) {
                sum += articlesOwnRmse(sample);
            }
            assertThat(rmse.get("wrong")).as("the article's own arithmetic").isCloseTo(sum / 2, within(1e-9));
            assertThat(dataset.provenances("wrong").firstEntry().getKey().settings().flat())
                    .containsEntry("output.reading", "255-minus-red").containsEntry("output.file", "1");
            Provenance right = dataset.provenances("right").firstEntry().getKey();
            assertThat(right.settings().flat()).containsEntry("output.reading", "grey-16-bit");
            assertThat(right.service()).isEqualTo(FakeReplicate.VERSION);
        }
    }

    @Test
    void dryRunPrintsTheNumberOfCallsAndMakesNone() throws Exception {
        try (FakeReplicate service = service()) {
            assertThat(apply("--dry-run")).as(run.err()).isZero();
            assertThat(run.out()).contains("5 of 5 samples to predict", "5 calls of the service");
            assertThat(apply("--dry-run", "--json")).isZero();
            assertThat(json().get("calls").asInt()).isEqualTo(SAMPLES);
            assertThat(service.requests()).as("not even the newest version is asked for").isZero();
        }
        run.run("apply", "rooms", "--model", "floor", "--field", "floor", "--dry-run", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(json().get("open").asInt()).isEqualTo(SAMPLES);
        assertThat(json().get("calls").asInt()).isZero();
        try (Dataset dataset = dataset()) {
            assertThat(dataset.fields()).noneMatch(field -> field.name().equals("floor"));
        }
    }

    @Test
    void samplesRejectedByTheServiceFailAndAreRetried() throws Exception {
        try (FakeReplicate service = service(number -> number == 2 ? 422 : 201)) {
            assertThat(apply("--concurrency", "2")).isEqualTo(ExitCode.PARTIAL.code());
            assertThat(run.err()).contains("failed: ", "422", "rejected by the test");
            assertThat(apply()).as(run.err()).isZero();
            assertThat(service.inputs()).hasSize(SAMPLES + 1);
        }
    }

    @Test
    void missingCreditStopsTheRunAndItCanBeResumed() throws Exception {
        try (FakeReplicate service = service(number -> number == 3 ? 402 : 201)) {
            assertThat(apply()).isEqualTo(ExitCode.ENVIRONMENT.code());
            assertThat(run.err()).contains("402", "credit");
            try (Dataset dataset = dataset()) {
                assertThat(dataset.field("remote").done()).isEqualTo(2);
                assertThat(dataset.failures("remote")).isEmpty();
            }
            assertThat(apply()).as(run.err()).isZero();
            assertThat(service.inputs()).hasSize(SAMPLES + 1);
        }
    }

    @Test
    void cancellationCancelsRunningPredictions() throws Exception {
        Cancellation cancellation = new Cancellation();
        try (FakeReplicate service = service(); Dataset dataset = Datasets.at(folder.resolve("home")).open("rooms")) {
            service.neverReady();
            RemoteOptions options = RemoteOptions.of(FakeReplicate.TOKEN)
                    .withEndpoint(URI.create(service.environment().get(ModelChoice.ENDPOINT_VARIABLE)))
                    .withListener((prediction, state, waited) -> {
                        if (service.inputs().size() == 3) {
                            cancellation.request();
                        }
                    });
            try (DepthEstimator estimator = Estimators.open(MARIGOLD,
                    EstimatorOptions.defaults().withRemote(options))) {
                assertThatThrownBy(() -> ApplyModel.run(dataset, estimator, "remote", new Parallelism(3, 1),
                        Progress.silent(), cancellation)).isInstanceOf(CancellationException.class);
            }
            assertThat(Set.copyOf(service.cancelled())).containsExactlyInAnyOrder("p1", "p2", "p3");
            assertThat(dataset.failures("remote")).isEmpty();
        }
    }

    @Test
    void longColdStartIsShownAndTimesOut() throws Exception {
        try (FakeReplicate service = service()) {
            service.neverReady();
            assertThat(apply("--concurrency", String.valueOf(SAMPLES), "--timeout", "9"))
                    .isEqualTo(ExitCode.PARTIAL.code());
            assertThat(run.err()).contains("the service starts the model (cold start), ",
                    "would take longer than allowed");
            assertThat(service.cancelled()).hasSize(SAMPLES);
        }
        try (Dataset dataset = dataset()) {
            assertThat(dataset.failures("remote")).hasSize(SAMPLES);
        }
    }

    @Test
    void unknownModelAcceptsInputsAndKind() throws Exception {
        try (FakeReplicate service = service()) {
            String[] words = {"apply", "rooms", "--model", "replicate:some/depth", "--field", "some", "--input",
                    "num=3", "--input", "mode=fast"};
            assertThat(run.run(words).code()).isEqualTo(ExitCode.USAGE.code());
            assertThat(run.err()).contains("kind of depth");
            String[] stated = Arrays.copyOf(words, words.length + 2);
            stated[words.length] = "--kind";
            stated[words.length + 1] = "affine-invariant";
            assertThat(run.run(stated).code()).as(run.err()).isZero();
            assertThat(service.inputs().getFirst())
                    .isEqualTo(JsonMapper.shared().createObjectNode().put("num", 3).put("mode", "fast"));
        }
        try (Dataset dataset = dataset()) {
            assertThat(dataset.provenances("some").firstEntry().getKey().settings().flat())
                    .containsEntry("inputs.mode", "fast").containsEntry("inputs.num", "3")
                    .containsEntry("kind", "affine-invariant");
        }
    }

    /** Returns the output of a MiDaS model without errors: inverse depth scaled to 256 levels, near is bright. */
    private List<byte[]> midas(RgbImage picture) throws IOException {
        Plane metres = depths.get(Arrays.hashCode(picture.toArray()));
        float[] sorted = metres.toArray();
        Arrays.sort(sorted);
        float far = 1 / sorted[sorted.length - 1];
        float near = 1 / sorted[0];
        Plane levels = Plane.allocate(metres.height(), metres.width());
        for (int i = 0; i < levels.size(); i++) {
            float inverse = 1 / metres.get(i / levels.width(), i % levels.width());
            levels.array()[i] = Math.round(255 * (inverse - far) / (near - far));
        }
        Path file = Files.createTempFile(folder, "answer", ".png");
        Png.writeGray8(file, levels);
        return List.of(Files.readAllBytes(file));
    }

    @Test
    void midasIsStoredAsInverseDepthWithAWarningAboutItsFewLevels() throws Exception {
        try (FakeReplicate service = new FakeReplicate(this::midas, number -> 201)) {
            run.environment(service.environment());
            run.run("apply", "rooms", "--model", "replicate:cjwbw/midas", "--field", "midas", "--input",
                    "model_type=dpt_beit_large_512");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err()).contains("warning: ", "256 levels", "not suitable for metric measurements");
            assertThat(service.inputs().getFirst().get("model_type").asString()).isEqualTo("dpt_beit_large_512");
        }
        try (Dataset dataset = dataset()) {
            Prediction prediction = dataset.samples().getFirst().prediction("midas").prediction();
            assertThat(prediction.kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            float[] levels = prediction.values().toArray();
            Arrays.sort(levels);
            assertThat(levels[0]).isZero();
            assertThat(levels[levels.length - 1]).isEqualTo(255);
        }
    }

    @Test
    void resumedRunUsesItsFirstVersion() throws Exception {
        try (FakeReplicate service = service(number -> number == 3 ? 402 : 201)) {
            assertThat(apply()).isEqualTo(ExitCode.ENVIRONMENT.code());
            service.newest("f".repeat(64));
            int before = service.requests();
            assertThat(apply("--dry-run")).as(run.err()).isZero();
            assertThat(run.out()).contains("3 of 5 samples to predict");
            assertThat(service.requests()).isEqualTo(before);
            assertThat(apply()).as(run.err()).isZero();
            assertThat(run.err()).contains("continues with version " + FakeReplicate.VERSION, "--redo");
            assertThat(provenances()).singleElement().extracting(Provenance::service).isEqualTo(FakeReplicate.VERSION);
            assertThat(apply("--redo")).as(run.err()).isZero();
            assertThat(provenances()).singleElement().extracting(Provenance::service).isEqualTo("f".repeat(64));
        }
    }

    private Set<Provenance> provenances() {
        try (Dataset dataset = dataset()) {
            return dataset.provenances("remote").keySet();
        }
    }

    @Test
    void fieldsOfDifferentInterpretationsDoNotMix() throws Exception {
        try (FakeReplicate _ = service(number -> number > 2 ? 402 : 201)) {
            assertThat(apply()).isEqualTo(ExitCode.ENVIRONMENT.code());
            assertThat(apply("--as-article")).isEqualTo(ExitCode.USAGE.code());
            assertThat(run.err()).contains("--redo");
        }
    }

    @Test
    void missingAndRejectedTokensAreReported() throws Exception {
        run.environment(Map.of());
        assertThat(apply()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("REPLICATE_API_TOKEN");
        try (FakeReplicate service = service()) {
            Map<String, String> other = new HashMap<>(service.environment());
            other.put("REPLICATE_API_TOKEN", "r8_other");
            run.environment(other);
            assertThat(apply()).isEqualTo(ExitCode.ENVIRONMENT.code());
            assertThat(run.err()).contains("rejected the access token").doesNotContain("r8_other");
        }
    }

    @Test
    void optionsOfOtherModelsAreRejected() throws Exception {
        try (FakeReplicate _ = service()) {
            assertThat(apply("--steps", "4")).isEqualTo(ExitCode.USAGE.code());
            assertThat(run.err()).contains("option steps", "--input");
        }
        assertThat(run.run("apply", "rooms", "--model", "floor", "--field", "f", "--input", "a=b").code())
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--input", "replicate:owner/name");
    }

    @Test
    void infoListsTheOptions() throws Exception {
        try (FakeReplicate _ = service()) {
            run.run("models", "info", MARIGOLD);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("as-article", "timeout");
        }
    }
}
