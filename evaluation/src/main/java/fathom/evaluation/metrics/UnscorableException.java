package fathom.evaluation.metrics;

/**
 * Thrown if a protocol has no numbers for a sample, for example because the truth has no measurement or the prediction
 * has no positive value. It states a fact about the sample: record it with its reason and continue with the other
 * samples.
 */
public final class UnscorableException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param reason why there are no numbers, and the fix if there is one
     */
    public UnscorableException(String reason) {
        super(reason);
    }

    /** {@return why there are no numbers, and the fix if there is one} */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
