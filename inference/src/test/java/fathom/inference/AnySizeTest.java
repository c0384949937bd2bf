package fathom.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.models.ModelOptions;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * DPT on inputs of other shapes than the trained square. The goldens of the vision transformer are computed by
 * {@code dpt_any_size.py}, written from the paper; the tolerance is that of the square golden.
 */
class AnySizeTest {
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(2);

    /** Returns the golden file or folder {@code name}. */
    private static Path resource(String name) {
        return GoldenFiles.path(name);
    }

    private static PreparedInput.Numbers input(Path file) throws IOException {
        NdArray array = Npy.read(file);
        int height = array.shape()[2];
        int width = array.shape()[3];
        return new PreparedInput.Numbers(height, width, FloatTensor.wrap(array.toFloats(), 3, height, width));
    }

    @ParameterizedTest
    @CsvSource({"64x112", "80x48"})
    void inputsThatAreNotSquareEqualTheIndependentComputation(String size) throws IOException {
        NdArray expected = Npy.read(resource("dpt_any_size/depth_" + size + ".npy"));
        try (DepthEstimator estimator = Estimators.open(resource("dpt_vit").toString(), OPTIONS)) {
            Plane depth = estimator.run(input(resource("dpt_any_size/pixels_" + size + ".npy"))).prediction().values();
            assertThat(new int[]{1, depth.height(), depth.width()}).isEqualTo(expected.shape());
            assertWithin(depth.toArray(), expected.toFloats(), 1e-3);
        }
    }

    @Test
    void trainedSizeEqualsTransformers() throws IOException {
        RgbImage image = GoldenFiles.image("a_131x97");
        try (DepthEstimator estimator = Estimators.open(resource("dpt_vit").toString(), OPTIONS)) {
            assertWithin(estimator.estimate(image).prediction().values().toArray(),
                    Npy.read(resource("dpt_vit/expected/a_131x97/predicted_depth.npy")).toFloats(), 1e-3);
        }
    }

