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
import fathom.hub.http.PrivateAddresses;
import fathom.hub.http.RedirectRule;
import fathom.hub.http.RetryAfter;
import fathom.hub.http.StallGuard;
import fathom.inference.replicate.RemoteException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A client for requests over https that waits for a busy service. A request that was rejected for its rate (429) is
 * repeated after the time that the service states, until the deadline. A repeatable request is also repeated a few times
 * after a network failure or a server error. A request that starts billed work is repeated only if it certainly did not
 * arrive. Redirects are not followed. The access token is sent only to the service's own server.
 */
final class Transport implements AutoCloseable {
    /** A complete response in memory. */
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

        /** Returns the body, not a copy. */
        byte[] body() {
            return body;
        }
    }

    /** The nature of a request, which determines what happens on failures and interrupts. */
    enum Nature {
        /** The request can be repeated. An interrupt aborts it. */
        REPEATABLE,
        /**
         * The request can be repeated, and its response is paid for. An interrupt takes effect after the response
         * arrived, or after some seconds.
         */
        PAID_ANSWER,
        /**
         * The request starts billed work, which could not be cancelled without its response. It is sent once, and an
         * interrupt takes effect as with {@link #PAID_ANSWER}.
         */
        STARTS_WORK
    }

    /** A listener that is called before each wait for the rate limit. */
    interface Patience {
        void rateLimited();
    }

    private static final Duration CONNECT = Duration.ofSeconds(20);
    /**
     * The policy for repeated requests. The wait that the service may request is limited by the deadline, so its limit
     * here is large.
     */
    private static final Attempts.Policy POLICY = new Attempts.Policy(Duration.ofMillis(500), Duration.ofSeconds(15),
            Duration.ofDays(1), 6);
    /** The longest time until the start of a response. */
    private static final Duration ANSWER_BEGINS = Duration.ofSeconds(90);
    /** The longest time for the body after that. */
    private static final Duration ANSWER_ENDS = Duration.ofMinutes(3);
    /** The time for which an interrupted request that starts work is continued. The service responds within 5 s. */
    private static final Duration STARTING = Duration.ofSeconds(7);
    /** The time for which an interrupted request is continued if its response is paid for. */
    private static final Duration PAID = Duration.ofSeconds(3);

    private final HttpConnection connection;
    private final URI endpoint;
    private final boolean loopbackOverHttp;

    /**
     * Creates a transport for a service at {@code endpoint}: over https, or over http if it is on this machine.
     *
     * @param token the access token, which is sent to the server of {@code endpoint} with each request
     */
    Transport(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.loopbackOverHttp = Addresses.isHttp(endpoint) && Addresses.isLoopback(endpoint);
        requireSecure(endpoint, "endpoint");
        this.connection = new HttpConnection(CONNECT,
                Optional.of(new HttpConnection.Credential(endpoint, "Bearer " + token)));
    }

    /** Rejects addresses that are not https, except http to this machine if the service is on it. */
    void requireSecure(URI address, String what) {
        boolean onThisMachine = loopbackOverHttp && Addresses.isHttp(address) && Addresses.isLoopback(address);
        if (!Addresses.isHttps(address) && !onThisMachine) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER, what + ": expected an https address, found " + address);
        }
    }

    /**
     * Rejects addresses of this machine and its network, which a service on the internet could otherwise make this program
     * read. Addresses of the service itself are allowed, wherever it is.
     */
    void requirePublic(URI address, String what) {
        if (Addresses.isSameServer(endpoint, address) || (loopbackOverHttp && Addresses.isLoopback(address))) {
            return;
        }
        PrivateAddresses.network(address).ifPresent(network -> {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER, what + ": expected an address on the internet, found "
                    + Addresses.shown(address) + " on " + network + ", which is refused");
        });
    }

    /**
     * Sends {@code request} and reads at most {@code limit} bytes of the response. Returns the last response, also if it
     * is an error.
     *
     * @param deadline the time at which to give up
     * @throws RemoteException if there is no complete response
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

    /** Returns {@code longest} or the time until {@code deadline}, whichever is shorter, but at least 100 ms. */
    private static Duration within(Duration longest, Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        Duration least = Duration.ofMillis(100);
        return left.compareTo(longest) > 0 ? longest : left.compareTo(least) < 0 ? least : left;
    }

    /**
     * Runs {@link #exchange} in a separate thread, so that an interrupt of this thread aborts it only after {@code
     * grace}.
     */
    private Answer unbroken(HttpRequest request, long limit, Instant deadline, Duration grace)
            throws IOException, InterruptedException {
        FutureTask<Answer> task = new FutureTask<>(() -> exchange(request, limit, deadline));
        Thread sender = Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } catch (InterruptedException e) {
            try {
                return task.get(grace.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Returns or throws the exception of a task. */
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
        return new RemoteException(late ? Reason.TIMED_OUT : Reason.UNREACHABLE,
                address.getHost() + " did not answer " + address.getPath()
                        + (late ? " within the time allowed: " : ": ") + said
                        + (harmless ? "" : "; it is unknown whether it started the prediction")
                        + (late ? "; allow more time or try again later" : "; check the network and try again"),
                cause);
    }

    /** Waits. Throws if the wait would end after {@code deadline}. */
    void pause(Duration wait, Instant deadline, String what) {
        if (Instant.now().plus(wait).isAfter(deadline)) {
            throw new RemoteException(Reason.TIMED_OUT,
                    "waiting for " + what + " would take longer than allowed; allow more time or try again later");
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
