package fathom.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

import fathom.datasets.values.DatasetException;
import fathom.formats.UnreadableFileException;
import fathom.hub.HubException;
import fathom.inference.replicate.RemoteException;
import fathom.models.catalogue.UnknownModelException;
import fathom.raster.advice.HasRemedy;
import fathom.weights.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * The message and the exit code of a failure. This is the only place that maps failures to exit codes.
 *
 * @param exit the exit code
 * @param text what failed, where, what was expected and found, and how to fix it
 */
public record Explanation(ExitCode exit, String text) {
    /**
     * Explains a failure.
     *
     * @param failure what a command threw
     * @return its exit code, and its message followed by its remedy, if it has one
     */
    public static Explanation of(Throwable failure) {
        Explanation explanation = explained(failure);
        return HasRemedy.of(failure)
                .map(remedy -> new Explanation(explanation.exit, RemedyText.after(explanation.text, remedy)))
                .orElse(explanation);
    }

    private static Explanation explained(Throwable failure) {
        return switch (failure) {
            case UnreadableFileException e -> new Explanation(ExitCode.BAD_DATA, message(e));
            case DatasetException e -> new Explanation(exit(e.problem()), message(e));
            case CheckpointException e -> new Explanation(ExitCode.BAD_DATA, message(e).replaceFirst("\\.$", "")
                    + (e.isExplained() ? "." : ". Correct the file, or download the checkpoint again."));
            case HubException e -> new Explanation(exit(e.kind()), message(e));
            case RemoteException e -> new Explanation(exit(e.reason()), message(e));
            case UnknownModelException e -> new Explanation(ExitCode.NAMES, message(e));
            case NoSuchFileException e -> new Explanation(ExitCode.NAMES, "no such file or folder: " + e.getFile()
                    + ". Check the path; relative paths start at the current folder.");
            case NotDirectoryException e ->
                new Explanation(ExitCode.NAMES, e.getFile() + ": expected a folder, found a file.");
            case FileAlreadyExistsException e ->
                new Explanation(ExitCode.NAMES, e.getFile() + " already exists; delete it or choose another name.");
            case AccessDeniedException e -> new Explanation(ExitCode.ENVIRONMENT,
                    "permission denied: " + e.getFile() + "; change its permissions or choose another folder.");
            case BindException e -> new Explanation(ExitCode.ENVIRONMENT, message(e));
            case FileSystemException e -> new Explanation(ExitCode.ENVIRONMENT, fileSystem(e));
            case UncheckedIOException e -> of(Objects.requireNonNull(e.getCause()));
            case IOException e -> new Explanation(ExitCode.ENVIRONMENT, message(e));
            case IllegalArgumentException e -> new Explanation(ExitCode.USAGE, message(e));
            case OutOfMemoryError e -> new Explanation(ExitCode.ENVIRONMENT, memory(e));
            case StackOverflowError e -> new Explanation(ExitCode.BAD_DATA,
                    "a file is nested too deeply to be read (the stack is full). Set FATHOM_DEBUG=1 to see where.");
            case UnsupportedClassVersionError e ->
                new Explanation(ExitCode.ENVIRONMENT, "needs Java 25 or newer: " + message(e) + ".");
            case UnsatisfiedLinkError e -> new Explanation(ExitCode.ENVIRONMENT, "a native library cannot be loaded: "
                    + message(e) + ". Check that it is for this system and that its folder may be read and executed.");
            case LinkageError e -> new Explanation(ExitCode.ENVIRONMENT, "a part of the program cannot be loaded: "
                    + message(root(e)) + ". Check that the installation is complete and the limit of open files.");
            default -> new Explanation(ExitCode.DEFECT, "unexpected " + failure
                    + ". This is a defect of Fathom; please report it together with the stack trace below.");
        };
    }

    private static ExitCode exit(DatasetException.Problem problem) {
        return switch (problem) {
            case UNKNOWN, EXISTS -> ExitCode.NAMES;
            case NEWER, CORRUPT, MEDIA -> ExitCode.BAD_DATA;
            case IN_USE, READ_ONLY, DISK_FULL, INPUT_OUTPUT -> ExitCode.ENVIRONMENT;
        };
    }

    private static ExitCode exit(HubException.Kind kind) {
        return switch (kind) {
            case REPOSITORY_NOT_FOUND, REVISION_NOT_FOUND, FILE_NOT_FOUND -> ExitCode.NAMES;
            case CORRUPT, UNEXPECTED_ANSWER -> ExitCode.BAD_DATA;
            case ACCESS_DENIED, OFFLINE, UNREACHABLE, RATE_LIMITED, SERVER_ERROR, DISK_FULL, CACHE, CANCELLED ->
                ExitCode.ENVIRONMENT;
        };
    }

    private static ExitCode exit(RemoteException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> ExitCode.NAMES;
            case INVALID_INPUT -> ExitCode.USAGE;
            case FAILED, UNEXPECTED_ANSWER -> ExitCode.BAD_DATA;
            case UNAUTHORISED, PAYMENT_REQUIRED, RATE_LIMITED, TIMED_OUT, UNREACHABLE -> ExitCode.ENVIRONMENT;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    private static String fileSystem(FileSystemException e) {
        @Nullable
        String reason = e.getReason();
        if (reason == null) {
            return message(e);
        }
        return e.getFile() + ": " + reason + remedy(reason) + ".";
    }

    private static String remedy(String reason) {
        if (reason.contains("No space left")) {
            return "; free disk space and run the same command again";
        }
        if (reason.contains("Too many open files")) {
            return "; raise the limit, for example with ulimit -n 1024, and run the same command again";
        }
        return reason.contains("Read-only") ? "; choose a folder that can be written to" : "";
    }

    private static String memory(OutOfMemoryError e) {
        if (message(e).contains("native thread")) {
            return "the system refuses another thread; end other programs, or raise the limit with ulimit -u.";
        }
        return "not enough memory: the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MB is full ("
                + message(e) + "). Set JAVA_TOOL_OPTIONS=-Xmx8g for 8 GB, or use smaller files.";
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : TerminalText.line(message);
    }
}
