package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Against {@code structural_similarity} of scikit-image 0.19.3 and, for several scales, the formula in NumPy 1.24 with
 * {@code scipy.ndimage.correlate1d}, on {@code abs((3r + 2c) % 400 - 200) + ((13r + 7c)(r + nc)) % 29}: the truth has n = 1,
 * the prediction has n = 3 and is multiplied by 9, divided by 10 (integers) and shifted by 12.
 */
class GaussianSsimTest {
    private static final int H = 200;
    private static final int W = 190;

    private static int truth(int row, int column) {
        return pattern(row, column, 1);
    }

    private static int prediction(int row, int column) {
        return pattern(row, column, 3) * 9 / 10 + 12;
    }

    private static int pattern(int row, int column, int n) {
        return Math.abs((3 * row + 2 * column) % 400 - 200) + (13 * row + 7 * column) * (row + n * column) % 29;
    }

    private static GrayImage gray(boolean truth, int height, int width) {
        byte[] bytes = new byte[height * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (truth ? truth(i / width, i % width) : prediction(i / width, i % width));
        }
        return GrayImage.wrap(bytes, height, width);
    }

    private static double[] tenths(boolean truth) {
        double[] values = new double[H * W];
        for (int i = 0; i < values.length; i++) {
            values[i] = (truth ? truth(i / W, i % W) : prediction(i / W, i % W)) / 25.0;
        }
        return values;
    }

    private static Plane plane(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Plane.wrap(floats, H, W);
    }

    @Test
    void eightBitImagesHaveTheGaussianSimilarityOfScikitImage() {
        GrayImage truth = gray(true, H, W);
        GrayImage prediction = gray(false, H, W);
        assertThat(ImageMetrics.ssim(truth, prediction, SsimOptions.WANG_2004)).isCloseTo(0.5120904652722865,
                within(1e-12));
        assertThat(ImageMetrics.ssim(truth, prediction, SsimOptions.gaussian(1.5, true))).isCloseTo(0.5111074329639677,
                within(1e-12));
        assertThat(ImageMetrics.ssim(truth, prediction, SsimOptions.gaussian(2.5, false))).isCloseTo(0.6322012749748966,
                within(1e-12));
        assertThat(ImageMetrics.ssim(truth, prediction, new SsimOptions(11, false, 1.5, true, 0.02, 0.05)))
                .isCloseTo(0.758691606831583, within(1e-12));
    }

    @Test
    void floatImagesHaveTheSimilarityOfScikitImageAtEachDataRange() {
        double[] truth = tenths(true);
        double[] prediction = tenths(false);
        assertThat(ImageMetrics.ssim(truth, prediction, H, W, 10, SsimOptions.WANG_2004)).isCloseTo(0.5074354992796003,
                within(1e-12));
        assertThat(ImageMetrics.ssim(truth, prediction, H, W, 228 / 25.0, SsimOptions.WANG_2004))
                .isCloseTo(0.4870276559299861, within(1e-12));
        assertThat(ImageMetrics.ssim(truth, prediction, H, W, 2, SsimOptions.WANG_2004)).isCloseTo(0.36180995361889046,
                within(1e-12));
        assertThat(ImageMetrics.ssim(plane(truth), plane(prediction), 10, SsimOptions.WANG_2004))
                .isCloseTo(0.5074355080357769, within(1e-9));
    }

    @Test
    void severalScalesFollowTheFormulaOfWang() {
        assertThat(MultiScaleSsim.of(gray(true, H, W), gray(false, H, W))).isCloseTo(0.9349937156910056, within(1e-12));
        assertThat(MultiScaleSsim.of(plane(tenths(true)), plane(tenths(false)), 10)).isCloseTo(0.9343320436661386,
                within(1e-6));
    }

    @Test
    void anOddLastRowOrColumnIsDroppedBetweenScales() {
        assertThat(MultiScaleSsim.of(gray(true, 203, 181), gray(false, 203, 181))).isCloseTo(0.9346322149523368,
                within(1e-12));
    }

    @Test
    void severalScalesGiveOneForIdenticalImagesAndZeroForANegative() {
        GrayImage image = gray(true, H, W);
        assertThat(MultiScaleSsim.of(image, image)).isCloseTo(1, within(1e-12));
        double[] negative = tenths(true);
        for (int i = 0; i < negative.length; i++) {
            negative[i] = 10 - negative[i];
        }
        assertThat(MultiScaleSsim.of(plane(tenths(true)), plane(negative), 10)).isZero();
    }

    @Test
    void severalScalesNeedAWindowAtTheCoarsestScale() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiScaleSsim.of(gray(true, 175, 176), gray(false, 175, 176)))
                .withMessageContaining("176×176").withMessageContaining("176×175");
        assertThat(MultiScaleSsim.of(gray(true, 176, 176), gray(false, 176, 176))).isBetween(0.0, 1.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultiScaleSsim.of(plane(tenths(true)), plane(tenths(false)), 0))
                .withMessageContaining("data range");
    }
}
