package fathom.hub;

import java.time.Duration;

/**
 * A listener for the progress of a download. Called from the thread that downloads; implementations must not throw and
 * must not block for long. Default methods do nothing.
 */
public interface HubListener {
    /**
     * Called when the files to download are known.
     *
     * @param files number of files
     * @param bytes their total size, or a negative number if it is unknown
     */
    default void planned(int files, long bytes) {}

    /**
     * Called when the download of a file starts.
     *
     * @param file its name in the repository
     * @param size its bytes, or a negative number if unknown
     * @param present bytes of it that an earlier, interrupted download left
     */
    default void started(String file, long size, long present) {}

    /**
     * Called when more bytes of the file have arrived.
     *
     * @param bytes their number; negative if bytes must be sent again
     */
    default void received(long bytes) {}

    /**
     * Called when the file is complete, verified and in the cache.
     *
     * @param file its name in the repository
     */
    default void finished(String file) {}

    /**
     * Called before a wait: another process holds the file, or a request is retried after a failure.
     *
     * @param reason the reason
     * @param pause the time to wait
     */
    default void waiting(String reason, Duration pause) {}

    /**
     * Called when the Hub did not answer and the cached files are used.
     *
     * @param reason why it did not answer
     */
    default void usingCache(String reason) {}

    /** {@return whether to stop as soon as possible; called often} */
    default boolean isCancelled() {
        return false;
    }

    /** {@return a listener that ignores all calls} */
    static HubListener silent() {
        return Silent.INSTANCE;
    }

    /** The listener of {@link HubListener#silent()}. */
    enum Silent implements HubListener {
        /** The only instance. */
        INSTANCE
    }
}
