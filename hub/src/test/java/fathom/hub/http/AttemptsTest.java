package fathom.hub.http;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AttemptsTest {
    private static final Attempts.Policy POLICY = new Attempts.Policy(Duration.ofSeconds(1), Duration.ofSeconds(3),
            Duration.ofMinutes(1), 5);

    private static Optional<Duration> fail(Attempts attempts) {
        return attempts.afterFailure(Optional.empty());
    }

    private static void assertAbout(Optional<Duration> wait, int seconds) {
        assertThat(wait.orElseThrow()).isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(1250L * seconds));
    }

    @Test
    void waitsDoubleUpToTheLongestUntilTheLastFailure() {
        Attempts attempts = new Attempts(POLICY);
        for (int seconds : new int[]{1, 2, 3, 3}) {
            assertAbout(fail(attempts), seconds);
        }
        assertThat(fail(attempts)).isEmpty();
    }

    @Test
    void progressStartsTheCountAgain() {
        Attempts attempts = new Attempts(POLICY);
        fail(attempts);
        fail(attempts);
        attempts.progressed();
        assertAbout(fail(attempts), 1);
    }

    @Test
    void requestedWaitIsUsedUnlessItIsTooLong() {
        assertThat(new Attempts(POLICY).afterFailure(Optional.of(Duration.ofSeconds(59))))
                .contains(Duration.ofSeconds(59));
        assertThat(new Attempts(POLICY).afterFailure(Optional.of(Duration.ofSeconds(61)))).isEmpty();
        assertAbout(new Attempts(POLICY).afterFailure(Optional.of(Duration.ZERO)), 1);
    }

    @Test
    void rateLimitResponsesAreAlwaysRetried() {
        Attempts attempts = new Attempts(POLICY);
        for (int i = 0; i < 100; i++) {
            assertThat(attempts.afterRefusal(Optional.empty())).isBetween(Duration.ofSeconds(1),
                    Duration.ofMillis(3750));
        }
        assertThat(attempts.afterRefusal(Optional.of(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(1));
        assertThat(attempts.afterRefusal(Optional.of(Duration.ZERO))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(fail(attempts)).as("failures are counted apart").isPresent();
    }

    @Test
    void waitsVary() {
        assertThat(IntStream.range(0, 50).mapToObj(i -> fail(new Attempts(POLICY)).orElseThrow()).distinct().count())
                .isGreaterThan(1);
    }

    @Test
    void policyWithoutFailuresIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attempts.Policy(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), 5))
                .withMessageContaining("first wait");
    }
}
