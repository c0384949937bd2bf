package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Checkpoints in int8: the difference of their maps, and rejected settings. The difference is larger for random weights than for trained ones, and largest for those
 * of Swin v2, whose attention is steep, most: measured 0.316.
 */
class PrecisionTest {
    private static RgbImage noise(long seed) {
        byte[] samples = new byte[90 * 120 * 3];
        new Random(seed).nextBytes(samples);
        return RgbImage.wrap(samples, 90, 120);
    }

    private static RgbImage picture() throws IOException {
        return GoldenFiles.image("a_131x97");
    }

    private static EstimatorOptions inBits() {
        return EstimatorOptions.defaults().withThreads(2).withPrecision(new Precision.Int8("two pictures", () -> {
            try {
                return List.of(picture(), noise(3));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** The picture is one of the calibration, so its limit holds. */
    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_beit", "dpt_hybrid", "depth_anything", "glpn", "zoedepth"})
    void mapsStayNearFloat32(String golden) throws IOException {
        String folder = GoldenFiles.path(golden).toString();
        try (DepthEstimator exact = Estimators.open(folder, EstimatorOptions.defaults().withThreads(2));
                DepthEstimator eight = Estimators.open(folder, inBits())) {
            float[] expected = exact.estimate(picture()).prediction().values().toArray();
            float[] found = eight.estimate(picture()).prediction().values().toArray();
            double squares = 0;
            double size = 0;
            for (int i = 0; i < expected.length; i++) {
                squares += Math.pow((double) found[i] - expected[i], 2);
                size += Math.pow(expected[i], 2);
            }
            assertThat(Math.sqrt(squares / size)).isGreaterThan(0).isLessThan(1.2 * Int8Network.LIMIT);
            assertThat(eight.description().inputPolicy()).endsWith("; precision=int8 calibrated on two pictures");
            assertThat(eight.estimate(picture()).prediction().values().toArray()).isEqualTo(found);
            assertThat(eight.warnings()).singleElement().asString()
                    .matches("int8 changes the outputs of the calibration pictures by up to [0-5]\\.\\d % "
                            + "\\(relative L2\\); \\d+ of \\d+ operations stay in float32\\.");
            assertThat(exact.warnings()).isEmpty();
        }
    }

    @Test
    void networkOfWhichEveryOperationLosesTooMuchRunsInFloat32() throws IOException {
        String folder = GoldenFiles.path("dpt_swinv2").toString();
        try (DepthEstimator exact = Estimators.open(folder, EstimatorOptions.defaults().withThreads(2));
                DepthEstimator eight = Estimators.open(folder, inBits())) {
            assertThat(eight.warnings()).singleElement().asString().startsWith("int8 is not used for this network");
            assertThat(eight.estimate(picture()).prediction().values().toArray())
                    .isEqualTo(exact.estimate(picture()).prediction().values().toArray());
        }
    }

    @Test
    void operationsThatLoseTooMuchStayInFloat32() throws IOException {
        String folder = GoldenFiles.path("dpt_vit").toString();
        try (DepthEstimator eight = Estimators.open(folder, inBits())) {
            assertThat(eight.warnings()).singleElement().asString().matches(
                    "int8 changes .* by up to [0-5]\\.\\d % .*; [1-9]\\d* of \\d+ operations stay in float32\\.");
            assertThat(eight.description().identity().toString()).contains("difference");
        }
    }

    @Test
    void int8IsRejectedForModelsWhoseGraphFathomDoesNotBuild() {
        assertThatThrownBy(() -> Estimators.open("fastdepth", inBits())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision: expected fp32 for ").hasMessageContaining("found int8");
    }

    @Test
    void devicesAreKnownByTheirNames() {
        assertThat(Device.ofName("cpu")).isEqualTo(new Device.Cpu());
        assertThat(Device.ofName("cuda")).isEqualTo(new Device.Cuda(0)).hasToString("cuda:0");
        assertThat(Device.ofName("cuda:3")).isEqualTo(new Device.Cuda(3));
        for (String name : List.of("", "gpu", "cuda:", "cuda:-1", "cuda:1000", "cpu:0")) {
            assertThatThrownBy(() -> Device.ofName(name)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected cpu, cuda or cuda:N, found \"" + name + "\"");
        }
    }

    @Test
    void cpuBuildRejectsGraphicsCards() {
        assumeFalse(System.getenv().getOrDefault("FATHOM_DEVICE", "cpu").startsWith("cuda"),
                "SKIPPED: this build is for graphics cards");
        EstimatorOptions options = EstimatorOptions.defaults().withDevice(new Device.Cuda(0));
        assertThatThrownBy(() -> Estimators.open(GoldenFiles.path("dpt_vit").toString(), options))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("found cuda:0")
                .hasMessageContaining("mvn -Pcuda");
        assertThatThrownBy(
                () -> Estimators.open(GoldenFiles.path("dpt_vit").toString(), inBits().withDevice(new Device.Cuda(0))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("int8 is supported only on the CPU");
    }

    @Test
    void aCalibrationWithoutPicturesIsRefused() {
        EstimatorOptions options = EstimatorOptions.defaults().withPrecision(new Precision.Int8("nothing", List::of));
        Path folder = GoldenFiles.path("dpt_vit");
        try (DepthEstimator estimator = Estimators.open(folder.toString(), options)) {
            assertThatThrownBy(() -> estimator.estimate(noise(1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one calibration picture");
        }
    }

    @Test
    void operationsAreThoseOfTheLayers() {
        Path folder = GoldenFiles.path("dpt_vit");
        try (DepthEstimator estimator = Estimators.open(folder.toString(), EstimatorOptions.defaults())) {
            long small = estimator.operations(estimator.prepare(noise(1))).orElseThrow();
            assertThat(small).isPositive();
        }
        assertThat(MatrixRate.gigaflops(1)).isPositive();
    }

    @Test
    void networkThatStaysInFloatIsSaidToGainNothing() {
        assertThat(Int8Network.summary(0, 177, 177))
                .isEqualTo("int8 is not used for this network: with operations in 8 "
                        + "bits, its outputs for the calibration pictures would change by more than 5 % (relative L2); "
                        + "it runs in float32.");
        assertThat(Int8Network.summary(0.0312, 32, 69))
                .isEqualTo("int8 changes the outputs of the calibration pictures "
                        + "by up to 3.1 % (relative L2); 32 of 69 operations stay in float32.");
    }
}
