package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import fathom.formats.Images;
import fathom.formats.NdArray;
import fathom.formats.Npy;
import fathom.graph.Shape;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.OnnxRuntimeEngine;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.models.checkpoints.CheckpointException;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Depth Pro against transformers; tolerances are those of the goldens' manifest. */
class DepthProGoldensTest {
    private static final double TAP = 1e-4;

    private static CheckpointEstimator open(Path folder, Map<String, String> options) {
        return new CheckpointEstimator(folder, EstimatorOptions.defaults().withThreads(2).withModel(ModelOptions.of(
                options)), OnnxRuntimeEngine.instance());
    }

    private static CheckpointEstimator open(Map<String, String> options) {
        return open(Shared.path("goldens/depth_pro"), options);
    }

    private static RgbImage image(String name) throws IOException {
        return Images.readRgb(Shared.path("goldens/images/" + name + ".png"));
    }

    private static JsonNode manifest(String image) {
        return JsonMapper.shared().readTree(Shared.path("goldens/depth_pro/manifest.json").toFile()).required("images")
                .required(image);
    }

    /** Largest difference to a golden that keeps every {@code step}-th element of the last two axes, over its largest value. */
    private static void assertEqualsGolden(Path file, FloatTensor found, double tolerance, boolean ofLargest)
            throws IOException {
        String name = file.getFileName().toString();
        int step = name.endsWith(".s4.npy") ? 4 : name.endsWith(".s8.npy") ? 8 : 1;
        NdArray golden = Npy.read(file);
        float[] expected = golden.toFloats();
        int rank = found.shape().rank();
        int width = rank > 0 ? found.shape().dim(-1) : 1;
        int height = rank > 1 ? found.shape().dim(-2) : 1;
        int planes = (int) (found.shape().elements() / ((long) height * width));
        double worst = 0;
        double largest = 0;
        int at = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < height; row += step) {
                for (int column = 0; column < width; column += step, at++) {
                    float value = found.values()[(plane * height + row) * width + column];
                    double apart = Math.abs((double) value - expected[at]);
                    worst = apart <= worst ? worst : apart;
                    largest = Math.max(largest, Math.abs(expected[at]));
                }
            }
        }
        assertThat(at).as("elements of %s", name).isEqualTo(expected.length);
        assertThat(worst).as(name).isLessThanOrEqualTo(ofLargest ? tolerance * largest : tolerance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_131x97", "b_640x480", "c_120x200"})
    void inverseDepthAngleAndMetresEqual(String name) throws IOException {
        Path expected = Shared.path("goldens/depth_pro/expected/" + name);
        JsonNode accept = manifest(name).required("accept");
        try (CheckpointEstimator estimator = open(Map.of())) {
            PreparedInput.Numbers input = estimator.prepare(image(name));
            Map<String, FloatTensor> raw = estimator.landmarks(input, OnnxRuntimeEngine.instance(), List.of());
            assertEqualsGolden(expected.resolve("predicted_depth.s4.npy"), raw.get("predicted_depth"), accept.required(
                    "predicted_depth").asDouble(), false);
            Estimate estimate = estimator.run(input);
            assertThat(estimate.numbers().get("field_of_view")).isCloseTo(manifest(name).required(
                    "field_of_view_degrees").asDouble(), within(accept.required("field_of_view").asDouble()));
            assertThat(estimate.numbers().get("focal_length")).isCloseTo(manifest(name).required("focal_length_px")
                    .asDouble(), within(1e-2));
            float[] inverse = estimate.prediction().values().toArray();
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = 1 / inverse[i];
            }
            boolean whole = Files.exists(expected.resolve("post_depth.npy"));
            float[] golden = Npy.read(expected.resolve(whole ? "post_depth.npy" : "post_depth.s4.npy")).toFloats();
            int width = estimate.prediction().values().width();
            int step = whole ? 1 : 4;
            int columns = Math.ceilDiv(width, step);
            assertThat(golden).hasSize(columns * Math.ceilDiv(inverse.length / width, step));
            for (int i = 0; i < golden.length; i++) {
                int pixel = i / columns * step * width + i % columns * step;
                assertThat(inverse[pixel]).as("inverse depth of pixel %d", pixel).isCloseTo(1 / golden[i], within(
                        (float) accept.required("inverse_of_post_depth").asDouble()));
            }
        }
    }

    @Test
    void resultsOfInnerModulesEqual() throws IOException {
        Path expected = Shared.path("goldens/depth_pro/expected/a_131x97");
        Map<String, Path> taps = new TreeMap<>();
        try (Stream<Path> files = Files.list(expected)) {
            files.filter(file -> file.getFileName().toString().matches(
                    "tap\\.(depth_pro\\.neck\\.[0-9a-z].*|depth_pro\\.encoder\\.patch_encoder\\.[0-9].*|fusion_stage.*|fov_model.*|head.*)"))
                    .forEach(file -> taps.put(file.getFileName().toString().replaceFirst("^tap\\.", "").replaceFirst(
                            "(\\.s[48])?\\.npy$", ""), file));
        }
        assertThat(taps).hasSizeGreaterThan(15);
        try (CheckpointEstimator estimator = open(Map.of())) {
            Map<String, FloatTensor> found = estimator.landmarks(estimator.prepare(image("a_131x97")), OnnxRuntimeEngine
                    .instance(), taps.keySet());
            for (Map.Entry<String, Path> tap : taps.entrySet()) {
                assertEqualsGolden(tap.getValue(), found.get(tap.getKey()), TAP, true);
            }
        }
    }

    @Test
    void pixelValuesEqual() throws IOException {
        try (CheckpointEstimator estimator = open(Map.of())) {
            PreparedInput.Numbers input = estimator.prepare(image("a_131x97"));
            assertEqualsGolden(Shared.path("goldens/depth_pro/expected/a_131x97/pixel_values.s8.npy"), new FloatTensor(
                    Shape.of(1, 3, 512, 512), input.pixels().values()), 1e-5, false);
        }
    }

    @Test
    void statedFocalLengthReplacesTheNetworks() throws IOException {
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
    void picturesRunTogetherAsTheyRunAlone() throws IOException {
        try (CheckpointEstimator estimator = open(Map.of())) {
            List<PreparedInput> inputs = List.of(estimator.prepare(image("a_131x97")), estimator.prepare(RgbImage
                    .allocate(97, 131)));
            List<Estimate> together = estimator.runAll(inputs);
            for (int i = 0; i < inputs.size(); i++) {
                Estimate alone = estimator.run(inputs.get(i));
                assertThat(together.get(i).numbers().get("field_of_view")).isCloseTo(alone.numbers().get(
                        "field_of_view"), within(1e-3));
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
        Path golden = Shared.path("goldens/depth_pro");
        for (String file : List.of("model.safetensors", "preprocessor_config.json")) {
            Files.copy(golden.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("config.json"), Files.readString(golden.resolve("config.json")).replace(
                "\"patch_size\": 128", "\"patch_size\": 100"));
        assertThatThrownBy(() -> open(folder, Map.of()).close()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("patch_size");
    }
}
