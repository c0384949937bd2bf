package fathom.models.preprocessing;

/**
 * A picture that a model cannot take, because of its size: too large, too small, or not of the size that was asked for. It
 * is a fact about the picture, to be recorded with its reason while other pictures are run.
 */
public final class UnfitPictureException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception whose message says what was expected, what was found and what to do. */
    public UnfitPictureException(String message) {
        super(message);
    }
}
