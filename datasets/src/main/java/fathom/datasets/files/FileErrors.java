package fathom.datasets.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;

/** Messages for failures of the file system that state what to do. */
public final class FileErrors {
    private FileErrors() {}

    /**
     * Converts a failure of the file system.
     *
     * @param what what was attempted, on which dataset
     * @param cause the failure
     * @return the exception to throw: disk full, read-only, or another failure
     */
    public static DatasetException translate(String what, IOException cause) {
        String reason = cause instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : String.valueOf(cause.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("quota")) {
            return new DatasetException(Problem.DISK_FULL,
                    what + ": the disk is full; free some space and run again, what was saved is kept", cause);
        }
        if (cause instanceof AccessDeniedException || lower.contains("read-only")) {
            return new DatasetException(Problem.READ_ONLY,
                    what + ": " + cause.getMessage()
                            + " cannot be written; check the folder's permissions and whether the disk is read-only",
                    cause);
        }
        if (lower.contains("too many open files")) {
            return new DatasetException(Problem.INPUT_OUTPUT,
                    what + ": too many open files; raise the limit of open files and run again", cause);
        }
        return new DatasetException(Problem.INPUT_OUTPUT,
                what + ": " + cause + "; check that the folder exists and that the disk works", cause);
    }
}
