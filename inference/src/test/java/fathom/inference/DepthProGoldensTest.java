package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import fathom.models.Estimate;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Depth Pro against transformers; tolerances are those of the goldens' manifest. */
class DepthProGoldensTest {
    private static final double TAP = 1e-4;

    private static GoldenFiles golden() {
        return GoldenFiles.of("depth_pro");
    }

    private static CheckpointEstimator open(Map<String, String> options) {
        return golden().open(options);
    }

    private static RgbImage image(String name) throws IOException {
        return GoldenFiles.image(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_131x97", "b_640x480", "c_120x200"})
    void inverseDepthAngleAndMetresEqual(String name) throws IOException {
        JsonNode manifest = golden().manifest().required("images").required(name);
        JsonNode accept = manifest.required("accept");
        try (CheckpointEstimator estimator = open(Map.of())) {
            PreparedInput.Numbers input = estimator.prepare(image(name));
            Map<String, FloatTensor> raw = Inside.taps(estimator, input, List.of());
            golden().kept(name, "predicted_depth").requireWithin(raw.get("predicted_depth"),
                    accept.required("predicted_depth").asDouble());
            Estimate estimate = estimator.run(input);
            assertThat(estimate.numbers().get("field_of_view")).isCloseTo(
                    manifest.required("field_of_view_degrees").asDouble(),
                    within(accept.required("field_of_view").asDouble()));
            assertThat(estimate.numbers().get("focal_length"))
                    .isCloseTo(manifest.required("focal_length_px").asDouble(), within(1e-2));
            float[] inverse = estimate.prediction().values().toArray();
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = 1 / inverse[i];
            }
            GoldenFiles.Kept metres = golden().kept(name, "post_depth");
            int width = estimate.prediction().values().width();
            int columns = Math.ceilDiv(width, metres.step());
            assertThat(metres.values()).hasSize(columns * Math.ceilDiv(inverse.length / width, metres.step()));
            for (int i = 0; i < metres.values().length; i++) {
                int pixel = i / columns * metres.step() * width + i % columns * metres.step();
                assertThat(inverse[pixel]).as("inverse depth of pixel %d", pixel).isCloseTo(1 / metres.values()[i],
                        within((float) accept.required("inverse_of_post_depth").asDouble()));
            }
        }
    }

    @Test
    void resultsOfInnerModulesEqual() throws IOException {
        List<GoldenFiles.Kept> taps = golden().kept("a_131x97", Pattern.compile(
                "tap\\.(depth_pro\\.neck\\.[0-9a-z].*|depth_pro\\.encoder\\.patch_encoder\\.[0-9].*|fusion_stage.*|fov_model.*|head.*)"));
        assertThat(taps).hasSizeGreaterThan(15);
        try (CheckpointEstimator estimator = open(Map.of())) {
            Map<String, FloatTensor> found = Inside.taps(estimator, estimator.prepare(image("a_131x97")),
                    taps.stream().map(GoldenFiles.Kept::module).toList());
            for (GoldenFiles.Kept tap : taps) {
                tap.requireWithinShare(found.get(tap.module()), TAP);
            }
        }
    }

    @Test
    void pixelValuesEqual() throws IOException {
        try (CheckpointEstimator estimator = open(Map.of())) {
            PreparedInput.Numbers input = estimator.prepare(image("a_131x97"));
            golden().kept("a_131x97", "pixel_values")
                    .requireWithin(FloatTensor.wrap(input.pixels().values(), 1, 3, 512, 512), 1e-5);
        }
    }

    @Test
    void statedFocalLengthReplacesThePredictedOne() throws IOException {
        RgbImage image = image("c_120x200");
        try (CheckpointEstimator own = open(Map.of());
                CheckpointEstimator stated = open(Map.of("focal", "250"));
                CheckpointEstimator angle = open(Map.of("fov_x", "60"))) {
            Estimate first = own.estimate(image);
            Plane depth = first.prediction().values();
            double ratio = 250 / first.numbers().get("focal_length");
            Plane scaled = stated.estimate(image).prediction().values();
            assertThat(scaled.get(60, 60) / depth.get(60, 60)).isCloseTo((float) ratio, within(1e-4f));
            assertThat(angle.estimate(image).numbers().get("field_of_view")).isCloseTo(60, within(1e-9));
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
                assertThat(together.get(i).numbers().get("field_of_view"))
                        .isCloseTo(alone.numbers().get("field_of_view"), within(1e-3));
                Plane expected = alone.prediction().values();
                Plane found = together.get(i).prediction().values();
                for (int row = 0; row < 97; row += 7) {
                    assertThat(1 / found.get(row, row)).isCloseTo(1 / expected.get(row, row), within(1e-4f));
                }
            }
        }
    }

    @Test
    void settingsThatContradictEachOtherAreNamed(@TempDir Path folder) throws IOException {
        Path golden = golden().folder();
        for (String file : List.of("model.safetensors", "preprocessor_config.json")) {
            Files.copy(golden.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("config.json"),
                Files.readString(golden.resolve("config.json")).replace("\"patch_size\": 128", "\"patch_size\": 100"));
        assertThatThrownBy(() -> GoldenFiles.open(folder, Map.of()).close()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("patch_size");
    }
}
