package fathom.evaluation.alignment;

import java.util.Random;

import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.alignment.WeightedL1.PointFit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class MogeAlignmentTest {
    private static final double FLOAT_ROUNDING = 1e-5;

    private static Plane ramp(int height, int width) {
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < height * width; i++) {
            plane.array()[i] = 1 + (i * 37 % 101) * 0.25f;
        }
        return plane;
    }

    private static Plane mapped(Plane plane, float scale, float shift) {
        return MogeAlignment.aligned(plane, new Fit(scale, shift, 0));
    }

    @Test
    void aMapOfTheSizeOfTheSampleIsTakenWhole() {
        int[] sample = MogeAlignment.sample(Mask.filled(64, 64, true));
        assertThat(sample).hasSize(4096);
        for (int i = 0; i < sample.length; i++) {
            assertThat(sample[i]).isEqualTo(i);
        }
    }

    /** The four pixels of a cell are equally near to its centre: the first one that counts is taken. */
    @Test
    void theSampleAvoidsMissingPixels() {
        Mask mask = Mask.filled(128, 128, true);
        assertThat(MogeAlignment.sample(mask)).startsWith(0, 2, 4);
        mask.set(0, 0, false);
        mask.set(0, 2, false);
        mask.set(0, 3, false);
        mask.set(1, 2, false);
        mask.set(1, 3, false);
        assertThat(MogeAlignment.sample(mask)).hasSize(4095).startsWith(1, 4);
    }

    @Test
    void smallMapsRepeatPixels() {
        assertThat(MogeAlignment.sample(Mask.filled(1, 2, true))).hasSize(4096).contains(0, 1);
    }

    @Test
    void recoversAKnownScaleAndShift() throws UnscorableException {
        Plane truth = ramp(70, 90);
        Mask all = Mask.filled(70, 90, true);
        Fit scale = MogeAlignment.scale(mapped(truth, 4, 0), truth, all);
        assertThat(scale).isEqualTo(new Fit(0.25, 0, 0));
        assertThat(MogeAlignment.truncatedScale(mapped(truth, 4, 0), truth, all, 0.1)).isEqualTo(new Fit(0.25, 0, 0));
        assertThat(MogeAlignment.scaleShift(mapped(truth, 4, -2), truth, all)).isEqualTo(new Fit(0.25, 0.5, 0));
        Fit inverse = MogeAlignment.inverseScaleShift(MogeAlignment.depth(truth, 1e-6), truth, all);
        assertThat(inverse.scale()).isCloseTo(1, within(FLOAT_ROUNDING));
        assertThat(inverse.shift()).isCloseTo(0, within(FLOAT_ROUNDING));
    }

    @Test
    void theLineIsAsGoodAsTheOptimum() throws UnscorableException {
        Random random = new Random(7);
        Plane truth = Plane.allocate(40, 50);
        Plane prediction = Plane.allocate(40, 50);
        for (int i = 0; i < truth.size(); i++) {
            truth.array()[i] = 1 + 5 * random.nextFloat();
            prediction.array()[i] = 2 * truth.array()[i] + 1 + random.nextFloat();
        }
        Mask all = Mask.filled(40, 50, true);
        int[] pixels = MogeAlignment.sample(all);
        float[] x = new float[pixels.length];
        float[] y = new float[pixels.length];
        float[] w = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            x[i] = prediction.array()[pixels[i]];
            y[i] = truth.array()[pixels[i]];
            w[i] = 1 / y[i];
        }
        double optimum = WeightedL1.scaleShift(x, y, w).loss();
        assertThat(MogeAlignment.scaleShift(prediction, truth, all).loss()).isCloseTo(optimum,
                within(FLOAT_ROUNDING * optimum));
    }

    @Test
    void equalPredictionsHaveScaleZero() throws UnscorableException {
        Plane truth = ramp(10, 10);
        Mask all = Mask.filled(10, 10, true);
        Plane constant = mapped(truth, 0, 3);
        assertThat(MogeAlignment.scaleShift(constant, truth, all).scale()).isZero();
        assertThat(MogeAlignment.isUndetermined(constant, truth, all)).isTrue();
        assertThat(MogeAlignment.isUndetermined(truth, truth, all)).isFalse();
        assertThat(MogeAlignment.isUndetermined(constant, constant, all)).isFalse();
    }

    @Test
    void predictionsThatAreNotFiniteAreDefined() throws UnscorableException {
        Plane truth = ramp(64, 64);
        Mask all = Mask.filled(64, 64, true);
        Plane nan = truth.copy();
        nan.set(5, 5, Float.NaN);
        assertThat(MogeAlignment.scale(nan, truth, all).scale()).isNaN();
        assertThat(MogeAlignment.scaleShift(nan, truth, all).shift()).isNaN();
        assertThat(MogeAlignment.inverseScaleShift(nan, truth, all).shift()).isNaN();
        Plane infinite = truth.copy();
        infinite.set(5, 5, Float.POSITIVE_INFINITY);
        assertThat(MogeAlignment.scale(infinite, truth, all).scale()).isEqualTo(1);
        assertThat(MogeAlignment.inverseScaleShift(infinite, truth, all).shift()).isZero();
    }

    @Test
    void inverseDepthIsClamped() {
        Plane depth = MogeAlignment.depth(Plane.wrap(new float[]{0.5f, -1, 0.01f}, 1, 3), 0.1);
        assertThat(depth.toArray()).containsExactly(2, 10, 10);
    }

    @Test
    void pointsAreAligned() throws UnscorableException {
        int pixels = 64 * 64;
        float[] points = new float[3 * pixels];
        float[] moved = new float[points.length];
        float[] scaled = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = 1 + i * 31 % 257;
            scaled[i] = 2 * points[i];
            moved[i] = 2 * points[i] + i % 3;
        }
        Mask all = Mask.filled(64, 64, true);
        assertThat(MogeAlignment.pointScale(points, scaled, all).scale()).isEqualTo(2);
        PointFit fit = MogeAlignment.pointScaleShift(points, moved, all);
        assertThat(fit.scale()).isEqualTo(2);
        assertThat(fit.shiftZ()).isEqualTo(2);
        assertThat(MogeAlignment.pointShift(scaled, moved, all).shiftY()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MogeAlignment.pointScale(new float[3], new float[3], all));
    }

    @Test
    void withoutACountedPixelThereIsNoFit() {
        Plane truth = ramp(4, 4);
        Mask none = Mask.filled(4, 4, false);
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> MogeAlignment.scale(truth, truth, none));
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> MogeAlignment.leastSquares(truth, truth, none));
    }
}
