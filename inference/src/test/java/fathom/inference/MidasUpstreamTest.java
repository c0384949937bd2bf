package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import fathom.formats.NdArray;
import fathom.formats.images.Images;
import fathom.formats.npy.Npy;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.advice.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Files as the authors' own code saves them against what that code gives: small networks with random weights, made by
 * {@code make_midas.py}.
 */
class MidasUpstreamTest {
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);
    private static final String HYBRID = "dpt_hybrid_nyu-2ce69ec7.pt";

    @TempDir
    private Path folder;

    private static Path resource(String name) {
        return GoldenFiles.path("midas/" + name);
    }

    private static NdArray array(String name) {
        try {
            return Npy.read(resource(name + ".npy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RgbImage picture() throws IOException {
        return Images.readRgb(resource("picture.png"));
    }

    private static PreparedInput.Numbers input(String name) {
        NdArray pixels = array(name);
        int height = pixels.shape()[2];
        int width = pixels.shape()[3];
        return new PreparedInput.Numbers(height, width, FloatTensor.wrap(pixels.toFloats(), 3, height, width));
    }

    private Path copy(String name, String other) throws IOException {
        return Files.copy(resource(name), folder.resolve(other));
    }

    private static void assertWithin(float[] found, float[] expected, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_large_384", "dpt_beit_base_384"})
    void depthOfAPictureEqualsTheAuthors(String name) throws IOException {
        try (DepthEstimator estimator = Estimators.open(resource(name + ".pt").toString(), OPTIONS)) {
            PreparedInput.Numbers input = (PreparedInput.Numbers) estimator.prepare(picture());
            assertThat(new int[]{input.pixels().height(), input.pixels().width()}).containsExactly(64, 96);
            assertWithin(input.pixels().values(), array(name + ".pixels").toFloats(), 1e-5);
            Plane depth = estimator.run(input).prediction().values();
            assertWithin(depth.toArray(), array(name + ".depth").toFloats(), 1e-4);
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(estimator.description().name()).isEqualTo(name + ".pt");
            assertThat(estimator.description().architecture()).isEqualTo("dpt");
        }
    }

    /** A tolerance of 2e-2 in x, of 782, is scale · depth² times as much in metres, of which there are up to 7 and 173. */
    @ParameterizedTest
    @CsvSource({"dpt_hybrid-midas-501f0c75.pt, hybrid.depth, AFFINE_INVERSE, 2e-2",
            "dpt_hybrid_384.pt, hybrid.depth, AFFINE_INVERSE, 2e-2",
            "dpt_hybrid_nyu-2ce69ec7.pt, nyu.depth, METRIC, 2e-4",
            "dpt_hybrid_kitti-cb926ef4.pt, kitti.depth, METRIC, 3e-2"})
    void kindOfAHybridNetworkIsInferredFromItsName(String name, String expected, DepthKind kind, double tolerance)
            throws IOException {
        try (DepthEstimator estimator = Estimators.open(copy(HYBRID, name).toString(), OPTIONS)) {
            Plane depth = estimator.run(input("hybrid.input")).prediction().values();
            assertWithin(depth.toArray(), array(expected).toFloats(), tolerance);
            assertThat(estimator.description().kind()).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({"dpt_hybrid_nyu-2ce69ec7.pt, nyu.pixels, 480, 640",
            "dpt_hybrid_kitti-cb926ef4.pt, kitti.pixels, 352, 480"})
    void metricNetworksTakeThePictureInTheSizeOfTheirDataSet(String name, String expected, int height, int width)
            throws IOException {
        try (DepthEstimator estimator = Estimators.open(copy(HYBRID, name).toString(), OPTIONS)) {
            FloatTensor pixels = ((PreparedInput.Numbers) estimator.prepare(picture())).pixels();
            assertThat(new int[]{pixels.height(), pixels.width()}).containsExactly(height, width);
            float[] kept = new float[3 * (height / 16) * (width / 16)];
            int at = 0;
            for (int row = 0; row < 3 * height; row += 16) {
                for (int column = 0; column < width; column += 16) {
                    kept[at++] = pixels.values()[row * width + column];
                }
            }
            assertWithin(kept, array(expected).toFloats(), 1e-5);
        }
    }

    @Test
    void squareOptionIgnoresTheAspectRatio() throws IOException {
        EstimatorOptions square = OPTIONS.withModel(ModelOptions.of(Map.of("keep_aspect", "false")));
        try (DepthEstimator estimator = Estimators.open(resource("dpt_large_384.pt").toString(), square)) {
            FloatTensor pixels = ((PreparedInput.Numbers) estimator.prepare(picture())).pixels();
            assertThat(new int[]{pixels.height(), pixels.width()}).containsExactly(64, 64);
            assertThat(estimator.description().inputPolicy()).contains("opencv-cubic", "64×64");
        }
    }

    @Test
    void hybridNetworkOfAnotherNameNeedsItsTrainingData() throws IOException {
        Path file = copy(HYBRID, "weights.pt");
        assertThatThrownBy(() -> Estimators.open(file.toString(), OPTIONS)).isInstanceOf(UsageException.class)
                .hasMessageContainingAll("weights.pt", "nyu or kitti");
        try (DepthEstimator estimator = Estimators.open(file.toString(),
                OPTIONS.withModel(ModelOptions.of(Map.of("trained_on", "nyu"))))) {
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.METRIC);
            assertThat(estimator.warnings()).isEmpty();
        }
    }

    @Test
    void kindOfOtherNetworksDoesNotDependOnTheirName() throws IOException {
        try (DepthEstimator estimator = Estimators.open(copy("dpt_large_384.pt", "weights_nyu.pt").toString(),
                OPTIONS)) {
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
        }
    }
}
