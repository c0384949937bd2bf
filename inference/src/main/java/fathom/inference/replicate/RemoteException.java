package fathom.inference.replicate;

import java.util.Optional;

import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import org.jspecify.annotations.Nullable;

/** A remote model did not answer. The message and the remedy say what to do about it. */
public final class RemoteException extends RuntimeException implements HasRemedy {
    /** What went wrong. */
    public enum Reason {
        /** The token is missing, wrong or revoked (401, 403). */
        UNAUTHORISED,
        /** The account has no credit or has reached its limit (402). */
        PAYMENT_REQUIRED,
        /** No such model, version or prediction (404). */
        NOT_FOUND,
        /** The service refused the inputs (400, 422). */
        INVALID_INPUT,
        /** Too many requests, again and again (429). */
        RATE_LIMITED,
        /** The model ran and failed. */
        FAILED,
        /** The prediction was cancelled. */
        CANCELLED,
        /** The answer took longer than allowed. */
        TIMED_OUT,
        /** The service did not answer, or with an error of its own. */
        UNREACHABLE,
        /** The answer is not what the service or the model is known to give. */
        UNEXPECTED_ANSWER
    }

    private static final long serialVersionUID = 1;

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

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** {@return whether every further picture would fail in the same way, so that a run had better stop} */
    public boolean concernsAllPictures() {
        return switch (reason) {
            case UNAUTHORISED, PAYMENT_REQUIRED, NOT_FOUND, CANCELLED -> true;
            case INVALID_INPUT, RATE_LIMITED, FAILED, TIMED_OUT, UNREACHABLE, UNEXPECTED_ANSWER -> false;
        };
    }
}
