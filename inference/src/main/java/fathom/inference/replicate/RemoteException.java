package fathom.inference.replicate;

import java.util.Optional;

import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import org.jspecify.annotations.Nullable;

/** Thrown when a remote model does not return a prediction. The message explains the cause, and the remedy the fix. */
public final class RemoteException extends RuntimeException implements HasRemedy {
    /** The cause of the failure. */
    public enum Reason {
        /** The access token is missing, wrong or revoked (401, 403). */
        UNAUTHORISED,
        /** The account has no credit or has reached its limit (402). */
        PAYMENT_REQUIRED,
        /** The model, version or prediction does not exist (404). */
        NOT_FOUND,
        /** The service rejected the inputs (400, 422). */
        INVALID_INPUT,
        /** Too many requests, even after waiting (429). */
        RATE_LIMITED,
        /** The model ran and failed. */
        FAILED,
        /** The prediction was cancelled. */
        CANCELLED,
        /** The prediction took longer than allowed. */
        TIMED_OUT,
        /** The service did not respond, or responded with an internal error. */
        UNREACHABLE,
        /** The response or the output has an unexpected format. */
        UNEXPECTED_ANSWER
    }

    private static final long serialVersionUID = 1;

    /** The cause of the failure. */
    private final Reason reason;
    private final transient @Nullable Remedy remedy;

    RemoteException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    RemoteException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, null, cause);
    }

    RemoteException(Reason reason, String message, @Nullable Remedy remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    @Override
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** {@return the cause of the failure} */
    public Reason reason() {
        return reason;
    }

    /** {@return whether every other picture would fail for the same reason, so that a run should stop} */
    public boolean concernsAllPictures() {
        return switch (reason) {
            case UNAUTHORISED, PAYMENT_REQUIRED, NOT_FOUND, CANCELLED -> true;
            case INVALID_INPUT, RATE_LIMITED, FAILED, TIMED_OUT, UNREACHABLE, UNEXPECTED_ANSWER -> false;
        };
    }
}
