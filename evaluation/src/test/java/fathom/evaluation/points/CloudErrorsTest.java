package fathom.evaluation.points;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CloudErrorsTest {
    /** Distances from prediction 0, 3, 1; from truth 0, 1. */
    private static final NearestDistances DISTANCES = NearestDistances.between(new float[]{0, 0, 0, 0, 3, 0, 5, 0, 1},
            new float[]{0, 0, 0, 5, 0, 0});
    private static final NearestDistances EMPTY = NearestDistances.between(new float[0], new float[]{1, 2, 3});

    @Test
    void distancesGoFromEachCloudToTheOther() {
        assertThat(DISTANCES.fromPrediction()).containsExactly(0, 3, 1);
        assertThat(DISTANCES.fromTruth()).containsExactly(0, 1);
    }

    @Test
    void aPointThatIsNotFiniteIsInfinitelyFarAndNearestToNone() {
        NearestDistances distances = NearestDistances.between(new float[]{0, 0, Float.NaN, 0, 0, 2},
                new float[]{0, 0, 0});
        assertThat(distances.fromPrediction()).containsExactly(Double.POSITIVE_INFINITY, 2);
        assertThat(distances.fromTruth()).containsExactly(2);
        assertThat(Chamfer.sum(distances)).isInfinite();
        NearestDistances none = NearestDistances.between(new float[]{Float.NaN, 0, 0}, new float[]{0, 0, 0});
        assertThat(none.fromTruth()).containsExactly(Double.POSITIVE_INFINITY);
    }

    @Test
    void chamferDistancesAddTheMeansOfBothDirections() {
        assertThat(Chamfer.sum(DISTANCES)).isCloseTo(4 / 3.0 + 0.5, within(1e-15));
        assertThat(Chamfer.half(DISTANCES)).isCloseTo((4 / 3.0 + 0.5) / 2, within(1e-15));
        assertThat(Chamfer.withoutOutliers(DISTANCES, 3)).isEqualTo(1);
        assertThat(Chamfer.withoutOutliers(NearestDistances.between(new float[]{9, 0, 0}, new float[3]), 1)).isNaN();
        assertThat(Chamfer.sum(EMPTY)).isNaN();
    }

    @Test
    void scoresCountDistancesStrictlyBelowTheThreshold() {
        FScore score = FScore.at(DISTANCES, 1);
        assertThat(score).isEqualTo(new FScore(1 / 3.0, 0.5));
        assertThat(score.f1()).isCloseTo(0.4, within(1e-15));
        assertThat(score.intersectionOverUnion()).isCloseTo(0.25, within(1e-15));
        assertThat(FScore.at(DISTANCES, 3.5)).isEqualTo(new FScore(1, 1));
    }

    @Test
    void withoutMatchesTheScoreIsZeroAndWithoutPointsItIsNan() {
        assertThat(new FScore(0, 0).f1()).isZero();
        assertThat(new FScore(0, 0).intersectionOverUnion()).isZero();
        assertThat(FScore.at(EMPTY, 1).f1()).isNaN();
        assertThatThrownBy(() -> FScore.at(DISTANCES, 0)).hasMessageContaining("threshold");
    }

    /** F1 at the squared distances 0.5, 2 and 10: 0.4, 0.8 and 1; trapezoids 0.6 and 0.9. */
    @Test
    void theCurveComparesThresholdsWithSquaredDistances() {
        assertThat(F1Curve.area(DISTANCES, new float[]{0.5f, 2, 10})).isCloseTo(1.5 / 3, within(1e-15));
        assertThat(F1Curve.area(EMPTY, new float[]{1, 2})).isNaN();
    }

    @Test
    void thresholdsHaveEqualStepsOfTheirLogarithm() {
        float[] thresholds = F1Curve.thresholds(0.001, 10, 5);
        assertThat(thresholds).usingComparatorWithPrecision(1e-5f).containsExactly(0.001f, 0.01f, 0.1f, 1, 10);
        assertThatThrownBy(() -> F1Curve.thresholds(0, 1, 100)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> F1Curve.thresholds(1, 2, 1)).hasMessageContaining("at least 2");
    }
}
