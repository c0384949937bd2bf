package fathom.evaluation.checks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MonotonyTest {
    @Test
    void rankCorrelationHasMeanRanksForTies() {
        Monotony found = Monotony.of(new float[]{1, 2, 2, 4, -5}, new float[]{3, 1, 4, 4, 2});
        assertThat(found.spearman())
                .isCloseTo(spearman(new double[]{2, 3.5, 3.5, 5, 1}, new double[]{3, 1, 4.5, 4.5, 2}), within(1e-12));
    }

    /** Returns Pearson's correlation of the ranks. */
    private static double spearman(double[] x, double[] y) {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - 3) * (x[i] - 3);
            yy += (y[i] - 3) * (y[i] - 3);
            xy += (x[i] - 3) * (y[i] - 3);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void monotoneFunctionIsExplainedByItsBinsAndAHillIsNot() {
        float[] truth = new float[640];
        float[] square = new float[640];
        float[] hill = new float[640];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i;
            square[i] = -(float) i * i;
            hill[i] = -Math.abs(i - 320f);
        }
        Monotony down = Monotony.of(truth, square);
        assertThat(down.spearman()).isCloseTo(-1, within(1e-12));
        assertThat(down.monotone()).isCloseTo(down.explained(), within(1e-12)).isGreaterThan(0.99);
        Monotony both = Monotony.of(truth, hill);
        assertThat(both.explained()).isGreaterThan(0.99);
        assertThat(both.monotone()).isLessThan(0.6);
        assertThat(both.spearman()).isCloseTo(0, within(0.01));
    }

    @Test
    void constantValuesHaveNoCorrelation() {
        assertThat(Monotony.of(new float[]{1, 2, 3}, new float[]{5, 5, 5}).spearman()).isNaN();
        assertThat(Monotony.of(new float[]{2, 2, 2}, new float[]{5, 6, 7}).spearman()).isNaN();
    }
}
