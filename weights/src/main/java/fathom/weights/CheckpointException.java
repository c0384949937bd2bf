package fathom.weights;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Thrown when a checkpoint is invalid. The message starts with the file and says what was expected and found. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param file the file
     * @param message what was expected and found
     */
    public CheckpointException(Path file, String message) {
        super(file + ": " + message);
    }

    /**
     * Creates an exception.
     *
     * @param file the file
     * @param message what was expected and found
     * @param cause the cause, or null
     */
    public CheckpointException(Path file, String message, @Nullable Throwable cause) {
        super(file + ": " + message, cause);
    }
}
