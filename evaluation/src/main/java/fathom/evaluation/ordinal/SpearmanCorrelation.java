package fathom.evaluation.ordinal;

import java.util.Arrays;

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks of two lists of values. Equal values have the mean of
 * their ranks. The result is 1 for any strictly increasing relation, −1 for any strictly decreasing one. A prediction of
 * depth with a result below 0 has near and far exchanged.
 *
 * <p>Equal to {@code scipy.stats.spearmanr} with finite or infinite values. Source: C. Spearman, <i>The Proof and
 * Measurement of Association between Two Things</i>, American Journal of Psychology 15, 1904.
 */
public final class SpearmanCorrelation {
    private SpearmanCorrelation() {}

    /**
     * {@return the correlation, −1 to 1; NaN if all values of one list are equal, if there are fewer than two values, or
     * if a value is NaN}
     *
     * @param a first values, n
     * @param b second values, n
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double of(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("b: expected as many values as a, " + a.length + "; found " + b.length);
        }
        if (hasNan(a) || hasNan(b)) {
            return Double.NaN;
        }
        double[] x = ranks(a);
        double[] y = ranks(b);
        double mean = (a.length + 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - mean;
            double dy = y[i] - mean;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        double correlation = xy / Math.sqrt(xx * yy);
        return Double.isNaN(correlation) ? Double.NaN : Math.clamp(correlation, -1.0, 1.0);
    }

    /** Returns the rank of each value, from 1; equal values share the mean of their ranks. */
    static double[] ranks(float[] values) {
        float[] sorted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            sorted[i] = values[i] + 0f; // -0 becomes 0
        }
        Arrays.sort(sorted);
        double[] rankAt = new double[sorted.length];
        for (int start = 0; start < sorted.length;) {
            int end = start + 1;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            Arrays.fill(rankAt, start, end, (start + 1 + end) / 2.0);
            start = end;
        }
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rankAt[Arrays.binarySearch(sorted, values[i] + 0f)];
        }
        return ranks;
    }

    private static boolean hasNan(float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }
}
