package fathom.formats;

/** Damaged or contradictory data: names the file, the byte where it was noticed, what was expected and what was found. */
public final class FormatException extends UnreadableFileException {
    private static final long serialVersionUID = 1L;

    /** The offset of a problem that lies nowhere in particular. */
    public static final long NO_OFFSET = -1;

    private final long offset;

    /**
     * Describes damage found in a file.
     *
     * @param source path or name of the data
     * @param offset position in bytes where the problem was noticed, or {@link #NO_OFFSET}
     * @param problem what was expected, what was found, and what to do
     */
    public FormatException(String source, long offset, String problem) {
        super(source, source + (offset == NO_OFFSET ? ": " : ", byte " + offset + ": ") + problem);
        this.offset = offset;
    }

    /** As the constructor without a cause; {@code cause} is what a decoder below said. */
    public FormatException(String source, long offset, String problem, Throwable cause) {
        this(source, offset, problem);
        initCause(cause);
    }

    /** Position in bytes where the problem was noticed, or {@link #NO_OFFSET}. */
    public long offset() {
        return offset;
    }
}
