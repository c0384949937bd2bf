package fathom.evaluation.metrics;

import fathom.raster.Mask;
import fathom.raster.Plane;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class GradientErrorTest {
    private static final int H = 20;
    private static final int W = 17;
    private final Plane truth = Plane.allocate(H, W);
    private final Plane prediction = Plane.allocate(H, W);
    private final Mask counted = Mask.filled(H, W, true);

    GradientErrorTest() {
        for (int r = 0; r < H; r++) {
            for (int c = 0; c < W; c++) {
                truth.set(r, c, 1 + (r * 7 + c * 3) % 11 / 4f);
                prediction.set(r, c, 1 + (r * 5 + c * 2) % 13 / 8f);
                counted.set(r, c, (r * 3 + c) % 7 != 0);
            }
        }
    }

    /** Values of NumPy 1.24 with array slices. */
    @Test
    void bothFormsAgreeWithArraySlices() throws UnscorableException {
        assertThat(GradientError.of(prediction, truth, counted)).isCloseTo(0.5952110908008224, within(1e-12));
        assertThat(GradientError.multiScale(prediction, truth, counted)).isCloseTo(2.6156390677439942, within(1e-12));
    }

    @Test
    void aStepOfOnePixelIsMeasuredByHand() throws UnscorableException {
        Plane flat = Plane.wrap(new float[]{1, 1, 1}, 1, 3);
        Plane step = Plane.wrap(new float[]{1, (float) Math.E, (float) Math.E}, 1, 3);
        Mask all = Mask.filled(1, 3, true);
        assertThat(GradientError.of(step, flat, all)).isCloseTo(0.5, within(1e-7));
        assertThat(GradientError.multiScale(step, flat, all)).isCloseTo(1 / 3.0 + 1 / 2.0, within(1e-7));
    }

    @Test
    void uncountedPixelsHaveNoInfluence() throws UnscorableException {
        double before = GradientError.multiScale(prediction, truth, counted);
        truth.set(0, 0, Float.NaN);
        prediction.set(0, 7, -1);
        assertThat(GradientError.multiScale(prediction, truth, counted)).isEqualTo(before);
    }

    @Property(tries = 50)
    void aScaleOfThePredictionChangesNothing(@ForAll @FloatRange(min = 0.01f, max = 100f) float scale)
            throws UnscorableException {
        Plane scaled = Plane.allocate(H, W);
        for (int i = 0; i < H * W; i++) {
            scaled.array()[i] = truth.array()[i] * scale;
        }
        assertThat(GradientError.multiScale(scaled, truth, counted)).isCloseTo(0, within(1e-5));
    }

    @Test
    void withoutPairsOrLogarithmsThereIsNoScore() {
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> GradientError.of(prediction, truth, Mask.filled(H, W, false)))
                .withMessageContaining("neighbouring");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> GradientError.multiScale(prediction, truth, Mask.filled(H, W, false)))
                .withMessageContaining("no pixel");
        prediction.set(3, 1, 0);
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> GradientError.of(prediction, truth, counted))
                .withMessageContaining("row 3, column 1");
    }
}
