package fathom.inference;

/**
 * The engine could not run a model on one input, for example because memory ran out for a large picture. Other inputs may
 * succeed.
 */
public final class ModelRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with what the engine said as its cause. */
    public ModelRunException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
