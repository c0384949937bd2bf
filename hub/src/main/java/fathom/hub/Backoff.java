package fathom.hub;

import java.time.Duration;
import java.util.Optional;

import fathom.hub.http.Attempts;

/**
 * Waits between attempts: 1, 2, 4, 8 seconds and a little more, or as long as the server asks. Gives up after five failures in
 * a row, or at once if the failure is lasting or the wait asked for is too long.
 */
final class Backoff {
    /** Sleeps; tests put a clock of their own here. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final Attempts.Policy POLICY = new Attempts.Policy(Duration.ofSeconds(1), Duration.ofSeconds(8),
            Duration.ofMinutes(5), 5);
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Pause pause;
    private final HubListener listener;
    private final Attempts attempts = new Attempts(POLICY);

    Backoff(Pause pause, HubListener listener) {
        this.pause = pause;
        this.listener = listener;
    }

    /** The last attempt brought something new: failures are counted from here again. */
    void progressed() {
        attempts.progressed();
    }

    /** Waits as {@code failure} demands, or throws it. */
    void after(HubException failure) throws HubException {
        Optional<Duration> wait = attempts.afterFailure(failure.retryAfter());
        if (!failure.kind().isPassing() || wait.isEmpty()) {
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
