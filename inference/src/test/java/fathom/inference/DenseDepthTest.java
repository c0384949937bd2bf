package fathom.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.formats.npy.Npz;
import fathom.models.ModelOptions;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.ModelSource;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Small Keras files of DenseDepth's layout, made with what the network gives on them by {@code densedepth.py}.
 */
class DenseDepthTest {
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);

    @TempDir
    Path folder;

    private static Path resource(String name) {
        return GoldenFiles.path("densedepth/" + name);
    }

    private static CheckpointEstimator open(Path file, Map<String, String> options) {
        return CheckpointEstimator.ofFile(file, OPTIONS.withModel(ModelOptions.of(options)),
                OnnxRuntimeEngine.instance());
    }

    private static CheckpointEstimator open(String model, Map<String, String> options) {
        return open(resource(model + ".h5"), options);
    }

    private static RgbImage picture(String model, String size) throws IOException {
        NdArray array = Npz.read(resource(model + ".npz"), "input_" + size);
        byte[] bytes = new byte[array.toFloats().length];
        float[] levels = array.toFloats();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) levels[i];
        }
        return RgbImage.wrap(bytes, array.shape()[0], array.shape()[1]);
    }

    /** The expected numbers are computed in float64: what differs by more than a share of them and a constant fails. */
    private static void assertClose(String what, float[] found, float[] expected, double relative, double absolute) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= absolute + relative * Math.abs(expected[i]))) {
                throw new AssertionError(what + ", element " + i + ": expected " + expected[i] + ", found " + found[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"nyu_full, 64_96", "nyu_full, 96_32", "kitti_half, 64_160", "kitti_half, 32_96", "unusual, 64_64"})
    void depthEqualsTheIndependentComputationInEachWayOfResizing(String model, String size) throws IOException {
        RgbImage picture = picture(model, size);
        for (String upsampling : List.of("half-pixel", "corner", "aligned")) {
            try (DepthEstimator estimator = open(model, Map.of("size", "keep", "upsampling", upsampling))) {
                Plane depth = estimator.estimate(picture).prediction().values();
                NdArray expected = Npz.read(resource(model + ".npz"), upsampling + "_" + size);
                assertThat(new int[]{depth.height(), depth.width()}).isEqualTo(expected.shape());
                assertClose(upsampling, depth.toArray(), expected.toFloats(), 1e-4, 1e-5);
                assertThat(estimator.description().kind()).isEqualTo(DepthKind.METRIC);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"nyu_full, 64_96", "kitti_half, 64_160", "unusual, 64_64"})
    void innerResultsEqualTheIndependentComputation(String model, String size) throws IOException {
        Map<String, float[]> expected = new LinkedHashMap<>();
        Npz.read(resource(model + ".npz")).forEach((name, array) -> {
            if (name.startsWith("tap_")) {
                expected.put(name.substring(4), array.toFloats());
            }
        });
        assertThat(expected).hasSize(11);
        try (CheckpointEstimator estimator = open(model, Map.of("size", "keep"))) {
            Map<String, FloatTensor> found = Inside.taps(estimator, estimator.prepare(picture(model, size)),
                    expected.keySet());
            expected.forEach((name, values) -> assertClose(name, found.get(name).values(), values, 1e-4, 1e-4));
        }
    }

    /** By default the result equals that of the authors' program with TensorFlow 2. */
    @Test
    void halfPixelsAreTheDefault() throws IOException {
        try (DepthEstimator estimator = open("nyu_full", Map.of("size", "keep"))) {
            assertClose("depth", estimator.estimate(picture("nyu_full", "64_96")).prediction().values().toArray(),
                    Npz.read(resource("nyu_full.npz"), "half-pixel_64_96").toFloats(), 1e-4, 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"nyu_full, , 640, 480", "kitti_half, , 1280, 384", "kitti_half, 128x96, 128, 96",
            "nyu_full, keep, 288, 128"})
    void picturesAreResizedToTheTrainedSizeUnlessAsked(String model, String size, int width, int height) {
        try (CheckpointEstimator estimator = open(model, size == null ? Map.of() : Map.of("size", size))) {
            FloatTensor pixels = estimator.prepare(RgbImage.allocate(131, 300)).pixels();
            assertThat(List.of(pixels.width(), pixels.height())).containsExactly(width, height);
        }
    }

    @Test
    void rangeIsThatOfTheDataSetOrAsAsked() throws IOException {
        RgbImage picture = picture("nyu_full", "64_96");
        float[] nyu = Npz.read(resource("nyu_full.npz"), "half-pixel_64_96").toFloats();
        try (DepthEstimator kitti = open("nyu_full", Map.of("size", "keep", "dataset", "kitti"));
                DepthEstimator own = open("nyu_full", Map.of("size", "keep", "min_depth", "0.5", "max_depth", "20"))) {
            float[] far = kitti.estimate(picture).prediction().values().toArray();
            float[] asked = own.estimate(picture).prediction().values().toArray();
            for (int i = 0; i < nyu.length; i++) {
                if (nyu[i] > 0.3 && nyu[i] < 9.9) {
                    assertThat(far[i]).isBetween(nyu[i] * 7.99f, nyu[i] * 8.01f);
                    assertThat(asked[i]).isBetween(nyu[i] * 1.999f, nyu[i] * 2.001f);
                }
            }
            Arrays.sort(far);
            Arrays.sort(asked);
            assertThat(List.of(far[0], far[far.length - 1])).containsExactly(1f, 80f);
            assertThat(List.of(asked[0], asked[asked.length - 1])).containsExactly(0.5f, 20f);
        }
    }

    @Test
    void flippedIsTheMeanWithTheMirroredPicture() throws IOException {
        RgbImage picture = picture("kitti_half", "64_160");
        try (CheckpointEstimator plain = open("kitti_half", Map.of("size", "keep"));
                CheckpointEstimator flipped = open("kitti_half", Map.of("size", "keep", "flip", "true"))) {
            PreparedInput.Numbers input = plain.prepare(picture);
            Plane one = plain.run(input).prediction().values();
            Plane other = plain.run(new PreparedInput.Numbers(64, 160, input.pixels().mirrored())).prediction()
                    .values();
            Plane mean = flipped.run(input).prediction().values();
            for (int row = 0; row < 32; row++) {
                for (int column = 0; column < 80; column++) {
                    float expected = (one.get(row, column) + other.get(row, 79 - column)) / 2;
                    assertThat(mean.get(row, column)).isBetween(expected * 0.9999f, expected * 1.0001f);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"upsampling, nearest, 'half-pixel, corner or aligned'", "dataset, make3d, nyu or kitti",
            "size, 640x481, multiples of 32", "size, big, 640x480", "max_depth, 0.01, 0 < min_depth < max_depth",
            "min_depth, x, 1 numbers"})
    void optionsThatAreNoneAreRefused(String key, String value, String message) {
        assertThatThrownBy(() -> open("nyu_full", Map.of(key, value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key).hasMessageContaining(message);
    }

    @Test
    void inputThatIsNoMultipleIsRefused() {
        try (DepthEstimator estimator = open("nyu_full", Map.of())) {
            PreparedInput odd = new PreparedInput.Numbers(40, 64, FloatTensor.wrap(new float[3 * 40 * 64], 3, 40, 64));
            assertThatThrownBy(() -> estimator.run(odd)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiples of 32 pixels, found 40×64");
        }
    }

    @Test
    void fileIsLocatedByItsNameAndListsItsOptions() throws Exception {
        Path file = resource("kitti_half.h5");
        assertThat(Catalogue.locate(file.toString())).isEqualTo(new ModelSource.CheckpointFile(file));
        try (DepthEstimator estimator = Estimators.open(file.toString(), OPTIONS)) {
            assertThat(estimator.options()).containsKeys("upsampling", "size", "dataset", "min_depth", "max_depth",
                    "flip", "resize");
            assertThat(estimator.description().architecture()).isEqualTo("densedepth");
            assertThat(estimator.description().parameters()).isEqualTo(27_553);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertThat(estimator.description().weightsHash()).isEqualTo(HexFormat.of().formatHex(hash));
        }
    }

    // Invalid files

    private Path changed(String name, String... replacements) throws IOException {
        String bytes = Files.readString(resource("nyu_full.h5"), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < replacements.length; i += 2) {
            bytes = bytes.replace(replacements[i], replacements[i + 1]);
        }
        return Files.writeString(folder.resolve(name), bytes, StandardCharsets.ISO_8859_1);
    }

    private void assertRefused(Path file, String... messages) {
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContainingAll(messages);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 0.2, 0.5, 0.9, 0.999})
    void truncatedFileIsRefused(double part) throws IOException {
        byte[] bytes = Files.readAllBytes(resource("nyu_full.h5"));
        Path file = folder.resolve("short.h5");
        Files.write(file, Arrays.copyOf(bytes, (int) (part * bytes.length)));
        assertRefused(file, "expected", "found", "download it again");
    }

    @Test
    void fileOfAnotherKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.hdf5"), "<html>sign in</html>");
        assertRefused(file, "HDF5", "a web page");
    }

    @Test
    void missingLayerIsNamed() throws IOException {
        assertRefused(changed("nyu.h5", "up2_convB", "up2_convX"), "up2_convB.weight", "none of that name");
    }

    @Test
    void otherModelIsRefused() throws IOException {
        assertRefused(changed("vgg.h5", "up1_convA", "up1_convX"), "DenseDepth", "no up1_convA/kernel");
    }

    @Test
    void exchangedLayersHaveWrongShapes() throws IOException {
        assertRefused(changed("nyu.h5", "up1_convB", "up1_convX", "up2_convB", "up1_convB", "up1_convX", "up2_convB"),
                "tensor up1_convB.weight", "expected [", "found [");
    }

    @Test
    void layerThatIsOnlyNamedIsRefused() throws IOException {
        String bytes = Files.readString(resource("nyu_full.h5"), StandardCharsets.ISO_8859_1);
        int listed = bytes.indexOf("up3_convA", bytes.indexOf("up3_concat\0"));
        Path file = Files.writeString(folder.resolve("nyu.h5"),
                bytes.substring(0, listed) + "up3_convZ" + bytes.substring(listed + 9), StandardCharsets.ISO_8859_1);
        assertRefused(file, "layer up3_convZ", "expected a group, found none");
    }

    @Test
    void modelOfKerasThreeIsRefused() throws IOException {
        assertRefused(changed("nyu.h5", "layer_names", "layer_nomes"), "layer_names", "Keras 2");
    }
}
