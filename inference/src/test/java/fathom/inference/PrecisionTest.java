package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import fathom.formats.Images;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Checkpoints in 8 bits: how far their maps stray, and what is refused. Random weights stray more than trained ones. */
class PrecisionTest {
    private static RgbImage noise(long seed) {
        byte[] samples = new byte[90 * 120 * 3];
        new Random(seed).nextBytes(samples);
        return RgbImage.wrap(samples, 90, 120);
    }

    private static RgbImage picture() throws IOException {
        return Images.readRgb(AnySizeTest.resource("a_131x97.png"));
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

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_beit", "dpt_swinv2", "dpt_hybrid", "depth_anything", "glpn", "zoedepth"})
    void mapsStayNearFloat32(String golden) throws IOException {
        String folder = Shared.path("goldens/" + golden).toString();
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
            assertThat(Math.sqrt(squares / size)).isGreaterThan(0).isLessThan(0.3);
            assertThat(eight.description().inputPolicy()).endsWith("; precision=int8 calibrated on two pictures");
            assertThat(eight.estimate(picture()).prediction().values().toArray()).isEqualTo(found);
        }
    }

    @Test
    void modelsThatAreNotDrawnHereRunInFloat32Only() {
        assertThatThrownBy(() -> Estimators.open("fastdepth", inBits())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision: expected fp32 for ").hasMessageContaining("found int8");
    }

    @Test
    void aCalibrationWithoutPicturesIsRefused() {
        EstimatorOptions options = EstimatorOptions.defaults().withPrecision(new Precision.Int8("nothing", List::of));
        Path folder = AnySizeTest.resource("dpt_vit");
        try (DepthEstimator estimator = Estimators.open(folder.toString(), options)) {
            assertThatThrownBy(() -> estimator.estimate(noise(1))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least one calibration picture");
        }
    }

    @Test
    void operationsAreThoseOfTheLayers() {
        Path folder = AnySizeTest.resource("dpt_vit");
        try (DepthEstimator estimator = Estimators.open(folder.toString(), EstimatorOptions.defaults())) {
            long small = estimator.operations(estimator.prepare(noise(1))).orElseThrow();
            assertThat(small).isPositive();
        }
        assertThat(MatrixRate.gigaflops(1)).isPositive();
    }
}
