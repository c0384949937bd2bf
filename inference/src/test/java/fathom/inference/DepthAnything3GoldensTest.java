package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.models.Estimate;
import fathom.models.preprocessing.BoundedSize;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Depth Anything 3 against the publisher's own program; tolerances are those of the goldens' manifests. */
class DepthAnything3GoldensTest {
    /** One of 255 levels, normalised: OpenCV's vector code rounds some resized values to a neighbouring level. */
    private static final double LEVEL = 1.01 / 255 / 0.224;

    private static CheckpointEstimator open(String golden, Map<String, String> options) {
        return GoldenFiles.of(golden).open(options);
    }

    private static RgbImage image(String name) throws IOException {
        return GoldenFiles.image(name);
    }

    private static void assertGolden(String golden, String folder, String what, Plane found, double tolerance)
            throws IOException {
        GoldenFiles.of(golden).kept(folder, what).requireWithin(found, tolerance);
    }

    @ParameterizedTest
    @CsvSource({"da3_mono, a_131x97, 84, upper_bound_resize", "da3_mono, a_131x97, 504, upper_bound_resize",
            "da3_mono, b_640x480, 112, lower_bound_resize", "da3_mono, c_120x200, 120, upper_bound_crop",
            "da3_mono, c_120x200, 140, upper_bound_resize", "da3_metric, a_131x97, 98, upper_bound_resize",
            "da3_metric, b_640x480, 126, upper_bound_resize", "da3_metric, c_120x200, 140, upper_bound_resize"})
    void depthAndSkyEqual(String golden, String name, String side, String method) throws IOException {
        String folder = name + "_" + side + (method.equals("upper_bound_resize") ? "" : "_" + method);
        JsonNode accept = GoldenFiles.of(golden).manifest().required("cases").required(folder).required("accept");
        Map<String, String> options = Map.of("process_res", side, "process_res_method", method);
        try (CheckpointEstimator estimator = open(golden, options)) {
            Estimate estimate = estimator.estimate(image(name));
            assertGolden(golden, folder, "predicted_depth", estimate.prediction().values(),
                    accept.required("predicted_depth_raw").asDouble());
            assertGolden(golden, folder, "sky", estimate.map("sky").orElseThrow().plane(),
                    accept.required("sky").asDouble());
        }
    }

    @Test
    void skyOptionKeepsTheDepthOfTheSky() throws IOException {
        try (CheckpointEstimator estimator = open("da3_mono", Map.of("process_res", "84", "sky", "false"))) {
            assertGolden("da3_mono", "a_131x97_84", "predicted_depth_raw",
                    estimator.estimate(image("a_131x97")).prediction().values(), 8.7e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"a_131x97, 98", "b_640x480, 126", "c_120x200, 140"})
    void focalLengthMakesDepthMetric(String name, String side) throws IOException {
        Map<String, String> options = Map.of("process_res", side, "focal", "140,150");
        try (CheckpointEstimator estimator = open("da3_metric", options)) {
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.METRIC);
            assertGolden("da3_metric", name + "_" + side, "metric_depth",
                    estimator.estimate(image(name)).prediction().values(), 6e-4);
        }
        try (CheckpointEstimator estimator = open("da3_metric", Map.of())) {
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.SCALE_INVARIANT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"da3_mono a_131x97 84", "da3_metric a_131x97 98"})
    void resultsOfInnerModulesEqual(String which) throws IOException {
        String[] parts = which.split(" ", -1);
        String folder = parts[1] + "_" + parts[2];
        try (CheckpointEstimator estimator = open(parts[0], Map.of("process_res", parts[2]))) {
            PreparedInput.Numbers input = estimator.prepare(image(parts[1]));
            FloatTensor pixels = input.pixels();
            GoldenFiles.of(parts[0]).kept(folder, "pixel_values")
                    .requireWithin(pixels.reshaped(1, 3, pixels.height(), pixels.width()), LEVEL);
            List<GoldenFiles.Kept> taps = GoldenFiles.of(parts[0]).kept(folder, Pattern.compile("tap\\..*"));
            assertThat(taps).hasSizeGreaterThan(10);
            Map<String, FloatTensor> found = Inside.taps(estimator, input,
                    taps.stream().map(tap -> landmark(tap.module())).toList());
            for (GoldenFiles.Kept tap : taps) {
                tap.requireWithinShare(found.get(landmark(tap.module())), 1e-4);
            }
        }
    }

