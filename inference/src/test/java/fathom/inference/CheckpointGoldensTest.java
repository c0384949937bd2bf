package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fathom.formats.Images;
import fathom.formats.NdArray;
import fathom.formats.Npy;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.OnnxRuntimeEngine;
import fathom.raster.Plane;
import fathom.raster.Resampling;
import fathom.raster.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checkpoints against what transformers gives for them on the same pictures. Tolerances are those of the goldens: about ten
 * times the noise of float32 itself, or 5e-5 of the range.
 */
class CheckpointGoldensTest {
    private static final double TAP = 1e-4;

    private static CheckpointEstimator open(String golden) {
        return new CheckpointEstimator(Shared.path("goldens/" + golden), EstimatorOptions.defaults().withThreads(2),
                OnnxRuntimeEngine.instance());
    }

    private static RgbImage image(String name) throws IOException {
        return Images.readRgb(Shared.path("goldens/images/" + name + ".png"));
    }

    private static NdArray expected(String golden, String image, String what) throws IOException {
        return Npy.read(Shared.path("goldens/" + golden + "/expected/" + image + "/" + what + ".npy"));
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit", "dpt_hybrid", "dpt_vit_sharded"})
    void pixelValuesEqualToTheBit(String golden) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            float[] values = estimator.prepare(image("a_131x97")).pixels().values();
            assertThat(values).containsExactly(expected(golden, "a_131x97", "pixel_values").toFloats());
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit, a_131x97, 1e-3", "dpt_vit, b_640x480, 1e-3", "dpt_vit, c_120x200, 1e-3",
            "dpt_hybrid, a_131x97, 1e-3", "dpt_hybrid, b_640x480, 1e-3", "dpt_hybrid, c_120x200, 1e-3",
            "dpt_vit_sharded, a_131x97, 1e-3"})
    void predictedDepthEquals(String golden, String name, double tolerance) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            Plane depth = estimator.estimate(image(name)).prediction().values();
            NdArray expected = expected(golden, name, "predicted_depth");
            assertThat(new int[]{1, depth.height(), depth.width()}).isEqualTo(expected.shape());
            assertClose(depth.toArray(), expected.toFloats(), tolerance, "predicted_depth");
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit, 1e-3", "dpt_hybrid, 1e-3"})
    void mapsAtThePicturesSizeEqual(String golden, double tolerance) throws IOException {
        RgbImage image = image("a_131x97");
        try (CheckpointEstimator estimator = open(golden)) {
            Plane resized = Resampling.ofLabel(estimator.description().resampling()).resized(estimator.estimate(image)
                    .prediction().values(), image.height(), image.width());
            assertClose(resized.toArray(), expected(golden, "a_131x97", "post_bicubic").toFloats(), tolerance,
                    "post_bicubic");
            assertArticleMapsEqual(resized.toArray(), expected(golden, "a_131x97", "post_uint8").toFloats());
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit, b_640x480", "dpt_vit, c_120x200", "dpt_hybrid, b_640x480", "dpt_hybrid, c_120x200"})
    void articleMapsEqual(String golden, String name) throws IOException {
        RgbImage image = image(name);
        Path png = Path.of(System.getProperty("fathom.shared"), "goldens", golden, "expected", name, "post_uint8.png");
        float[] expected = Files.exists(png)
                ? Images.readGray(png).values().toArray()
                : expected(golden, name, "post_uint8").toFloats();
        try (CheckpointEstimator estimator = open(golden)) {
            assertArticleMapsEqual(Resampling.TORCH_BICUBIC.resized(estimator.estimate(image).prediction().values(),
                    image.height(), image.width()).toArray(), expected);
        }
    }

    /** The article's 8-bit map, whose cast wraps: at most one level apart, modulo 256, on at most 0.5 % of the pixels. */
    private static void assertArticleMapsEqual(float[] map, float[] expected) {
        float largest = 0;
        for (float value : map) {
            largest = Math.max(largest, value);
        }
        int different = 0;
        for (int i = 0; i < map.length; i++) {
            int level = (int) (255 - map[i] * 255 / largest) & 0xFF;
            int apart = Math.floorMod(level - (int) expected[i], 256);
            assertThat(Math.min(apart, 256 - apart)).as("pixel %d", i).isLessThanOrEqualTo(1);
            different += apart == 0 ? 0 : 1;
        }
        assertThat(different).isLessThanOrEqualTo(map.length / 200);
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit", "dpt_hybrid"})
    void resultsOfInnerModulesEqual(String golden) throws IOException {
        Path folder = Shared.path("goldens/" + golden + "/expected/a_131x97");
        List<String> taps;
        try (Stream<Path> files = Files.list(folder)) {
            taps = files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("tap.")).map(
                    name -> name.substring(4, name.length() - 4)).sorted().toList();
        }
        assertThat(taps).hasSizeGreaterThan(10);
        try (CheckpointEstimator estimator = open(golden)) {
            Map<String, FloatTensor> results = estimator.landmarks(estimator.prepare(image("a_131x97")),
                    OnnxRuntimeEngine.instance(), taps);
            for (String tap : taps) {
                NdArray expected = expected(golden, "a_131x97", "tap." + tap);
                assertThat(results.get(tap).shape().toArray()).as(tap).isEqualTo(expected.shape());
                float[] values = expected.toFloats();
                double largest = 0;
                for (float value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
                assertClose(results.get(tap).values(), values, TAP * largest, tap);
            }
        }
    }

    private static void assertClose(float[] found, float[] expected, double tolerance, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            double apart = Math.abs((double) found[i] - expected[i]);
            worst = apart <= worst ? worst : apart;
        }
        assertThat(worst).as("largest difference of %s", what).isLessThanOrEqualTo(tolerance);
    }
}
