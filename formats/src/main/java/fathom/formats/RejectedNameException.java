package fathom.formats;

import java.nio.file.FileSystemException;

/**
 * A complete file could not get its name: the name is too long for the file system, has characters that it does not
 * accept, or is that of a folder. Other files can be written to the same folder.
 */
public final class RejectedNameException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param file the file
     * @param reason the reason of the file system
     */
    public RejectedNameException(String file, String reason) {
        super(file, null, reason);
    }
}
