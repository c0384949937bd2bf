package fathom.formats;

import java.io.IOException;

/**
 * A file whose content cannot be used: it is damaged ({@link FormatException}) or valid but of a variety that is not read
 * ({@link UnsupportedFormatException}). Files that cannot be opened at all stay plain {@link IOException}s.
 */
public abstract sealed class UnreadableFileException extends IOException
        permits FormatException, UnsupportedFormatException {
    private static final long serialVersionUID = 1L;

    /** The path or name of the data. */
    private final String source;

    UnreadableFileException(String source, String message) {
        super(message);
        this.source = source;
    }

    /** The path or name of the data that could not be used. */
    public String source() {
        return source;
    }
}
