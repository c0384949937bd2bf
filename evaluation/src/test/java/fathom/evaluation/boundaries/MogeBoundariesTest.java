package fathom.evaluation.boundaries;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class MogeBoundariesTest {
    private static final Mask ALL = Mask.filled(3, 3, true);
    private static final double FLOAT_ROUNDING = 1e-6;

    /** Depth 1 with another depth right of the centre. */
    private static Plane withRight(float depth) {
        return Plane.wrap(new float[]{1, 1, 1, 1, 1, depth, 1, 1, 1}, 3, 3);
    }

    @Test
    void equalBoundariesScoreOne() throws UnscorableException {
        assertThat(MogeBoundaries.f1(withRight(2), withRight(2), ALL, 1)).isCloseTo(1, within(FLOAT_ROUNDING));
    }

    @Test
    void onlyThresholdsBelowTheRatioCount() throws UnscorableException {
        double first = 0.05;
        double step = 0.2 / 9;
        double expected = (first + (first + step) + (first + 2 * step)) / 1.5;
        assertThat(MogeBoundaries.f1(withRight(1.1f), withRight(2), ALL, 1)).isCloseTo(expected,
                within(FLOAT_ROUNDING));
    }

    @Test
    void nearerNeighboursAreNoBoundary() throws UnscorableException {
        assertThat(MogeBoundaries.f1(withRight(0.5f), withRight(0.5f), ALL, 1)).isZero();
    }

    @Test
    void pairsWithAPixelThatDoesNotCountAreIgnored() throws UnscorableException {
        Mask mask = Mask.filled(3, 3, true);
        mask.set(1, 2, false);
        assertThat(MogeBoundaries.f1(withRight(2), withRight(2), mask, 1)).isZero();
    }

    @Test
    void cornersAreOutsideTheDiscOfRadiusOne() throws UnscorableException {
        Plane corner = Plane.wrap(new float[]{9, 1, 1, 1, 1, 1, 1, 1, 1}, 3, 3);
        assertThat(MogeBoundaries.f1(corner, corner, ALL, 1)).isZero();
    }

    @Test
    void aMapSmallerThanTheDiscHasNoScore() {
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> MogeBoundaries.f1(withRight(2), withRight(2), ALL, 2))
                .withMessageContaining("at least 5×5");
        assertThatIllegalArgumentException().isThrownBy(() -> MogeBoundaries.f1(withRight(2), withRight(2), ALL, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MogeBoundaries.f1(withRight(2), withRight(2), Mask.filled(1, 9, true), 1));
    }
}
