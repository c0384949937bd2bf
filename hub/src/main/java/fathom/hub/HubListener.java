package fathom.hub;

import java.time.Duration;

/**
 * Follows a download. Called from the thread that downloads; an implementation never throws and never blocks for long.
 * Every method does nothing unless it is overridden.
 */
public interface HubListener {
    /**
     * What has to be downloaded is known.
     *
     * @param files number of files
     * @param bytes their size together, or a negative number where the server does not tell
     */
    default void planned(int files, long bytes) {}

    /**
     * A file begins.
     *
     * @param file its name in the repository
     * @param size its bytes, or a negative number where the server does not tell
     * @param present bytes of it that an earlier, broken-off download left
     */
    default void started(String file, long size, long present) {}

    /** More bytes of the file arrived; a negative number takes back bytes that have to be sent again. */
    default void received(long bytes) {}

    /** The file is complete, checked and in the cache. */
    default void finished(String file) {}

    /** Nothing happens for {@code pause}: another process holds the file, or a request is repeated after a failure. */
    default void waiting(String reason, Duration pause) {}

    /** The hub did not answer, for {@code reason}; what the cache holds is used. */
    default void usingCache(String reason) {}

    /** Whether to stop as soon as possible; asked often. */
    default boolean isCancelled() {
        return false;
    }

    /** A listener that nobody listens to. */
    static HubListener silent() {
        return Silent.INSTANCE;
    }

    /** The listener of {@link HubListener#silent()}. */
    enum Silent implements HubListener {
        /** The only one. */
        INSTANCE
    }
}
