package fathom.models.preprocessing;

/**
 * Thrown when a model cannot process a picture because of its size: too large, too small, or not the required size.
 * This is a property of the picture: it is recorded with its reason, and other pictures are processed.
 */
public final class UnfitPictureException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what was expected, what was found and what to do
     */
    public UnfitPictureException(String message) {
        super(message);
    }
}
