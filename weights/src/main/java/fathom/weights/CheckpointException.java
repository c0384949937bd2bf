package fathom.weights;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** A checkpoint is not what it should be; the message starts with the file and says what was expected and found. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with {@code file}. */
    public CheckpointException(Path file, String message) {
        super(file + ": " + message);
    }

    /** What is wrong with {@code file}, and why, if that is known. */
    public CheckpointException(Path file, String message, @Nullable Throwable cause) {
        super(file + ": " + message, cause);
    }
}
