package fathom.evaluation.statistics;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * A comparison of two models over the samples that both have, one number per sample and model.
 *
 * <p>Wilcoxon's signed-rank test drops equal pairs, as {@code scipy.stats.wilcoxon} does by default. It is exact for at
 * most {@value #MAX_EXACT} pairs without ties of their absolute differences, otherwise the normal approximation with the
 * corrections for ties and continuity. The sign test is the exact two-sided binomial test of the wins among the pairs
 * that differ. Both p-values are 1 if all pairs are equal.
 *
 * <p>Infinite values: two equal infinities are an equal pair. A pair with one infinite value, or with infinities of
 * opposite signs, has an infinite difference: it gets the highest rank, and the mean difference is infinite.
 *
 * @param samples number of pairs
 * @param wins number of pairs in which the first model is better
 * @param losses number of pairs in which the second model is better
 * @param difference mean of first minus second, in the unit of the metric; NaN if infinite differences have both signs
 * @param interval the interval of the mean difference; empty if there are fewer than two pairs or it is undefined
 * @param effect matched-pairs rank-biserial correlation, −1 to 1: the share of the rank sum in favour of the first model
 *            minus that in favour of the second; 0 if all pairs are equal
 * @param wilcoxon the two-sided p-value of Wilcoxon's signed-rank test
 * @param sign the two-sided p-value of the sign test
 * @see <a href="https://doi.org/10.2466/11.IT.3.1">Kerby, The simple difference formula, 2014, for the effect size</a>
 */
public record PairedComparison(int samples, int wins, int losses, double difference, Optional<Interval> interval,
        double effect, double wilcoxon, double sign) {
    private static final int MAX_EXACT = 50;
    private static final double HALF = 0.5;

    /**
     * Compares two models.
     *
     * @param first the numbers of the first model, one per sample, not NaN
     * @param second the numbers of the second model, in the same order
     * @param lowerIsBetter whether smaller numbers are better
     * @param bootstrap how the interval is computed
     * @return the comparison
     * @throws IllegalArgumentException if there is no pair, the lengths differ, or a number is NaN
     */
    public static PairedComparison of(double[] first, double[] second, boolean lowerIsBetter, Bootstrap bootstrap) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException(
                    "pairs: expected two numbers for each of at least one sample, found " + first.length + " and "
                            + second.length);
        }
        double[] differences = differences(first, second);
        int wins = 0;
        int losses = 0;
        for (double difference : differences) {
            wins += (lowerIsBetter ? difference < 0 : difference > 0) ? 1 : 0;
            losses += (lowerIsBetter ? difference > 0 : difference < 0) ? 1 : 0;
        }
        Summary summary = bootstrap.of(differences);
        double[] ranked = rankable(differences, lowerIsBetter);
        double effect = 0;
        double wilcoxon = 1;
        if (ranked.length > 0) {
            WilcoxonSignedRankTest test = WilcoxonSignedRankTest.withDefaults().with(ContinuityCorrection.ENABLED)
                    .with(PValueMethod.ASYMPTOTIC);
            WilcoxonSignedRankTest.Result result = test.test(ranked);
            if (ranked.length <= MAX_EXACT && !result.hasTiedValues()) {
                result = test.with(PValueMethod.EXACT).test(ranked);
            }
            double ranks = HALF * ranked.length * (ranked.length + 1.0);
            effect = 2 * result.getStatistic() / ranks - 1;
            wilcoxon = Math.min(1, result.getPValue());
        }
        return new PairedComparison(differences.length, wins, losses, summary.mean(), summary.meanInterval(), effect,
                wilcoxon, signTest(wins, losses));
    }

    /** Returns twice the probability of at least as many heads of a fair coin, at most 1. */
    private static double signTest(int wins, int losses) {
        BinomialDistribution coin = BinomialDistribution.of(wins + losses, HALF);
        return Math.min(1, 2 * coin.survivalProbability(Math.max(wins, losses) - 1));
    }

    /** {@return number of pairs that are equal} */
    public int ties() {
        return samples - wins - losses;
    }

    /** {@return share of pairs in which the first model is better; an equal pair counts half} */
    public double winRate() {
        return (wins + HALF * ties()) / samples;
    }

    private static double[] differences(double[] first, double[] second) {
        DoubleBinaryOperator minus = (a, b) -> a == b ? 0 : a - b;
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = minus.applyAsDouble(first[i], second[i]);
        }
        return differences;
    }

    /**
     * Returns the differences that are not 0, positive if the first model is better. An infinite one is replaced by a number
     * above all finite ones, which has the same rank.
     */
    private static double[] rankable(double[] differences, boolean lowerIsBetter) {
        double largest = 0;
        int count = 0;
        for (double difference : differences) {
            largest = Double.isInfinite(difference) ? largest : Math.max(largest, Math.abs(difference));
            count += difference == 0 ? 0 : 1;
        }
        double above = Math.max(Math.nextUp(2 * largest), Double.MIN_NORMAL);
        double[] ranked = new double[count];
        int at = 0;
        for (double difference : differences) {
            if (difference != 0) {
                double size = Math.min(Math.abs(difference), above);
                ranked[at++] = (difference < 0) == lowerIsBetter ? size : -size;
            }
        }
        return ranked;
    }
}
