package fathom.weights;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Thrown when a checkpoint is invalid. The message starts with the file and says what was expected and found. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean explained;

    /**
     * Creates an exception.
     *
     * @param file the file
     * @param message what was expected and found
     */
    public CheckpointException(Path file, String message) {
        this(file, message, null, false);
    }

    /**
     * Creates an exception.
     *
     * @param file the file
     * @param message what was expected and found
     * @param cause the cause, or null
     */
    public CheckpointException(Path file, String message, @Nullable Throwable cause) {
        this(file, message, cause, false);
    }

    private CheckpointException(Path file, String message, @Nullable Throwable cause, boolean explained) {
        super(file + ": " + message, cause);
        this.explained = explained;
    }

    /**
     * Creates an exception whose message says what to do, or that a model is not supported.
     *
     * @param file the file
     * @param message what was expected and found, and what to do
     * @return the exception
     */
    public static CheckpointException explained(Path file, String message) {
        return new CheckpointException(file, message, null, true);
    }

    /** {@return whether the message says what to do, so that no general advice should follow} */
    public boolean isExplained() {
        return explained;
    }
}