    @Test
    void keptAspectRatioScalesBothSidesEqually() throws IOException {
        RgbImage image = RgbImage.allocate(96, 192);
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("keep_aspect", "true")));
        try (DepthEstimator estimator = Estimators.open(resource("dpt_vit").toString(), options)) {
            PreparedInput.Numbers input = (PreparedInput.Numbers) estimator.prepare(image);
            assertThat(input.pixels().width()).isEqualTo(2 * input.pixels().height());
            Plane depth = estimator.run(input).prediction().values();
            assertThat(depth.width()).isEqualTo(input.pixels().width());
            assertThat(depth.height()).isEqualTo(input.pixels().height());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "1, 3000", "2000, 1"})
    void picturesOfAnySizeGiveAFiniteMap(int height, int width) {
        for (ModelOptions model : List.of(ModelOptions.NONE, ModelOptions.of(Map.of("keep_aspect", "true")))) {
            try (DepthEstimator estimator = Estimators.open(resource("dpt_vit").toString(), OPTIONS.withModel(model))) {
                PreparedInput.Numbers input = (PreparedInput.Numbers) estimator
                        .prepare(RgbImage.allocate(height, width));
                assertThat(input.pixels().height() % 32 + input.pixels().width() % 32).isZero();
                assertThat(input.pixels().height() * input.pixels().width()).isLessThan(400_000);
                Plane depth = estimator.run(input).prediction().values();
                assertThat(List.of(depth.height(), depth.width())).containsExactly(input.pixels().height(),
                        input.pixels().width());
                for (float value : depth.toArray()) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Test
    void inputSmallerThanAPatchIsRefused() {
        try (DepthEstimator estimator = Estimators.open(resource("dpt_vit").toString(), OPTIONS)) {
            PreparedInput tiny = new PreparedInput.Numbers(15, 40, FloatTensor.wrap(new float[3 * 15 * 40], 3, 15, 40));
            assertThatThrownBy(() -> estimator.run(tiny)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected at least 16×16 pixels, found 15×40");
        }
    }

    /** Odd extents show where padding falls: the trunk of DPT-hybrid on 75×58 pixels, which transformers' DPT refuses. */
    @Test
    void convolutionalTrunkMatchesOnOddSizes() throws IOException {
        String trunk = "dpt.embeddings.backbone.bit.encoder.stages.";
        PreparedInput.Numbers input = input(GoldenFiles.path("ops/bit_backbone_75x58.x.npy"));
        try (CheckpointEstimator estimator = new CheckpointEstimator(GoldenFiles.path("dpt_hybrid"), OPTIONS,
                OnnxRuntimeEngine.instance())) {
            Map<String, FloatTensor> stages = Inside.taps(estimator, input, List.of(trunk + 0, trunk + 1, trunk + 2));
            for (int stage = 0; stage < 3; stage++) {
                NdArray expected = Npy.read(GoldenFiles.path("ops/bit_backbone_75x58.stage" + (stage + 1) + ".npy"));
                FloatTensor found = stages.get(trunk + stage);
                assertThat(found.shape()).isEqualTo(expected.shape());
                assertWithin(found.values(), expected.toFloats(), 1e-4 * largest(expected.toFloats()));
            }
        }
    }

    @Test
    void averagingWithTheMirroredPictureIsSymmetric() throws IOException {
        Path folder = GoldenFiles.path("zoedepth");
        EstimatorOptions flip = OPTIONS.withModel(ModelOptions.of(Map.of("flip", "true")));
        RgbImage image = GoldenFiles.image("a_131x97");
        try (CheckpointEstimator plain = new CheckpointEstimator(folder, OPTIONS, OnnxRuntimeEngine.instance());
                CheckpointEstimator averaging = new CheckpointEstimator(folder, flip, OnnxRuntimeEngine.instance())) {
            FloatTensor pixels = plain.prepare(image).pixels();
            PreparedInput.Numbers mirrored = new PreparedInput.Numbers(97, 131, pixels.mirrored());
            Plane once = Inside.depth(plain, plain.prepare(image));
            Plane other = Inside.depth(plain, mirrored);
            Plane mean = Inside.depth(averaging, plain.prepare(image));
            Plane meanOfMirrored = Inside.depth(averaging, mirrored);
            for (int column = 0; column < mean.width(); column++) {
                int back = mean.width() - 1 - column;
                assertThat(mean.get(40, column)).isEqualTo((once.get(40, column) + other.get(40, back)) / 2);
                assertThat(mean.get(40, column)).isEqualTo(meanOfMirrored.get(40, back));
            }
            assertThat(mean.toArray()).isNotEqualTo(once.toArray());
        }
    }

    /** Both published ways of resizing DINOv2's position embeddings. */
    @ParameterizedTest
    @CsvSource({"scale, scale_factor_0.1", "size, size"})
    void positionEmbeddingsFollowTheChosenRule(String rule, String golden) throws IOException {
        String name = "backbone.embeddings.positions";
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("position_rule", rule)));
        try (CheckpointEstimator estimator = new CheckpointEstimator(GoldenFiles.path("depth_anything"), options,
                OnnxRuntimeEngine.instance())) {
            for (int[] size : new int[][]{{126, 98}, {56, 84}, {70, 70}, {98, 126}, {98, 98}}) {
                FloatTensor pixels = FloatTensor.wrap(new float[3 * size[0] * size[1]], 3, size[0], size[1]);
                FloatTensor found = Inside
                        .taps(estimator, new PreparedInput.Numbers(size[0], size[1], pixels), List.of(name)).get(name);
                NdArray expected = Npy.read(GoldenFiles
                        .path("depth_anything/pos_embed/" + golden + "_" + size[0] + "x" + size[1] + ".npy"));
                assertThat(found.shape()).isEqualTo(expected.shape());
                assertWithin(found.values(), expected.toFloats(), 1e-5 * largest(expected.toFloats()));
            }
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static void assertWithin(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs((double) found[i] - expected[i])).as("value %d", i).isLessThanOrEqualTo(tolerance);
        }
    }
}
