package fathom.evaluation.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Percentile bootstrap of the mean and the median over samples [1].
 *
 * <p>Each resample draws n samples with replacement. The ends of an interval are order statistics of the resampled
 * values, ranks ⌊B·α/2⌋ and ⌈B·(1 − α/2)⌉ − 1 from 0, with B resamples and α = 1 − level; there is no interpolation, so
 * infinite values are no special case: an interval has an infinite end if that share of the resamples has an infinite
 * value. The generator is {@value #GENERATOR} of the JDK with the stated seed, started anew for each summary, so that
 * equal values have equal intervals on every machine.
 *
 * <p>Above {@value #MAX_RESAMPLED} samples the resampling is replaced by its limit: the mean by the normal distribution
 * with the standard error, the median by the order statistics n/2 ± z·√n/2 [2]. An infinite mean then has an
 * interval of this value alone.
 *
 * <p>[1] Efron, Tibshirani: An Introduction to the Bootstrap, 1993, chapter 13. [2] Conover: Practical Nonparametric
 * Statistics, 3rd edition, section 3.2.
 *
 * @param resamples number of resamples, at least 100
 * @param level the confidence, between 0 and 1, exclusive
 * @param seed the seed of the generator
 */
public record Bootstrap(int resamples, double level, long seed) {
    /** 10,000 resamples, 95 %, seed 7. */
    public static final Bootstrap DEFAULT = new Bootstrap(10_000, 0.95, 7);
    /** The largest number of samples that are resampled. */
    public static final int MAX_RESAMPLED = 10_000;

    private static final String GENERATOR = "L64X128MixRandom";
    private static final int MIN_RESAMPLES = 100;

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if an option is out of range
     */
    public Bootstrap {
        if (resamples < MIN_RESAMPLES) {
            throw new IllegalArgumentException(
                    "resamples: expected at least " + MIN_RESAMPLES + ", found " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level: expected a number between 0 and 1, found " + level);
        }
    }

    /**
     * Summarizes one number per sample.
     *
     * @param values the numbers, at least one, none of them NaN; may be infinite
     * @return mean and median with intervals; without intervals if there is only one sample, or if infinite values of
     *         both signs leave them undefined
     * @throws IllegalArgumentException if there is no value, or one is NaN
     */
    public Summary of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values: expected at least one, found none");
        }
        double sum = 0;
        for (double value : values) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("values: expected numbers, found NaN");
            }
            sum += value;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = sum / sorted.length;
        double median = middle(sorted[(sorted.length - 1) / 2], sorted[sorted.length / 2]);
        if (sorted.length == 1) {
            return new Summary(1, mean, median, Optional.empty(), Optional.empty());
        }
        return sorted.length > MAX_RESAMPLED
                ? new Summary(sorted.length, mean, median, normal(sorted, mean), orderStatistics(sorted))
                : resampled(sorted, mean, median);
    }

    private Summary resampled(double[] sorted, double mean, double median) {
        int n = sorted.length;
        RandomGenerator random = RandomGeneratorFactory.of(GENERATOR).create(seed);
        double[] means = new double[resamples];
        double[] medians = new double[resamples];
        int[] drawn = new int[n];
        for (int i = 0; i < resamples; i++) {
            Arrays.fill(drawn, 0);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                // The upper bits times n; the bias is below n / 2³².
                int at = (int) (((random.nextLong() >>> 32) * n) >>> 32);
                drawn[at]++;
                sum += sorted[at];
            }
            means[i] = sum / n;
            medians[i] = median(sorted, drawn);
        }
        return new Summary(n, mean, median, percentiles(means), percentiles(medians));
    }

    /** Returns the median of a resample that has {@code drawn[i]} times the i-th smallest value. */
    private static double median(double[] sorted, int[] drawn) {
        int n = sorted.length;
        int below = 0;
        int at = -1;
        while (below <= (n - 1) / 2) {
            below += drawn[++at];
        }
        double lower = sorted[at];
        while (below <= n / 2) {
            below += drawn[++at];
        }
        return middle(lower, sorted[at]);
    }

    private static double middle(double lower, double upper) {
        return lower == upper ? lower : (lower + upper) / 2;
    }

    private Optional<Interval> percentiles(double[] resampled) {
        Arrays.sort(resampled);
        // NaN is sorted to the end: both infinities were in one resample.
        if (Double.isNaN(resampled[resampled.length - 1])) {
            return Optional.empty();
        }
        double tail = (1 - level) / 2;
        int low = (int) Math.floor(resamples * tail + ROUNDING);
        int high = (int) Math.ceil(resamples * (1 - tail) - ROUNDING) - 1;
        return Optional.of(new Interval(resampled[low], resampled[high]));
    }

    /** The rounding error of a product such as 10,000 · 0.025, which must not move a rank. */
    private static final double ROUNDING = 1e-6;

    private Optional<Interval> normal(double[] values, double mean) {
        if (Double.isNaN(mean)) {
            return Optional.empty();
        }
        if (Double.isInfinite(mean)) {
            return Optional.of(new Interval(mean, mean));
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = z() * Math.sqrt(squares / values.length / values.length);
        return Optional.of(new Interval(mean - error, mean + error));
    }

    private Optional<Interval> orderStatistics(double[] sorted) {
        double half = z() * Math.sqrt(sorted.length) / 2;
        int low = (int) Math.floor(sorted.length / 2.0 - half);
        int high = (int) Math.ceil(sorted.length / 2.0 + half);
        return Optional.of(new Interval(sorted[Math.max(low, 0)], sorted[Math.min(high, sorted.length - 1)]));
    }

    private double z() {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + level) / 2);
    }
}
