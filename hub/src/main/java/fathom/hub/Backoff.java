package fathom.hub;

import java.time.Duration;
import java.util.Optional;

import fathom.hub.http.Attempts;

/**
 * Waits between attempts: 1, 2, 4, 8 seconds plus jitter, or as long as the server requests. Gives up after five
 * failures in a row, or immediately if the failure is permanent or the requested wait is too long.
 */
final class Backoff {
    /** Sleeps; tests replace it. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final Attempts.Policy POLICY = new Attempts.Policy(Duration.ofSeconds(1), Duration.ofSeconds(8),
            Duration.ofMinutes(5), 5);
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Pause pause;
    private final HubListener listener;
    private final Attempts attempts = new Attempts(POLICY);
    private long farthest;

    Backoff(Pause pause, HubListener listener) {
        this.pause = pause;
        this.listener = listener;
    }

    /**
     * Restarts the count of failures if the transfer is farther than ever before. A server that starts again from the
     * beginning and is cut at the same place makes no progress.
     *
     * @param position the number of bytes that are present
     */
    void progressed(long position) {
        if (position > farthest) {
            farthest = position;
            attempts.progressed();
        }
    }

    /** Waits before the next attempt, or throws {@code failure} if there is none. */
    void after(HubException failure) throws HubException {
        Optional<Duration> wait = attempts.afterFailure(failure.retryAfter());
        if (!failure.kind().isTemporary() || wait.isEmpty()) {
            throw failure;
        }
        String reason = failure.getMessage() == null ? "" : failure.getMessage();
        listener.waiting(reason, wait.get());
        sleep(wait.get(), reason);
    }

    /** Sleeps for {@code time} unless the caller wants to stop. */
    void sleep(Duration time, String what) throws HubException {
        Duration left = time;
        try {
            while (left.isPositive()) {
                requireWanted(listener, what);
                Duration slice = left.compareTo(SLICE) > 0 ? SLICE : left;
                pause.sleep(slice);
                left = left.minus(slice);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HubException.cancelled(what);
        }
    }

    static void requireWanted(HubListener listener, String what) throws HubException {
        if (listener.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw HubException.cancelled(what);
        }
    }
}