    /** Modules of the backbone are marked with the names of their tensors. */
    private static String landmark(String tap) {
        return tap.startsWith("backbone.pretrained") ? "model." + tap : tap;
    }

    @Test
    void preparedSizesAndPixelsEqual() throws IOException {
        for (JsonNode node : JsonMapper.shared().readTree(GoldenFiles.path("da3_mono/preprocess.json").toFile())) {
            BoundedSize preparation = new BoundedSize(node.required("process_res").asInt(),
                    BoundedSize.Method.ofLabel(node.required("process_res_method").asString()));
            FloatTensor pixels = preparation.prepare(image(node.required("image").asString()));
            assertThat(List.of(pixels.height(), pixels.width())).as(node.toString())
                    .containsExactly(node.required("hw").get(0).asInt(), node.required("hw").get(1).asInt());
            double squares = 0;
            for (float value : pixels.values()) {
                squares += (double) value * value;
            }
            double expected = node.required("sum_sq").asDouble();
            assertThat(Math.abs(squares - expected)).as(node.toString()).isLessThanOrEqualTo(2e-4 * expected);
        }
    }

    @Test
    void batchGivesTheSameResultsAsSingleRuns() throws IOException {
        try (CheckpointEstimator estimator = open("da3_mono", Map.of("process_res", "84"))) {
            PreparedInput one = estimator.prepare(image("a_131x97"));
            RgbImage mirrored = RgbImage.allocate(97, 131);
            PreparedInput other = estimator.prepare(mirrored);
            List<Estimate> both = estimator.runAll(List.of(one, other));
            List<Estimate> alone = List.of(estimator.run(one), estimator.run(other));
            for (int i = 0; i < 2; i++) {
                float[] expected = alone.get(i).prediction().values().toArray();
                float[] found = both.get(i).prediction().values().toArray();
                for (int pixel = 0; pixel < expected.length; pixel++) {
                    assertThat(Math.abs(found[pixel] - expected[pixel]))
                            .isLessThanOrEqualTo(1e-4f * Math.abs(expected[pixel]));
                }
            }
        }
    }

    @Test
    void modelsForManyViewsAreRefused(@TempDir Path folder) throws IOException {
        Path golden = GoldenFiles.of("da3_mono").folder();
        Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"),
                Files.readString(golden.resolve("config.json")).replace("\"alt_start\": -1", "\"alt_start\": 8"));
        assertThatThrownBy(() -> GoldenFiles.open(folder, Map.of()).close()).isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("alt_start", "DA3MONO");
    }

    @Test
    void layoutIsInferredFromTheTensors(@TempDir Path folder) throws IOException {
        Path golden = GoldenFiles.of("da3_mono").folder();
        Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"),
                "{\"model_name\": \"da3mono-large\", \"config\": {\"net\": {\"out_layers\": [0, 1, 2, 3]}}}");
        try (CheckpointEstimator estimator = GoldenFiles.open(folder, Map.of("process_res", "84"))) {
            assertGolden("da3_mono", "a_131x97_84", "predicted_depth",
                    estimator.estimate(image("a_131x97")).prediction().values(), 8.7e-4);
        }
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> open("da3_mono", Map.of("focal", "500")).close()).hasMessageContaining("focal");
        assertThatThrownBy(() -> open("da3_metric", Map.of("focal", "0")).close()).hasMessageContaining("above 0");
        assertThatThrownBy(() -> open("da3_metric", Map.of("focal", "9", "fov_x", "60")).close())
                .hasMessageContaining("found both");
        assertThatThrownBy(() -> open("da3_mono", Map.of("process_res_method", "stretch")).close())
                .hasMessageContaining("upper_bound_resize");
    }
}
