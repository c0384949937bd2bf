package fathom.datasets.values;

import org.jspecify.annotations.Nullable;

/**
 * Something about a stored dataset that stops the work, which is not the caller's mistake: the message says what, where
 * and what to do. What was saved before stays saved.
 */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for callers that answer differently to each. */
    public enum Problem {
        /** There is no dataset of that name. */
        UNKNOWN,
        /** There is a dataset of that name already. */
        EXISTS,
        /** A newer program made it. */
        NEWER,
        /** Its files are not, or no longer, a dataset. */
        CORRUPT,
        /** Another process or another part of this one is writing it. */
        IN_USE,
        /** It cannot be written to. */
        READ_ONLY,
        /** The disk is full. */
        DISK_FULL,
        /** A picture, depth map or prediction that it refers to is not there or not readable. */
        MEDIA,
        /** The file system failed in another way. */
        INPUT_OUTPUT
    }

    private final Problem problem;

    public DatasetException(Problem problem, String message) {
        this(problem, message, null);
    }

    public DatasetException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** Which kind of problem it is. */
    public Problem problem() {
        return problem;
    }
}
