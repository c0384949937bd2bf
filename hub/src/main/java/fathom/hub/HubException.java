package fathom.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A model could not be had from the hub; the message says what, where and what to do, and holds no secret. */
public final class HubException extends IOException {
    /** Why. */
    public enum Kind {
        /** There is no such repository, or it is private and hidden. */
        REPOSITORY_NOT_FOUND(false),
        /** The repository has no such branch, tag or commit. */
        REVISION_NOT_FOUND(false),
        /** The repository holds no such file, or nothing that can be loaded. */
        FILE_NOT_FOUND(false),
        /** The owner lets in only those who accepted the conditions, or the access token was refused. */
        ACCESS_DENIED(false),
        /** The network may not be used and the cache lacks something. */
        OFFLINE(false),
        /** No answer: no network, no such host, a cut or silent connection. */
        UNREACHABLE(true),
        /** The server asks for fewer requests. */
        RATE_LIMITED(true),
        /** The server reports its own failure. */
        SERVER_ERROR(true),
        /** An answer that no hub gives. */
        UNEXPECTED_ANSWER(false),
        /** What arrived is not what was announced. */
        CORRUPT(false),
        /** No room for the files in the cache. */
        DISK_FULL(false),
        /** The cache cannot be read or written. */
        CACHE(false),
        /** The caller asked to stop. */
        CANCELLED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same request may succeed a little later. */
        public boolean isPassing() {
            return passing;
        }
    }

    private static final long serialVersionUID = 1;

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

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** How long the server asked to wait. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    static HubException cancelled(String what) {
        return new HubException(Kind.CANCELLED, what + ": stopped; what has arrived is kept and continued next time");
    }
}
