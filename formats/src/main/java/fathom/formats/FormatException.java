package fathom.formats;

/**
 * Damaged or contradictory data. The message names the file, the byte position, what was expected and what was found.
 */
public final class FormatException extends UnreadableFileException {
    private static final long serialVersionUID = 1L;

    /** The offset of a problem that has no position. */
    public static final long NO_OFFSET = -1;

    /** Position in bytes, or {@link #NO_OFFSET}. */
    private final long offset;

    /**
     * Creates an exception for damage found in a file.
     *
     * @param source path or name of the data
     * @param offset position in bytes where the problem was found, or {@link #NO_OFFSET}
     * @param problem what was expected, what was found, and the fix
     */
    public FormatException(String source, long offset, String problem) {
        super(source, source + (offset == NO_OFFSET ? ": " : ", byte " + offset + ": ") + problem);
        this.offset = offset;
    }

    /**
     * Creates an exception with a cause.
     *
     * @param source path or name of the data
     * @param offset position in bytes where the problem was found, or {@link #NO_OFFSET}
     * @param problem what was expected, what was found, and the fix
     * @param cause the exception of the decoder
     */
    public FormatException(String source, long offset, String problem, Throwable cause) {
        this(source, offset, problem);
        initCause(cause);
    }

    /** {@return the position in bytes where the problem was found, or {@link #NO_OFFSET}} */
    public long offset() {
        return offset;
    }
}
