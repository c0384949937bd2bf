package fathom.datasets.values;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stored dataset cannot be read or written. It does not report mistakes of the caller, which are {@link
 * IllegalArgumentException}s. The message says what failed, where, and what to do. Changes that were committed before
 * stay committed.
 */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The cause, for callers that handle the causes differently. */
    public enum Problem {
        /** There is no dataset of that name. */
        UNKNOWN,
        /** A dataset of that name exists already. */
        EXISTS,
        /** A newer version of the program wrote the dataset. */
        NEWER,
        /** The files are not a dataset, or are damaged. */
        CORRUPT,
        /** Another process, or another part of this process, is writing the dataset. */
        IN_USE,
        /** The dataset cannot be written. */
        READ_ONLY,
        /** The disk is full. */
        DISK_FULL,
        /** A picture, depth map or prediction map is missing or cannot be read. */
        MEDIA,
        /** The file system failed in another way. */
        INPUT_OUTPUT
    }

    /** The cause. */
    private final Problem problem;

    /**
     * Creates an exception without a cause.
     *
     * @param problem the kind of problem
     * @param message what failed, where, and what to do
     */
    public DatasetException(Problem problem, String message) {
        this(problem, message, null);
    }

    /**
     * Creates an exception.
     *
     * @param problem the kind of problem
     * @param message what failed, where, and what to do
     * @param cause the exception that reported it, or null
     */
    public DatasetException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** {@return the kind of problem} */
    public Problem problem() {
        return problem;
    }
}
