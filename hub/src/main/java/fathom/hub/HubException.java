package fathom.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a model cannot be downloaded from the Hub. The message explains the cause and the fix and never contains
 * the access token.
 */
public final class HubException extends IOException {
    /** The kind of failure. */
    public enum Kind {
        /** There is no such repository, or it is private and hidden. */
        REPOSITORY_NOT_FOUND(false),
        /** The repository has no such branch, tag or commit. */
        REVISION_NOT_FOUND(false),
        /** The repository holds no such file, or nothing that can be loaded. */
        FILE_NOT_FOUND(false),
        /** The owner requires accepted conditions, or the access token was rejected. */
        ACCESS_DENIED(false),
        /** The network may not be used and the cache is incomplete. */
        OFFLINE(false),
        /** No answer: no network, unknown host, an interrupted or stalled connection. */
        UNREACHABLE(true),
        /** The server asks for fewer requests. */
        RATE_LIMITED(true),
        /** The server reports an internal failure. */
        SERVER_ERROR(true),
        /** An answer that is not one of the Hub's. */
        UNEXPECTED_ANSWER(false),
        /** The content differs from the announced one. */
        CORRUPT(false),
        /** Not enough space for the files in the cache. */
        DISK_FULL(false),
        /** The cache cannot be read or written. */
        CACHE(false),
        /** The caller cancelled the download. */
        CANCELLED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** {@return whether the same request may succeed later} */
        public boolean isPassing() {
            return passing;
        }
    }

    private static final long serialVersionUID = 1;

    /** The kind of failure. */
    private final Kind kind;
    private final transient @Nullable Duration retryAfter;

    HubException(Kind kind, String message) {
        this(kind, message, null, null);
    }

    HubException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, cause);
    }

    HubException(Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** {@return the kind of failure} */
    public Kind kind() {
        return kind;
    }

    /** Returns how long the server asked to wait. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    static HubException cancelled(String what) {
        return new HubException(Kind.CANCELLED, what + ": stopped; what has arrived is kept and continued next time");
    }
}
