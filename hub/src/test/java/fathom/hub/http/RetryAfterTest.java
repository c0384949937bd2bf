package fathom.hub.http;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|0", "7|7", " 120 |120", "Sun, 29 Nov 2026 12:00:30 GMT|30",
            "Sun, 29 Nov 2026 11:00:00 GMT|0"})
    void secondsAndDatesAreRead(String text, long seconds) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-3", "1.5", "99999999999", "2026-11-29T12:00:30Z"})
    void otherTextIsIgnored(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }
}
