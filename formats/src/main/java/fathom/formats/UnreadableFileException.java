package fathom.formats;

import java.io.IOException;

/**
 * A file whose content cannot be used: it is damaged ({@link FormatException}), or valid but of an unsupported variant
 * ({@link UnsupportedFormatException}). A file that cannot be opened causes a plain {@link IOException}.
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

    /** {@return the path or name of the data that cannot be used} */
    public String source() {
        return source;
    }
}
