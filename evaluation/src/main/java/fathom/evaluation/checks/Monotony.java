package fathom.evaluation.checks;

import java.util.Arrays;

/**
 * How a prediction depends on the truth over some pixels.
 *
 * @param spearman Spearman's rank correlation with mean ranks for ties; NaN if one of the two is constant
 * @param explained the share of the variance of the ranks of the prediction that the truth explains, by any function: the
 *            correlation ratio over {@value #BINS} bins of equal counts, 0 to 1. Ranks, because a few far values would
 *            otherwise be most of the variance
 * @param monotone the share that the best increasing or decreasing function of the bins explains, at most {@code explained}
 */
record Monotony(double spearman, double explained, double monotone) {
    private static final int BINS = 32;

    /** Computes the numbers from as many values of both. */
    static Monotony of(float[] truth, float[] prediction) {
        int n = truth.length;
        int[] order = order(truth);
        double[] truthRanks = ranks(truth, order);
        double[] ranks = ranks(prediction, order(prediction));
        double spearman = correlation(truthRanks, ranks);
        int bins = Math.min(BINS, n);
        double[] means = new double[bins];
        double[] weights = new double[bins];
        for (int i = 0; i < n; i++) {
            // Equal truths have equal ranks and therefore one bin.
            int bin = (int) Math.min(bins - 1, truthRanks[i] * bins / n);
            means[bin] += ranks[i];
            weights[bin]++;
        }
        int used = 0;
        for (int bin = 0; bin < bins; bin++) {
            if (weights[bin] > 0) {
                means[used] = means[bin] / weights[bin];
                weights[used++] = weights[bin];
            }
        }
        means = Arrays.copyOf(means, used);
        weights = Arrays.copyOf(weights, used);
        double mean = (n - 1) / 2.0;
        double total = 0;
        for (double rank : ranks) {
            total += (rank - mean) * (rank - mean);
        }
        if (!(total > 0)) {
            return new Monotony(Double.NaN, 0, 0);
        }
        double increasing = between(pooled(means, weights), weights, mean);
        for (int i = 0; i < used; i++) {
            means[i] = -means[i];
        }
        double decreasing = between(pooled(means, weights), weights, -mean);
        return new Monotony(spearman, between(means, weights, -mean) / total, Math.max(increasing, decreasing) / total);
    }

    private static double between(double[] means, double[] weights, double mean) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += weights[i] * (means[i] - mean) * (means[i] - mean);
        }
        return sum;
    }

    /**
     * Returns the increasing sequence with the smallest squared error: pool adjacent violators (Barlow et al., <i>Statistical
     * Inference under Order Restrictions</i>, 1972).
     */
    private static double[] pooled(double[] means, double[] weights) {
        double[] level = new double[means.length];
        double[] weight = new double[means.length];
        int[] length = new int[means.length];
        int blocks = 0;
        for (int i = 0; i < means.length; i++) {
            level[blocks] = means[i];
            weight[blocks] = weights[i];
            length[blocks++] = 1;
            while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
                double both = weight[blocks - 2] + weight[blocks - 1];
                level[blocks - 2] = (level[blocks - 2] * weight[blocks - 2] + level[blocks - 1] * weight[blocks - 1])
                        / both;
                weight[blocks - 2] = both;
                length[blocks - 2] += length[blocks - 1];
                blocks--;
            }
        }
        double[] fitted = new double[means.length];
        for (int block = 0, at = 0; block < blocks; block++) {
            Arrays.fill(fitted, at, at + length[block], level[block]);
            at += length[block];
        }
        return fitted;
    }

    /** Returns the indices in the order of the values, sorted as integers that contain both. */
    private static int[] order(float[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            int bits = Float.floatToIntBits(values[i] + 0f);
            // Negative floats in ascending order of their bits.
            keys[i] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }

    /** Returns the rank of each value, from 0; equal values have the mean of their ranks. */
    private static double[] ranks(float[] values, int[] order) {
        double[] ranks = new double[values.length];
        for (int start = 0; start < order.length;) {
            int end = start + 1;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }

    private static double correlation(double[] x, double[] y) {
        double mean = (x.length - 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
            xy += (x[i] - mean) * (y[i] - mean);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
    }
}
