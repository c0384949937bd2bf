package fathom.formats;

import java.io.IOException;

/**
 * A file whose content cannot be used: it is damaged ({@link FormatException}), valid but of an unsupported variant
 * ({@link UnsupportedFormatException}), or larger than the memory ({@link TooLargeException}). A file that cannot be opened causes a plain {@link IOException}.
 */
public abstract sealed class UnreadableFileException extends IOException
        permits AmbiguousArrayException, FormatException, TooLargeException, UnsupportedFormatException {
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
