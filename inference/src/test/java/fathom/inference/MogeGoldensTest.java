package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.models.Estimate;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** MoGe-2 against the publisher's own program; tolerances are those of the goldens' manifest. */
class MogeGoldensTest {
    private static GoldenFiles golden() {
        return GoldenFiles.of("moge2");
    }

    private static CheckpointEstimator open(Map<String, String> options) {
        return golden().open(options);
    }

    private static RgbImage image(String name) throws IOException {
        return GoldenFiles.image(name);
    }

    /** Largest difference of channel {@code channel} of {@code channels}, where both are finite; both must be so together. */
    private static void assertEqualsGolden(String folder, String what, int channel, int channels, Plane found,
            double tolerance, double shareApart) throws IOException {
        GoldenFiles.Kept golden = golden().kept(folder, what);
        int columns = Math.ceilDiv(found.width(), golden.step());
        int rows = Math.ceilDiv(found.height(), golden.step());
        assertThat(golden.values()).as("%s of %s", what, folder).hasSize(rows * columns * channels);
        int apart = 0;
        double worst = 0;
        for (int i = 0; i < rows * columns; i++) {
            float expected = golden.values()[i * channels + channel];
            float value = found.get(i / columns * golden.step(), i % columns * golden.step());
            if (Float.isFinite(expected) != Float.isFinite(value)) {
                apart++;
            } else if (Float.isFinite(expected)) {
                double difference = Math.abs((double) value - expected);
                if (difference > tolerance && shareApart > 0) {
                    apart++;
                } else {
                    worst = difference <= worst ? worst : difference;
                }
            }
        }
        assertThat(worst).as("largest difference of %s %s %d", folder, what, channel).isLessThanOrEqualTo(tolerance);
        assertThat(apart).as("pixels on the other side of the mask")
                .isLessThanOrEqualTo((int) Math.ceil(shareApart * rows * columns));
    }

    @ParameterizedTest
    @CsvSource({"a_131x97, default, ''",
            "a_131x97, tokens40_free, 'num_tokens=40;force_projection=false;apply_mask=false'",
            "b_640x480, default, ''", "c_120x200, fov60, 'fov_x=60'", "c_120x200, level3, 'resolution_level=3'"})
    void pointsDepthMaskNormalsAndCameraEqual(String name, String which, String settings) throws IOException {
        Map<String, String> options = new TreeMap<>();
        for (String setting : settings.isEmpty() ? new String[0] : settings.split(";", -1)) {
            options.put(setting.split("=", -1)[0], setting.split("=", -1)[1]);
        }
        String folder = name + "_" + which;
        JsonNode golden = golden().manifest().required("cases").required(folder);
        double tolerance = golden.required("accept").required("depth_and_points").asDouble();
        try (CheckpointEstimator estimator = open(options)) {
            Estimate estimate = estimator.estimate(image(name));
            assertThat(estimate.numbers().get("shift")).isCloseTo(golden.required("shift").asDouble(), within(2e-4));
            assertThat(estimate.numbers().get("metric_scale")).isCloseTo(golden.required("metric_scale").asDouble(),
                    within(1e-4));
            float[] camera = golden().kept(folder, "intrinsics").values();
            assertThat(estimate.numbers().get("fx")).isCloseTo(camera[0], within(1e-4));
            assertThat(estimate.numbers().get("fy")).isCloseTo(camera[4], within(1e-4));
            assertEqualsGolden(folder, "depth", 0, 1, estimate.prediction().values(), tolerance, 5e-4);
            assertEqualsGolden(folder, "mask", 0, 1, estimate.map("mask").orElseThrow().plane(), 0.5, 5e-4);
            if (!name.startsWith("b")) {
                for (int i = 0; i < 3; i++) {
                    String axis = List.of("x", "y", "z").get(i);
                    assertEqualsGolden(folder, "points", i, 3,
                            estimate.map("points").orElseThrow().components().get("points_" + axis), tolerance, 5e-4);
                    assertEqualsGolden(folder, "normal", i, 3,
                            estimate.map("normal").orElseThrow().components().get("normal_" + axis), 1e-4, 5e-4);
                }
            }
        }
    }

    @Test
    void resultsOfInnerModulesEqual() throws IOException {
        List<String> taps = List.of("encoder.backbone.patch_embed", "encoder.backbone.blocks.0",
                "encoder.backbone.blocks.1", "encoder.0", "encoder.1", "encoder.output_projections.0", "neck.0",
                "neck.1", "neck.2", "neck.3", "neck.4", "neck.input_blocks.0", "neck.res_blocks.1.0",
                "neck.resamplers.0.0", "points_head.4", "mask_head.4", "normal_head.4", "scale_head");
        try (CheckpointEstimator estimator = open(Map.of())) {
            FloatTensor pixels = estimator.prepare(image("a_131x97")).pixels();
            FloatTensor input = pixels.reshaped(1, 3, pixels.height(), pixels.width());
            GoldenFiles.Kept expected = golden().kept("a_131x97_default", "tap.encoder.image_14");
            expected.requireShape(input);
            expected.requireWithin(input, 1e-5);
            Map<String, FloatTensor> found = Inside.taps(estimator, estimator.prepare(image("a_131x97")), taps);
            for (String tap : taps) {
                golden().kept("a_131x97_default", "tap." + tap).requireWithinShare(found.get(tap), 1e-4);
            }
        }
    }

    @Test
    void upstreamFileGivesTheSameResults() throws IOException {
        try (CheckpointEstimator own = CheckpointEstimator.ofFile(golden().folder().resolve("model.pt"),
                EstimatorOptions.defaults().withThreads(2), OnnxRuntimeEngine.instance());
                CheckpointEstimator packed = open(Map.of())) {
            RgbImage image = image("c_120x200");
            assertThat(own.estimate(image).prediction().values().toArray())
                    .containsExactly(packed.estimate(image).prediction().values().toArray());
        }
    }

    @Test
    void batchGivesTheSameResultsAsSingleRuns() throws IOException {
        try (CheckpointEstimator estimator = open(Map.of())) {
            List<PreparedInput> inputs = List.of(estimator.prepare(image("a_131x97")),
                    estimator.prepare(RgbImage.allocate(97, 131)));
            List<Estimate> together = estimator.runAll(inputs);
            for (int i = 0; i < inputs.size(); i++) {
                Estimate alone = estimator.run(inputs.get(i));
                assertThat(together.get(i).numbers().get("metric_scale")).isCloseTo(alone.numbers().get("metric_scale"),
                        within(1e-4));
                assertThat(together.get(i).numbers().get("shift")).isCloseTo(alone.numbers().get("shift"),
                        within(1e-3));
            }
        }
    }

    @Test
    void settingsThatAreNotOfThisFamilyAreNamed(@TempDir Path folder) throws IOException {
        Path golden = golden().checkpoint();
        Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"),
                Files.readString(golden.resolve("config.json")).replace("\"bilinear\"", "\"pixel_shuffle\""));
        assertThatThrownBy(() -> GoldenFiles.open(folder, Map.of()).close()).isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll("resamplers", "pixel_shuffle");
        assertThatThrownBy(() -> open(Map.of("resolution_level", "10")).close()).hasMessageContaining("0 to 9");
    }
}
