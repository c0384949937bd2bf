package fathom.formats;

/** Valid data of a variety that is not read here: says which, and what to convert it to. */
public final class UnsupportedFormatException extends UnreadableFileException {
    private static final long serialVersionUID = 1L;

    /**
     * Describes data that is valid but not read.
     *
     * @param source path or name of the data
     * @param problem what the data is, what is read instead, and what to do
     */
    public UnsupportedFormatException(String source, String problem) {
        super(source, source + ": " + problem);
    }
}
