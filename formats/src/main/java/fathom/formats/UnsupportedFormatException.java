package fathom.formats;

/** Valid data of an unsupported variant. The message says which variant it is and what to convert it to. */
public final class UnsupportedFormatException extends UnreadableFileException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for data that is valid but not supported.
     *
     * @param source path or name of the data
     * @param problem what the data is, what is supported instead, and the fix
     */
    public UnsupportedFormatException(String source, String problem) {
        super(source, source + ": " + problem);
    }
}
