package fathom.evaluation.boundaries;

import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class DepthProBoundariesTest {
    private static final double ROUNDING = 1e-12;

    private static Plane row(float... depths) {
        return Plane.wrap(depths, 1, depths.length);
    }

    @Test
    void eachKindOfBoundaryIsAQuarterOfTheScore() {
        Plane step = row(1, 1, 2);
        assertThat(DepthProBoundaries.scores(step, step, 1.25))
                .isEqualTo(new DepthProBoundaries.Scores(0.25, 0.25, 0.25));
        Plane all = Plane.wrap(new float[]{1, 2, 1, 2, 4, 2, 1, 2, 1}, 3, 3);
        assertThat(DepthProBoundaries.f1(all, all)).isCloseTo(1, within(ROUNDING));
    }

    @Test
    void scaleDoesNotMatterButPlaceDoes() {
        Plane truth = row(1, 1, 2, 2);
        assertThat(DepthProBoundaries.f1(row(8, 8, 16, 16), truth)).isCloseTo(0.25, within(ROUNDING));
        assertThat(DepthProBoundaries.f1(row(1, 2, 2, 2), truth)).isZero();
        assertThat(DepthProBoundaries.f1(row(2, 2, 1, 1), truth)).isZero();
    }

    @Test
    void precisionAndRecallCountBoundariesOfTheirMap() {
        Plane truth = row(1, 2, 2, 2);
        Plane prediction = row(1, 2, 2, 4);
        DepthProBoundaries.Scores scores = DepthProBoundaries.scores(prediction, truth, 1.1);
        assertThat(scores.precision()).isEqualTo(0.125);
        assertThat(scores.recall()).isEqualTo(0.25);
        assertThat(scores.f1()).isCloseTo(2 * 0.125 * 0.25 / 0.375, within(ROUNDING));
    }

    @Test
    void aRatioAtTheThresholdIsNoBoundary() {
        Plane step = row(1, 2);
        assertThat(DepthProBoundaries.scores(step, step, 2).f1()).isZero();
        assertThat(DepthProBoundaries.scores(step, step, 1.999).f1()).isEqualTo(0.25);
    }

    @Test
    void missingPixelsMakeBoundariesUnlessTheyAreMasked() {
        Plane truth = row(0, 3, 3);
        Plane prediction = row(3, 3, 3);
        assertThat(DepthProBoundaries.scores(prediction, truth, 1.25).recall()).isZero();
        assertThat(DepthProBoundaries.scores(truth, truth, 1.25).recall()).isEqualTo(0.25);
        assertThat(DepthProBoundaries.f1(truth, truth, Mask.ofPositive(truth))).isZero();
        assertThat(DepthProBoundaries.f1(row(Float.NaN, 3, 3), row(Float.NaN, 3, 3))).isZero();
    }

    @Test
    void recallKeepsTheLargestRatioOfARun() {
        Plane prediction = row(1, 1.5f, 3, 3);
        Mask second = Mask.wrap(new boolean[]{true, true, false, false}, 1, 4);
        Mask first = Mask.wrap(new boolean[]{true, false, false, false}, 1, 4);
        assertThat(DepthProBoundaries.recall(prediction, second)).isCloseTo(0.25, within(ROUNDING));
        assertThat(DepthProBoundaries.recall(prediction, first)).isZero();
        assertThat(DepthProBoundaries.recall(Plane.wrap(new float[]{1, 1.5f, 3, 3}, 4, 1), row4x1(0.9f, 0.2f, 0.1f, 0)))
                .isCloseTo(0.25, within(ROUNDING));
    }

    @Test
    void rejectsMapsOfAnotherShape() {
        assertThatIllegalArgumentException().isThrownBy(() -> DepthProBoundaries.f1(row(1, 2), row(1, 2, 3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthProBoundaries.recall(row(1, 2), Mask.filled(2, 1, true)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthProBoundaries.f1(row(1, 2), row(1, 2), Mask.filled(2, 1, true)));
    }

    private static Plane row4x1(float... alpha) {
        return Plane.wrap(alpha, alpha.length, 1);
    }
}
