package fathom.evaluation.alignment;

import java.util.Random;

import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.alignment.WeightedL1.PointFit;
import fathom.evaluation.metrics.UnscorableException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class WeightedL1Test {
    private static final double ROUNDING = 1e-6;

    private static float[] floats(float... numbers) {
        return numbers;
    }

    private static float[] random(Random random, int count, int levels) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1 + random.nextInt(levels) * (4f / levels);
        }
        return numbers;
    }

    private static double loss(float[] x, float[] y, float[] w, double scale, double shift) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += w[i] * Math.abs(scale * x[i] + shift - y[i]);
        }
        return sum;
    }

    /** Quotients 1, 2, 3 with weights 2, 1, 4: half of 7 is reached at 3. */
    @Test
    void scaleIsTheWeightedMedianOfTheQuotients() {
        assertThat(WeightedL1.scale(floats(1, 2, 4), floats(2, 2, 12), floats(1, 1, 1))).isEqualTo(new Fit(3, 0, 5));
    }

    @Test
    void valuesOfZeroCountInTheLossOnly() {
        assertThat(WeightedL1.scale(floats(0, -1), floats(4, 2), floats(2, 1))).isEqualTo(new Fit(-2, 0, 8));
        assertThat(WeightedL1.scale(floats(0, 0), floats(4, 2), floats(2, 1))).isEqualTo(new Fit(0, 0, 10));
    }

    @Test
    void truncationLimitsTheLossOfOutliers() {
        float[] ones = floats(1, 1, 1, 1, 1);
        float[] target = floats(1, 1, 5, 9, 10);
        assertThat(WeightedL1.scale(ones, target, ones).scale()).isEqualTo(5);
        assertThat(WeightedL1.truncatedScale(ones, target, ones, 0.5)).isEqualTo(new Fit(1, 0, 1.5));
    }

    @Test
    void lineIgnoresAnOutlier() {
        Fit fit = WeightedL1.scaleShift(floats(1, 2, 3, 4, 5), floats(3, 5, 90, 9, 11), floats(1, 1, 1, 1, 1));
        assertThat(fit.scale()).isCloseTo(2, within(ROUNDING));
        assertThat(fit.shift()).isCloseTo(1, within(ROUNDING));
        assertThat(fit.loss()).isCloseTo(83, within(ROUNDING));
    }

    @Test
    void equalValuesHaveScaleZeroAndTheWeightedMedian() {
        assertThat(WeightedL1.scaleShift(floats(2, 2, 2), floats(4, 5, 6), floats(1, 1, 5)))
                .isEqualTo(new Fit(0, 6, 3));
    }

    /** An optimal line passes through two of the points, or has slope 0 through one. */
    @Property(tries = 200)
    void noLineThroughTwoPointsIsBetter(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(12);
        int levels = random.nextBoolean() ? 4 : 1000;
        float[] x = random(random, count, levels);
        float[] y = random(random, count, levels);
        float[] w = random(random, count, 3);
        double best = Double.POSITIVE_INFINITY;
        double bestScale = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            if (x[i] != 0) {
                bestScale = Math.min(bestScale, loss(x, y, w, (double) y[i] / x[i], 0));
            }
            for (int j = 0; j < count; j++) {
                double scale = x[i] == x[j] ? 0 : ((double) y[i] - y[j]) / ((double) x[i] - x[j]);
                best = Math.min(best, loss(x, y, w, scale, y[i] - scale * x[i]));
            }
        }
        Fit line = WeightedL1.scaleShift(x, y, w);
        assertThat(line.loss()).isCloseTo(best, within(ROUNDING));
        assertThat(loss(x, y, w, line.scale(), line.shift())).isCloseTo(best, within(ROUNDING));
        assertThat(WeightedL1.scale(x, y, w).loss()).isCloseTo(bestScale, within(ROUNDING));
    }

    @Property(tries = 200)
    void noQuotientHasASmallerTruncatedLoss(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(12);
        float[] x = random(random, count, 50);
        float[] y = random(random, count, 50);
        float[] w = random(random, count, 3);
        double truncation = 0.1 + random.nextDouble();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int j = 0; j < count; j++) {
                sum += Math.min(truncation, w[j] * Math.abs((double) y[i] / x[i] * x[j] - y[j]));
            }
            best = Math.min(best, sum);
        }
        assertThat(WeightedL1.truncatedScale(x, y, w, truncation).loss()).isCloseTo(best, within(ROUNDING));
    }

    @Test
    void pointsAreScaledAndShifted() {
        float[] points = floats(0, 0, 1, 1, 0, 2, 0, 1, 3, 1, 1, 5);
        float[] ones = floats(1, 1, 1, 1);
        float[] moved = new float[points.length];
        float[] alongZ = new float[points.length];
        float[] scaled = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            scaled[i] = 2 * points[i];
            alongZ[i] = 2 * points[i] + (i % 3 == 2 ? 7 : 0);
            moved[i] = 2 * points[i] + i % 3;
        }
        assertThat(WeightedL1.pointScale(points, scaled, ones)).isEqualTo(new PointFit(2, 0, 0, 0, 0));
        assertThat(WeightedL1.pointScaleZShift(points, alongZ, ones)).isEqualTo(new PointFit(2, 0, 0, 7, 0));
        assertThat(WeightedL1.pointScaleShift(points, moved, ones)).isEqualTo(new PointFit(2, 0, 1, 2, 0));
        assertThat(WeightedL1.pointShift(scaled, moved, ones)).isEqualTo(new PointFit(1, 0, 1, 2, 0));
    }

    @Test
    void numbersThatAreNotFiniteHaveNoAlignment() throws UnscorableException {
        Fit fit = WeightedL1.scaleShift(floats(1, Float.NaN), floats(1, 2), floats(1, 1));
        assertThat(fit.scale()).isNaN();
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(fit::alignment);
        assertThat(new Fit(2, 1, 0).alignment()).isEqualTo(new Alignment(2, 1));
    }

    @Test
    void rejectsLengthsThatDiffer() {
        assertThatIllegalArgumentException().isThrownBy(() -> WeightedL1.scale(floats(1), floats(1, 2), floats(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> WeightedL1.scale(floats(), floats(), floats()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedL1.truncatedScale(floats(1), floats(1), floats(1), 0));
    }
}
