package fathom.inference.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;

import fathom.inference.remote.RemoteException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Requests over https, with patience for a busy service: a request that was turned away for its rate (429) is sent again
 * after the time that the service asks for, one that only reads also after a failure on the way. A request that starts
 * paid work is never sent twice unless it surely did not arrive. Redirections are not followed.
 */
final class Transport implements AutoCloseable {
    /** A whole answer in memory. */
    static final class Answer {
        private final int status;
        private final byte[] body;

        Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        /** The body itself, not a copy. */
        byte[] body() {
            return body;
        }
    }

    /** What is told before each wait for the rate to fall. */
    interface Patience {
        void rateLimited();
    }

    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(20)).build();
    private final boolean loopbackOverHttp;

    /** A transport for a service at {@code endpoint}: over https, or over http where that is this very machine. */
    Transport(URI endpoint) {
        this.loopbackOverHttp = "http".equals(endpoint.getScheme()) && isLoopback(endpoint);
        requireSecure(endpoint, "endpoint");
    }

    private static boolean isLoopback(URI address) {
        return "localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost())
                || "[::1]".equals(address.getHost());
    }

    /** Refuses addresses that are not https, or http to this machine where the service itself is on it. */
    void requireSecure(URI address, String what) {
        boolean secure = "https".equals(address.getScheme()) && address.getHost() != null;
        if (!secure && !(loopbackOverHttp && "http".equals(address.getScheme()) && isLoopback(address))) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                    what + ": expected an https address, found " + address);
        }
    }

    /**
     * Sends {@code request} and reads at most {@code limit} bytes of the answer.
     *
     * @param onlyReads whether sending it twice does no harm
     * @param deadline when to give up
     */
    Answer send(HttpRequest request, boolean onlyReads, long limit, Instant deadline, Patience patience) {
        requireSecure(request.uri(), "request");
        for (int attempt = 1;; attempt++) {
            boolean last = attempt == MOST_ATTEMPTS;
            try {
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                byte[] body = read(response.body(), limit, request.uri());
                int status = response.statusCode();
                if (status == 429 && !last) {
                    patience.rateLimited();
                    pause(wait(response, attempt), deadline, "the service to accept requests again");
                } else if (status >= 500 && onlyReads && !last) {
                    pause(backoff(attempt), deadline, "the service to recover from " + status);
                } else {
                    return new Answer(status, body);
                }
            } catch (IOException e) {
                boolean neverArrived = e instanceof ConnectException;
                boolean tooLate = e instanceof HttpTimeoutException && !onlyReads;
                if (last || tooLate || !(onlyReads || neverArrived)) {
                    throw unreachable(request.uri(), e);
                }
                pause(backoff(attempt), deadline, request.uri().getHost() + " to answer");
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static RemoteException unreachable(URI address, IOException cause) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new RemoteException(Reason.UNREACHABLE, address.getHost() + " did not answer " + address.getPath() + ": "
                + said + "; check the network and try again", cause);
    }

    private static byte[] read(InputStream body, long limit, URI address) throws IOException {
        try (body) {
            byte[] bytes = body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > limit) {
                throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                        address + ": expected at most " + limit + " bytes, found more");
            }
            return bytes;
        }
    }

    /** {@code Retry-After} in seconds or as a date; without it, longer after every attempt. */
    private static Duration wait(HttpResponse<?> response, int attempt) {
        String asked = response.headers().firstValue("retry-after").orElse("");
        Duration wait = seconds(asked);
        if (wait == null) {
            wait = until(asked);
        }
        if (wait == null) {
            return backoff(attempt);
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static @Nullable Duration seconds(String text) {
        return text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    private static @Nullable Duration until(String date) {
        try {
            Duration until = Duration.between(Instant.now(),
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Twice as long each time, and up to a quarter more so that many clients do not come back at once. */
    private static Duration backoff(int attempt) {
        long millis = Math.min(FIRST_WAIT.toMillis() << (attempt - 1), LONGEST_WAIT.toMillis());
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    }

    /** Waits; throws if the wait would end after {@code deadline}. */
    void pause(Duration wait, Instant deadline, String what) {
        if (Instant.now().plus(wait).isAfter(deadline)) {
            throw new RemoteException(Reason.TIMED_OUT, "waiting for " + what
                    + " would take longer than allowed; allow more time or try again later");
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RemoteException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RemoteException(Reason.CANCELLED, "cancelled while waiting for the service", cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
