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
import fathom.inference.engine.OnnxRuntimeEngine;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Resampling;
import fathom.raster.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Every fourth row and column of the last two axes, as the larger goldens are kept. */
    private static FloatTensor everyFourth(FloatTensor tensor) {
        int height = tensor.dim(-2);
        int width = tensor.dim(-1);
        int rows = Math.ceilDiv(height, 4);
        int columns = Math.ceilDiv(width, 4);
        int planes = (int) (tensor.size() / ((long) height * width));
        float[] kept = new float[planes * rows * columns];
        for (int i = 0, at = 0; i < planes; i++) {
            for (int row = 0; row < height; row += 4) {
                for (int column = 0; column < width; column += 4) {
                    kept[at++] = tensor.values()[(i * height + row) * width + column];
                }
            }
        }
        int[] shape = tensor.shape();
        shape[shape.length - 2] = rows;
        shape[shape.length - 1] = columns;
        return FloatTensor.wrap(kept, shape);
    }

    /** The names of the pictures that {@code golden} has results for. */
    private static List<String> images(String golden) throws IOException {
        try (Stream<Path> files = Files.list(Shared.path("goldens/" + golden + "/expected"))) {
            return files.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    /** The golden called {@code what}, or that of every fourth row and column, beside what was found for it. */
    private static void assertEqualsGolden(String golden, String image, String what, FloatTensor found,
            double tolerance,
            boolean ofLargest) throws IOException {
        boolean whole = Files.exists(Shared.path("goldens/" + golden + "/expected/" + image).resolve(what + ".npy"));
        NdArray expected = expected(golden, image, whole ? what : what + ".s4");
        FloatTensor same = whole ? found : everyFourth(found);
        assertThat(same.shape()).as(what).isEqualTo(expected.shape());
        float[] values = expected.toFloats();
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertClose(same.values(), values, ofLargest ? tolerance * largest : tolerance,
                golden + " " + image + " " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_vit_sharded", "dpt_hybrid", "dpt_hybrid_bin", "glpn", "depth_anything",
            "depth_anything_fp16", "depth_anything_bf16", "depth_anything_metric", "depth_anything_metric_outdoor",
            "dpt_beit", "dpt_swinv2", "dpt_dinov2"})
    void pixelValuesEqualToTheBit(String golden) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            float[] values = estimator.prepare(image("a_131x97")).pixels().values();
            assertThat(values).containsExactly(expected(golden, "a_131x97", "pixel_values").toFloats());
        }
    }

    /** ZoeDepth resizes floats, where the last digit depends on the order of sums. */
    @ParameterizedTest
    @ValueSource(strings = {"zoedepth", "zoedepth_kitti", "zoedepth_nk"})
    void pixelValuesOfResizedFloatsAreClose(String golden) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            assertClose(estimator.prepare(image("a_131x97")).pixels().values(), expected(golden, "a_131x97",
                    "pixel_values").toFloats(), 1e-5, "pixel_values");
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit, 1e-3", "dpt_vit_sharded, 1e-3", "dpt_hybrid, 1e-3", "dpt_hybrid_bin, 1e-3", "glpn, 6e-4",
            "depth_anything, 1e-3", "depth_anything_fp16, 1e-3", "depth_anything_bf16, 1e-3",
            "depth_anything_metric, 9e-4", "depth_anything_metric_outdoor, 4e-3", "dpt_beit, 1e-3",
            "dpt_swinv2, 6e-3", "dpt_dinov2, 1e-3", "zoedepth, 2e-3", "zoedepth_kitti, 2e-2", "zoedepth_nk, 1e-4"})
    void depthEqualsAtBothSizes(String golden, double tolerance) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            for (String name : images(golden)) {
                RgbImage image = image(name);
                Plane depth = Inside.depth(estimator, estimator.prepare(image));
                assertEqualsGolden(golden, name, "predicted_depth",
                        FloatTensor.wrap(depth.toArray(), 1, depth.height(), depth
                                .width()),
                        tolerance, false);
                Plane resized = Resampling.ofLabel(estimator.description().resampling()).resized(depth, image.height(),
                        image.width());
                Path folder = Shared.path("goldens/" + golden + "/expected/" + name);
                if (Files.exists(folder.resolve("post_bicubic.npy"))) {
                    assertClose(resized.toArray(), expected(golden, name, "post_bicubic").toFloats(), tolerance,
                            "post_bicubic");
                }
                Path png = folder.resolve("post_uint8.png");
                assertArticleMapsEqual(resized.toArray(), Files.exists(png)
                        ? Images.readGray(png).values().toArray()
                        : expected(golden, name, "post_uint8").toFloats());
            }
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
    @ValueSource(strings = {"dpt_vit", "dpt_hybrid", "glpn", "depth_anything", "depth_anything_metric_outdoor",
            "dpt_beit",
            "dpt_swinv2", "dpt_dinov2", "zoedepth", "zoedepth_kitti", "zoedepth_nk"})
    void resultsOfInnerModulesEqual(String golden) throws IOException {
        String image = "a_131x97";
        List<String> taps;
        try (Stream<Path> files = Files.list(Shared.path("goldens/" + golden + "/expected/" + image))) {
            taps = files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("tap.")).map(
                    name -> name.substring(4).replaceFirst("(\\.s4)?\\.npy$", "")).sorted().toList();
        }
        assertThat(taps).hasSizeGreaterThan(4);
        try (CheckpointEstimator estimator = open(golden)) {
            Map<String, FloatTensor> results = Inside.landmarks(estimator, estimator.prepare(image(image)), taps);
            for (String tap : taps) {
                assertEqualsGolden(golden, image, "tap." + tap, results.get(tap), TAP, true);
            }
        }
    }

    private static void assertClose(float[] found, float[] expected, double tolerance, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            double apart = Math.abs((double) found[i] - expected[i]);
            worst = Math.max(worst, apart);
        }
        assertThat(worst).as("largest difference of %s", what).isLessThanOrEqualTo(tolerance);
    }
}
