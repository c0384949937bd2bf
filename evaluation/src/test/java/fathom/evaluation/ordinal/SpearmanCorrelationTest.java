package fathom.evaluation.ordinal;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class SpearmanCorrelationTest {
    private static float[] floats(List<Integer> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    /** Values of SciPy 1.10.1, {@code spearmanr} and {@code rankdata}. */
    @Test
    void correlationsAndRanksAreThoseOfScipy() {
        float[] a = OrderAgreementTest.A;
        float[] b = OrderAgreementTest.B;
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + 0.1f * b[i];
        }
        assertThat(SpearmanCorrelation.of(a, b)).isCloseTo(0.005490340917076028, within(1e-14));
        assertThat(SpearmanCorrelation.of(a, sum)).isCloseTo(0.9968761959461001, within(1e-14));
        assertThat(SpearmanCorrelation.ranks(new float[]{3, 1, 3, 2, 3})).containsExactly(4, 1, 4, 2, 4);
    }

    @Property(tries = 200)
    void increasingMapsChangeNothingAndDecreasingOnesTheSign(
            @ForAll @Size(min = 2, max = 60) List<@IntRange(min = -20, max = 20) Integer> first,
            @ForAll @IntRange(min = 1, max = 7) int step) {
        float[] a = floats(first);
        float[] b = new float[a.length];
        float[] cubes = new float[a.length];
        float[] falling = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            b[i] = a[i * step % a.length] + i % 3;
            cubes[i] = a[i] * a[i] * a[i] + 5;
            falling[i] = (float) Math.exp(-a[i] / 10);
        }
        double correlation = SpearmanCorrelation.of(a, b);
        if (Double.isNaN(correlation)) {
            assertThat(SpearmanCorrelation.of(cubes, b)).isNaN();
            return;
        }
        assertThat(correlation).isBetween(-1.0, 1.0);
        assertThat(SpearmanCorrelation.of(cubes, b)).isEqualTo(correlation);
        assertThat(SpearmanCorrelation.of(falling, b)).isCloseTo(-correlation, within(1e-12));
        assertThat(SpearmanCorrelation.of(b, a)).isCloseTo(correlation, within(1e-12));
        assertThat(SpearmanCorrelation.of(a, cubes)).isEqualTo(1);
    }

    @Test
    void valuesWithoutAnOrderHaveNoCorrelation() {
        float[] rising = {1, 2, 3};
        assertThat(SpearmanCorrelation.of(rising, new float[]{4, 4, 4})).isNaN();
        assertThat(SpearmanCorrelation.of(rising, new float[]{1, Float.NaN, 2})).isNaN();
        assertThat(SpearmanCorrelation.of(new float[1], new float[1])).isNaN();
        assertThat(SpearmanCorrelation.of(new float[0], new float[0])).isNaN();
        assertThat(SpearmanCorrelation.of(rising, new float[]{-1, 0, Float.POSITIVE_INFINITY})).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> SpearmanCorrelation.of(rising, new float[2]));
    }
}
