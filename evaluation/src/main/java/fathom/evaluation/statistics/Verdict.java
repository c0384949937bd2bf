package fathom.evaluation.statistics;

/** Whether two models can be distinguished by one metric. */
public enum Verdict {
    /** The first model is better. */
    FIRST("first"),
    /** The second model is better. */
    SECOND("second"),
    /** The difference may be due to the choice of the samples. */
    INDISTINGUISHABLE("indistinguishable"),
    /** Even if one model were better in every pair, the test could not show it. */
    TOO_FEW("too few samples");

    /** Fewest pairs of which the exact signed-rank test can have p below 5 %: 2 · 0.5⁶ = 0.031. */
    private static final int FEWEST = 6;

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** {@return the word of JSON and CSV} */
    public String label() {
        return label;
    }

    /**
     * Judges a comparison. A model is better only if two conditions agree: the corrected p-value of the signed-rank test is
     * below {@code significance}, and the interval of the mean difference excludes 0 on the same side.
     *
     * @param comparison the comparison
     * @param corrected its p-value, corrected for the number of comparisons
     * @param significance the level, for example 0.05
     * @param lowerIsBetter whether smaller numbers are better
     * @return the verdict
     */
    public static Verdict of(PairedComparison comparison, double corrected, double significance,
            boolean lowerIsBetter) {
        if (comparison.samples() < FEWEST) {
            return TOO_FEW;
        }
        if (corrected >= significance || comparison.interval().isEmpty()) {
            return INDISTINGUISHABLE;
        }
        Interval interval = comparison.interval().get();
        boolean below = interval.high() < 0;
        boolean above = interval.low() > 0;
        if (comparison.effect() > 0 && (lowerIsBetter ? below : above)) {
            return FIRST;
        }
        return comparison.effect() < 0 && (lowerIsBetter ? above : below) ? SECOND : INDISTINGUISHABLE;
    }
}
