package fathom.hub.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts the failures of one request and returns how long to wait before the next attempt: twice as long each time up
 * to a limit, plus up to a quarter of it, so that many clients do not retry at the same moment; or as long as the
 * server requests. Not safe for concurrent use.
 */
public final class Attempts {
    /**
     * How patient a client is.
     *
     * @param first the wait after the first failure
     * @param longest the longest wait that is not asked for by the server
     * @param longestAsked the longest wait that the server may ask for
     * @param mostFailures the failure in a row after which no attempt follows
     */
    public record Policy(Duration first, Duration longest, Duration longestAsked, int mostFailures) {
        /** Validates the components. */
        public Policy {
            if (!first.isPositive() || longest.compareTo(first) < 0 || mostFailures < 1) {
                throw new IllegalArgumentException(
                        "policy: expected 0 < first wait <= longest wait and at least 1 failure, " + "found " + first
                                + ", " + longest + " and " + mostFailures);
            }
        }
    }

    private static final int MAX_DOUBLINGS = 20;
    private static final double JITTER = 0.25;
    private static final Duration MIN_REQUESTED = Duration.ofSeconds(1);

    private final Policy policy;
    private int failures;
    private int refusals;

    /**
     * Creates a counter without failures.
     *
     * @param policy how patient the client is
     */
    public Attempts(Policy policy) {
        this.policy = policy;
    }

    /** Restarts the count of failures, because the last attempt transferred data. */
    public void progressed() {
        failures = 0;
    }

    /**
     * Counts a failure and returns the wait before the next attempt.
     *
     * @param asked the wait that the server requests, which is used instead if it is at least a second
     * @return the wait, or empty if there is no next attempt
     */
    public Optional<Duration> afterFailure(Optional<Duration> asked) {
        failures++;
        Duration wait = wait(asked, failures);
        return failures >= policy.mostFailures || wait.compareTo(policy.longestAsked) > 0
                ? Optional.empty()
                : Optional.of(wait);
    }

    /**
     * Returns the wait after a response with status 429 (rate limit), of which there may be any number.
     *
     * @param asked the wait that the server requests
     * @return that wait or, if it is missing or less than a second, a wait that grows with each such response
     */
    public Duration afterRefusal(Optional<Duration> asked) {
        refusals++;
        return wait(asked, refusals);
    }

    private Duration wait(Optional<Duration> asked, int count) {
        return asked.filter(wait -> wait.compareTo(MIN_REQUESTED) >= 0).orElseGet(() -> backoff(count));
    }

    private Duration backoff(int count) {
        long millis = policy.longest.toMillis();
        if (count - 1 < MAX_DOUBLINGS) {
            millis = Math.min(policy.first.toMillis() << (count - 1), millis);
        }
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong((long) (millis * JITTER) + 1));
    }
}
