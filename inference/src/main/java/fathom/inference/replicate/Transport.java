package fathom.inference.replicate;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import fathom.hub.http.Addresses;
import fathom.hub.http.Attempts;
import fathom.hub.http.Bodies;
import fathom.hub.http.HttpConnection;
import fathom.hub.http.RedirectRule;
import fathom.hub.http.RetryAfter;
import fathom.hub.http.StallGuard;
import fathom.inference.replicate.RemoteException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Requests over https, with patience for a busy service: a request that was refused for its rate (429) is sent again after the
 * time that the service asks for until the deadline; one that may be repeated is sent again a few times after a failure on the
 * way. A request that starts paid work is never sent twice unless it surely did not arrive. Redirects are not followed. The
 * token goes to the service's own server and to no other.
 */
final class Transport implements AutoCloseable {
    /** A whole answer in memory. */
    static final class Answer {
        private final int status;
        private final Optional<Duration> retryAfter;
        private final byte[] body;

        Answer(int status, Optional<Duration> retryAfter, byte[] body) {
            this.status = status;
            this.retryAfter = retryAfter;
            this.body = body;
        }

        int status() {
            return status;
        }

        /** Returns the body itself, not a copy. */
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

    private static final Duration CONNECT = Duration.ofSeconds(20);
    /** The deadline bounds what the service may ask for, so that this policy need not. */
    private static final Attempts.Policy POLICY = new Attempts.Policy(Duration.ofMillis(500), Duration.ofSeconds(15),
            Duration.ofDays(1), 6);
    /** How long the beginning of an answer is waited for. */
    private static final Duration ANSWER_BEGINS = Duration.ofSeconds(90);
    /** How long its body is waited for after that, the whole of it. */
    private static final Duration ANSWER_ENDS = Duration.ofMinutes(3);
    /** How long an interrupted request is waited for that starts work; it is held open for 5 s at most. */
    private static final Duration STARTING = Duration.ofSeconds(7);
    /** How long an interrupted request is waited for whose answer was paid for. */
    private static final Duration PAID = Duration.ofSeconds(3);

    private final HttpConnection connection;
    private final boolean loopbackOverHttp;

    /**
     * A transport for a service at {@code endpoint}: over https, or over http if that is this very machine.
     *
     * @param token the access token, which {@code endpoint}'s server gets with every request
     */
    Transport(URI endpoint, String token) {
        this.loopbackOverHttp = Addresses.isHttp(endpoint) && Addresses.isLoopback(endpoint);
        requireSecure(endpoint, "endpoint");
        this.connection = new HttpConnection(CONNECT,
                Optional.of(new HttpConnection.Credential(endpoint, "Bearer " + token)));
    }

    /** Refuses addresses that are not https, or http to this machine where the service itself is on it. */
    void requireSecure(URI address, String what) {
        boolean onThisMachine = loopbackOverHttp && Addresses.isHttp(address) && Addresses.isLoopback(address);
        if (!Addresses.isHttps(address) && !onThisMachine) {
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
        Attempts attempts = new Attempts(POLICY);
        while (true) {
            Optional<Duration> wait;
            String what;
            try {
                if (nature == Nature.STARTS_WORK && Thread.interrupted()) {
                    throw new InterruptedException("before paid work was started");
                }
                Answer answer = nature == Nature.REPEATABLE
                        ? exchange(request, limit, deadline)
                        : unbroken(request, limit, deadline, nature == Nature.STARTS_WORK ? STARTING : PAID);
                if (answer.status() == 429) {
                    wait = Optional.of(attempts.afterRefusal(answer.retryAfter));
                    if (Instant.now().plus(wait.get()).isAfter(deadline)) {
                        return answer;
                    }
                    patience.rateLimited();
                    what = "the service to accept requests again";
                } else if (answer.status() >= 500 && nature != Nature.STARTS_WORK) {
                    wait = attempts.afterFailure(answer.retryAfter);
                    if (wait.isEmpty()) {
                        return answer;
                    }
                    what = "the service to recover from " + answer.status();
                } else {
                    return answer;
                }
            } catch (IOException e) {
                boolean harmless = nature != Nature.STARTS_WORK || e instanceof ConnectException
                        || e instanceof HttpConnectTimeoutException;
                wait = harmless ? attempts.afterFailure(Optional.empty()) : Optional.empty();
                if (wait.isEmpty()) {
                    throw unreachable(request.uri(), e, deadline, harmless);
                }
                what = request.uri().getHost() + " to answer";
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(wait.get(), deadline, what);
        }
    }

    private Answer exchange(HttpRequest request, long limit, Instant deadline)
            throws IOException, InterruptedException {
        HttpRequest timed = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(within(ANSWER_BEGINS, deadline)).build();
        HttpResponse<InputStream> response = connection.send(timed, RedirectRule.NEVER);
        Duration time = within(ANSWER_ENDS, deadline);
        long stated = response.headers().firstValueAsLong("content-length").orElse(0);
        if (stated > limit) {
            HttpConnection.closeQuietly(response.body());
            throw tooLong(request.uri(), limit, String.valueOf(stated), null);
        }
        try {
            byte[] body = Bodies.read(response.body(), limit, new StallGuard.Limits(time, time), () -> false);
            return new Answer(response.statusCode(), RetryAfter.of(response), body);
        } catch (Bodies.TooLongException e) {
            throw tooLong(request.uri(), limit, "more", e);
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

    private static RemoteException tooLong(URI address, long limit, String found, @Nullable Throwable cause) {
        return new RemoteException(Reason.UNEXPECTED_ANSWER,
                address + ": expected at most " + limit + " bytes, found " + found, cause);
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
        connection.close();
    }
}
