package fathom.evaluation.reports;

import java.util.Locale;

import fathom.evaluation.statistics.PairedComparison;
import fathom.evaluation.statistics.Verdict;

/**
 * Two predictions compared by one metric, over the samples that both have.
 *
 * @param first name of the first prediction
 * @param second name of the second prediction
 * @param column the metric
 * @param paired the tests
 * @param wilcoxon p-value of the signed-rank test, corrected for all comparisons of the report by Holm's method
 * @param sign p-value of the sign test, corrected in the same way
 * @param verdict whether they can be distinguished
 */
public record Comparison(String first, String second, Column column, PairedComparison paired, double wilcoxon,
        double sign, Verdict verdict) {
    private static final double SMALL = 0.001;

    /** {@return the verdict in words} */
    public String text() {
        return switch (verdict) {
            case FIRST -> first + " is better";
            case SECOND -> second + " is better";
            case INDISTINGUISHABLE -> "cannot be distinguished";
            case TOO_FEW ->
                "cannot be distinguished: only " + paired.samples() + (paired.samples() == 1 ? " sample" : " samples");
        };
    }

    /**
     * {@return a p-value for readers}
     *
     * @param value the p-value
     */
    public static String probability(double value) {
        return value < SMALL ? "<0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * {@return a share for readers, in percent}
     *
     * @param share 0 to 1
     */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
