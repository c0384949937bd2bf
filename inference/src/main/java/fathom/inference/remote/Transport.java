package fathom.inference.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import fathom.inference.remote.RemoteException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Requests over https, with patience for a busy service: a request that was turned away for its rate (429) is sent again
 * after the time that the service asks for until the deadline, one that may be repeated also after a failure on the way, a
 * few times. A request that starts paid work is never sent twice unless it surely did not arrive. Redirections are not
 * followed.
 */
final class Transport implements AutoCloseable {
    /** A whole answer in memory. */
    static final class Answer {
        private final int status;
        private final String retryAfter;
        private final byte[] body;

        Answer(int status, String retryAfter, byte[] body) {
            this.status = status;
            this.retryAfter = retryAfter;
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

    /** What a request is, which decides what happens when it fails or when its thread is interrupted. */
    enum Nature {
        /** Sending it twice does no harm; an interrupt breaks it off. */
        REPEATABLE,
        /**
         * Sending it twice does no harm, and its answer was paid for: an interrupt is heeded once the answer is here, or after
         * some seconds.
         */
        PAID_ANSWER,
        /**
         * It starts paid work, which could not be cancelled if its answer were not waited for: sent once, and an interrupt is
         * heeded as with {@link #PAID_ANSWER}.
         */
        STARTS_WORK
    }

    /** What is told before each wait for the rate to fall. */
    interface Patience {
        void rateLimited();
    }

    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);
    /** How long the beginning of an answer is waited for. */
    private static final Duration ANSWER_BEGINS = Duration.ofSeconds(90);
    /** How long its body is waited for after that, the whole of it. */
    private static final Duration ANSWER_ENDS = Duration.ofMinutes(3);
    /** How long an interrupted request is waited for that starts work; it is held open for 5 s at most. */
    private static final Duration STARTING = Duration.ofSeconds(7);
    /** How long an interrupted request is waited for whose answer was paid for. */
    private static final Duration PAID = Duration.ofSeconds(3);

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
     * Sends {@code request} and reads at most {@code limit} bytes of the answer. The last answer is given as it is, also where
     * it is a refusal.
     *
     * @param deadline when to give up
     * @throws RemoteException if there is no whole answer
     */
    Answer send(HttpRequest request, Nature nature, long limit, Instant deadline, Patience patience) {
        requireSecure(request.uri(), "request");
        int failures = 0;
        for (int attempt = 1;; attempt++) {
            Duration wait;
            String what;
            try {
                if (nature == Nature.STARTS_WORK && Thread.interrupted()) {
                    throw new InterruptedException("before paid work was started");
                }
                Answer answer = nature == Nature.REPEATABLE
                        ? exchange(request, limit, deadline)
                        : unbroken(request, limit, deadline, nature == Nature.STARTS_WORK ? STARTING : PAID);
                if (answer.status() == 429) {
                    wait = wait(answer, attempt);
                    if (Instant.now().plus(wait).isAfter(deadline)) {
                        return answer;
                    }
                    patience.rateLimited();
                    what = "the service to accept requests again";
                } else if (answer.status() >= 500 && nature != Nature.STARTS_WORK && ++failures < MOST_ATTEMPTS) {
                    wait = backoff(failures);
                    what = "the service to recover from " + answer.status();
                } else {
                    return answer;
                }
            } catch (IOException e) {
                boolean harmless = nature != Nature.STARTS_WORK || e instanceof ConnectException
                        || e instanceof HttpConnectTimeoutException;
                if (!harmless || ++failures == MOST_ATTEMPTS) {
                    throw unreachable(request.uri(), e, deadline, harmless);
                }
                wait = backoff(failures);
                what = request.uri().getHost() + " to answer";
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(wait, deadline, what);
        }
    }

    private Answer exchange(HttpRequest request, long limit, Instant deadline)
            throws IOException, InterruptedException {
        HttpRequest timed = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(within(ANSWER_BEGINS, deadline)).build();
        HttpResponse<InputStream> response = client.send(timed, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            long stated = response.headers().firstValueAsLong("content-length").orElse(0);
            if (stated > limit) {
                throw tooLong(request.uri(), limit, String.valueOf(stated));
            }
            return new Answer(response.statusCode(), response.headers().firstValue("retry-after").orElse(""),
                    read(body, limit, within(ANSWER_ENDS, deadline), request.uri()));
        }
    }

    /** {@code longest}, or what is left until {@code deadline}; more than nothing. */
    private static Duration within(Duration longest, Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        Duration least = Duration.ofMillis(100);
        return left.compareTo(longest) > 0 ? longest : left.compareTo(least) < 0 ? least : left;
    }

    /** {@link #exchange} in a thread of its own, so that an interrupt of this one breaks it off after {@code heedless}. */
    private Answer unbroken(HttpRequest request, long limit, Instant deadline, Duration heedless)
            throws IOException, InterruptedException {
        FutureTask<Answer> task = new FutureTask<>(() -> exchange(request, limit, deadline));
        Thread sender = Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (InterruptedException e) {
            try {
                return task.get(heedless.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException failure) {
                throw thrown(failure);
            } catch (TimeoutException late) {
                sender.interrupt();
                throw e;
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The body, of at most {@code limit} bytes, if it ends within {@code patience}: a request's timeout ends with its head. */
    private static byte[] read(InputStream body, long limit, Duration patience, URI address)
            throws IOException, InterruptedException {
        FutureTask<byte[]> task = new FutureTask<>(
                () -> body.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8)));
        Thread.ofVirtual().start(task);
        try {
            byte[] bytes = task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes.length > limit) {
                throw tooLong(address, limit, "more");
            }
            return bytes;
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the answer did not end within " + patience.toSeconds() + " s");
        }
    }

    private static RemoteException tooLong(URI address, long limit, String found) {
        return new RemoteException(Reason.UNEXPECTED_ANSWER,
                address + ": expected at most " + limit + " bytes, found " + found);
    }

    /** What a task threw, as it threw it. */
    private static IOException thrown(ExecutionException failure) throws InterruptedException {
        return switch (failure.getCause()) {
            case IOException exception -> exception;
            case InterruptedException exception -> throw exception;
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failure);
        };
    }

    private static RemoteException unreachable(URI address, IOException cause, Instant deadline, boolean harmless) {
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        boolean late = !Instant.now().isBefore(deadline);
        return new RemoteException(late ? Reason.TIMED_OUT : Reason.UNREACHABLE, address.getHost() + " did not answer "
                + address.getPath() + (late ? " within the time allowed: " : ": ") + said
                + (harmless ? "" : "; whether it started what was asked for is not known")
                + (late ? "; allow more time or try again later" : "; check the network and try again"), cause);
    }

    /** {@code Retry-After} in seconds or as a date; where it asks for less than a second, longer after every attempt. */
    private static Duration wait(Answer answer, int attempt) {
        Duration wait = seconds(answer.retryAfter);
        if (wait == null) {
            wait = until(answer.retryAfter);
        }
        return wait == null || wait.toMillis() < 1000 ? backoff(attempt) : wait;
    }

    private static @Nullable Duration seconds(String text) {
        return text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
    }

    private static @Nullable Duration until(String date) {
        try {
            Duration until = Duration.between(Instant.now(),
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Twice as long each time, and up to a quarter more so that many clients do not come back at once. */
    private static Duration backoff(int attempt) {
        long millis = Math.min(FIRST_WAIT.toMillis() << Math.min(attempt - 1, 10), LONGEST_BACKOFF.toMillis());
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
