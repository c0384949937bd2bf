package fathom.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.npy.Npy;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Checkpoints against what transformers gives for them on the same pictures. Tolerances are those of the goldens: about ten
 * times the noise of float32 itself, or 5e-5 of the range.
 */
class CheckpointGoldensTest {
    private static final double TAP = 1e-4;

    private static CheckpointEstimator open(String golden) {
        return GoldenFiles.of(golden).open(Map.of());
    }

    private static RgbImage image(String name) throws IOException {
        return GoldenFiles.image(name);
    }

    /** Returns the names of the pictures with results in {@code golden}. */
    private static List<String> images(GoldenFiles golden) throws IOException {
        try (Stream<Path> files = Files.list(golden.folder().resolve("expected"))) {
            return files.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    private static FloatTensor tensor(FloatTensor pixels) {
        return pixels.reshaped(1, 3, pixels.height(), pixels.width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_vit_sharded", "dpt_hybrid", "dpt_hybrid_bin", "glpn", "depth_anything",
            "depth_anything_fp16", "depth_anything_bf16", "depth_anything_metric", "depth_anything_metric_outdoor",
            "dpt_beit", "dpt_swinv2", "dpt_dinov2"})
    void pixelValuesEqualToTheBit(String golden) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            FloatTensor pixels = estimator.prepare(image("a_131x97")).pixels();
            GoldenFiles.Kept sample = GoldenFiles.of(golden).kept("a_131x97", "pixel_values");
            sample.requireShape(tensor(pixels));
            sample.requireWithin(tensor(pixels), 0);
            String hash = Files.readString(GoldenFiles.of(golden).expected("a_131x97").resolve("pixel_values.sha256"));
            assertThat(sha256(pixels.values())).as("SHA-256 of all values").isEqualTo(hash.strip());
        }
    }

    /** ZoeDepth resizes floats, where the last digit depends on the order of sums. */
    @ParameterizedTest
    @ValueSource(strings = {"zoedepth", "zoedepth_kitti", "zoedepth_nk"})
    void pixelValuesOfResizedFloatsAreClose(String golden) throws IOException {
        try (CheckpointEstimator estimator = open(golden)) {
            FloatTensor pixels = estimator.prepare(image("a_131x97")).pixels();
            GoldenFiles.Kept sample = GoldenFiles.of(golden).kept("a_131x97", "pixel_values");
            sample.requireShape(tensor(pixels));
            sample.requireWithin(tensor(pixels), 1e-5);
        }
    }

    /** Sums of all values of the pictures whose prepared values are not stored: plain, of the sizes, of the squares. */
    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_hybrid", "glpn", "depth_anything", "depth_anything_fp16",
            "depth_anything_bf16", "depth_anything_metric", "depth_anything_metric_outdoor", "dpt_beit", "dpt_swinv2",
            "dpt_dinov2", "zoedepth", "zoedepth_kitti", "zoedepth_nk"})
    void sumsOfPreparedPicturesEqual(String golden) throws IOException {
        GoldenFiles files = GoldenFiles.of(golden);
        List<String> others = images(files).stream().filter(name -> !name.equals("a_131x97")).toList();
        assertThat(others).isNotEmpty();
        try (CheckpointEstimator estimator = open(golden)) {
            for (String name : others) {
                double[] sums = new double[3];
                for (float value : estimator.prepare(image(name)).pixels().values()) {
                    sums[0] += value;
                    sums[1] += Math.abs(value);
                    sums[2] += (double) value * value;
                }
                ByteBuffer expected = Npy.read(files.folder().resolve("expected/" + name + "_px_stats.npy")).bytes()
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < 3; i++) {
                    assertThat(sums[i]).as("sum %d of %s", i, name).isCloseTo(expected.getDouble(),
                            within(1e-6 * sums[1]));
                }
            }
        }
    }

    /** Returns the hash of the values as float32, little-endian; -0 counts as 0. */
    private static String sha256(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value + 0f);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_vit, 1e-3", "dpt_vit_sharded, 1e-3", "dpt_hybrid, 1e-3", "dpt_hybrid_bin, 1e-3", "glpn, 6e-4",
            "depth_anything, 1e-3", "depth_anything_fp16, 1e-3", "depth_anything_bf16, 1e-3",
            "depth_anything_metric, 9e-4", "depth_anything_metric_outdoor, 4e-3", "dpt_beit, 1e-3", "dpt_swinv2, 6e-3",
            "dpt_dinov2, 1e-3", "zoedepth, 2e-3", "zoedepth_kitti, 2e-2", "zoedepth_nk, 1e-4"})
    void depthEqualsAtBothSizes(String golden, double tolerance) throws IOException {
        GoldenFiles files = GoldenFiles.of(golden);
        try (CheckpointEstimator estimator = open(golden)) {
            for (String name : images(files)) {
                RgbImage image = image(name);
                Plane depth = Inside.depth(estimator, estimator.prepare(image));
                files.kept(name, "predicted_depth").requireWithin(depth, tolerance);
                Plane resized = Resampling.ofLabel(estimator.description().resampling()).resized(depth, image.height(),
                        image.width());
                if (name.equals("a_131x97")) {
                    files.kept(name, "post_bicubic").requireWithin(resized, tolerance);
                }
                assertArticleMapsEqual(resized, files.kept(name, "post_uint8"));
            }
        }
    }

    /** The article's 8-bit map, whose cast wraps: at most one level apart, modulo 256, on at most 0.5 % of the pixels. */
    private static void assertArticleMapsEqual(Plane map, GoldenFiles.Kept expected) {
        float largest = 0;
        for (float value : map.toArray()) {
            largest = Math.max(largest, value);
        }
        int columns = Math.ceilDiv(map.width(), expected.step());
        assertThat(expected.values()).hasSize(columns * Math.ceilDiv(map.height(), expected.step()));
        int different = 0;
        for (int i = 0; i < expected.values().length; i++) {
            float value = map.get(i / columns * expected.step(), i % columns * expected.step());
            int level = (int) (255 - value * 255 / largest) & 0xFF;
            int apart = Math.floorMod(level - (int) expected.values()[i], 256);
            assertThat(Math.min(apart, 256 - apart)).as("pixel %d", i).isLessThanOrEqualTo(1);
            different += apart == 0 ? 0 : 1;
        }
        assertThat(different).isLessThanOrEqualTo(Math.ceilDiv(expected.values().length, 200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_hybrid", "glpn", "depth_anything", "depth_anything_metric_outdoor",
            "dpt_beit", "dpt_swinv2", "dpt_dinov2", "zoedepth", "zoedepth_kitti", "zoedepth_nk"})
    void resultsOfInnerModulesEqual(String golden) throws IOException {
        String image = "a_131x97";
        List<GoldenFiles.Kept> taps = GoldenFiles.of(golden).kept(image, Pattern.compile("tap\\..*"));
        assertThat(taps).hasSizeGreaterThan(4);
        try (CheckpointEstimator estimator = open(golden)) {
            Map<String, FloatTensor> results = Inside.taps(estimator, estimator.prepare(image(image)),
                    taps.stream().map(GoldenFiles.Kept::module).toList());
            for (GoldenFiles.Kept tap : taps) {
                tap.requireShape(results.get(tap.module()));
                tap.requireWithinShare(results.get(tap.module()), TAP);
            }
        }
    }
}
