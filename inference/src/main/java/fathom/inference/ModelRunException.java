package fathom.inference;

/**
 * Thrown when the engine cannot run a model on one input, for example because there is not enough memory for a large
 * picture, or when the result has no numbers. Other inputs may succeed.
 */
public final class ModelRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception with the message of its cause.
     *
     * @param cause the exception of the engine
     */
    public ModelRunException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * Creates an exception without a cause.
     *
     * @param message what was expected and found
     */
    public ModelRunException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     *
     * @param message which model fails on which input, and why
     * @param cause the exception of the engine
     */
    public ModelRunException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
