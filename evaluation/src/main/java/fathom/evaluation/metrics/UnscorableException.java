package fathom.evaluation.metrics;

/**
 * A sample that a protocol has no numbers for: truth without a measurement, a prediction without a positive value. It is a
 * fact about the sample, to be recorded with its reason while the rest of a dataset is scored.
 */
public final class UnscorableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnscorableException(String reason) {
        super(reason);
    }

    /** Why there are no numbers, and what to do about it. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
