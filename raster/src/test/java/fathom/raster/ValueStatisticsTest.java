package fathom.raster;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ValueStatisticsTest {
    private static final float[] SIX = {3, -1, 10, 4.5f, 0.25f, 7};
    private static final float[] FIVE = {3, -1, 10, 4.5f, 0.25f};

    /** {@code numpy.percentile(a, [0, 2, 25, 50, 98, 100])} of NumPy 2.4.6 over float64. */
    @Test
    void quantilesAreNumPysLinearPercentiles() {
        ValueStatistics six = ValueStatistics.of(SIX);
        double[] q = {0, 0.02, 0.25, 0.5, 0.98, 1};
        double[] expected = {-1, -0.875, 0.9375, 3.75, 9.7, 10};
        for (int i = 0; i < q.length; i++) {
            assertThat(six.quantile(q[i])).as("quantile %s", q[i]).isCloseTo(expected[i], within(1e-14));
        }
        assertThat(ValueStatistics.of(new float[]{5}).quantile(0.3)).isEqualTo(5);
    }

    @Test
    void mediansDifferOnlyForAnEvenNumberOfValues() {
        ValueStatistics six = ValueStatistics.of(SIX);
        assertThat(six.median()).isEqualTo(3.75);
        assertThat(six.upperMedian()).isEqualTo(4.5f);
        assertThat(ValueStatistics.lowerMedian(sorted(SIX))).isEqualTo(3);
        ValueStatistics five = ValueStatistics.of(FIVE);
        assertThat(five.median()).isEqualTo(3);
        assertThat(five.upperMedian()).isEqualTo(3);
        assertThat(ValueStatistics.lowerMedian(sorted(FIVE))).isEqualTo(3);
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The mean of 2²⁴ and 2²⁴ + 2 is not a float32, so a sum in float32 would be wrong. */
    @Test
    void theMedianIsComputedInFloat64() {
        assertThat(ValueStatistics.of(new float[]{16777216, 16777218}).median()).isEqualTo(16777217.0);
        float huge = Float.MAX_VALUE;
        assertThat(ValueStatistics.of(new float[]{huge, huge}).median()).isEqualTo(huge);
        assertThat(ValueStatistics.of(new float[]{-huge, huge}).quantile(0.75)).isEqualTo(huge / 2.0);
    }

    @Test
    void onlyCountedAndFiniteValuesAreUsed() {
        Plane whole = Plane.wrap(new float[]{9, 1, Float.NaN, 9, 9, 2, 3, 9}, 2, 4);
        Plane view = whole.crop(0, 1, 2, 2);
        assertThat(ValueStatistics.ofFinite(view).toArray()).containsExactly(1, 2, 3);
        Mask mask = Mask.wrap(new boolean[]{true, true, false, true}, 2, 2);
        ValueStatistics some = ValueStatistics.ofFinite(view, mask);
        assertThat(some.toArray()).containsExactly(1, 3);
        assertThat(some.min()).isEqualTo(1);
        assertThat(some.max()).isEqualTo(3);
        assertThat(ValueStatistics.selected(view, mask)).containsExactly(1, Float.NaN, 3);
        assertThat(ValueStatistics.of(view, mask).max()).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> ValueStatistics.of(view, Mask.filled(2, 3, true)))
                .withMessageContaining("expected [2, 2], found [2, 3]");
    }

    @Test
    void statisticsOfNothingAreRejected() {
        ValueStatistics none = ValueStatistics.of(new float[0]);
        assertThat(none.count()).isZero();
        assertThatThrownBy(none::median).isInstanceOf(IllegalStateException.class).hasMessageContaining("at least one");
        assertThatThrownBy(() -> none.quantile(0.5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ValueStatistics.lowerMedian(new float[0])).isInstanceOf(IllegalStateException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> ValueStatistics.of(SIX).quantile(1.01));
        assertThatIllegalArgumentException().isThrownBy(() -> ValueStatistics.of(SIX).quantile(Double.NaN));
    }

    @Test
    void argumentIsNeitherSortedNorStored() {
        float[] own = SIX.clone();
        ValueStatistics statistics = ValueStatistics.of(own);
        assertThat(own).containsExactly(SIX);
        own[0] = 1000;
        statistics.toArray()[5] = 1000;
        assertThat(statistics.max()).isEqualTo(10);
    }
}
