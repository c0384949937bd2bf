package fathom.workbench.alignment;

import java.io.IOException;

/** Thrown if a folder of known depths has no file, or several files, for a picture. Other pictures are not affected. */
public final class MissingKnownDepthException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the folder, the expected and the found files
     */
    public MissingKnownDepthException(String message) {
        super(message);
    }
}
