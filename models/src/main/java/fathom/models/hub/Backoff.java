package fathom.models.hub;

import java.time.Duration;

/**
 * Waits between attempts: 1, 2, 4, 8, 8 seconds, or as long as the server asks. Gives up after five failures in a row, or
 * at once where the failure is lasting or the wait asked for is too long.
 */
final class Backoff {
    /** Sleeps; tests put a clock of their own here. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final int MOST_FAILURES = 5;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Pause pause;
    private final HubListener listener;
    private int failures;

    Backoff(Pause pause, HubListener listener) {
        this.pause = pause;
        this.listener = listener;
    }

    /** The last attempt brought something new: failures are counted from here again. */
    void progressed() {
        failures = 0;
    }

    /** Waits as {@code failure} demands, or throws it. */
    void after(HubException failure) throws HubException {
        failures++;
        Duration exponential = FIRST.multipliedBy(1L << Math.min(failures - 1, 8));
        Duration usual = exponential.compareTo(LONGEST) > 0 ? LONGEST : exponential;
        Duration wait = failure.retryAfter().orElse(usual);
        if (!failure.kind().isPassing() || failures >= MOST_FAILURES || wait.compareTo(LONGEST_ASKED) > 0) {
            throw failure;
        }
        String reason = failure.getMessage() == null ? "" : failure.getMessage();
        listener.waiting(reason, wait);
        sleep(wait, reason);
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
