package fathom.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

/**
 * The connections of the server. A connection waits from its start, or from the end of a response, until the head of a
 * request is complete; one that waits for longer than {@link #MAX_WAIT} is closed. If {@value #MAX} connections are open, a
 * new one replaces the one that has waited longest, so that clients that send half a request cannot stop the others.
 * A connection is closed after the response if the request asks for it: Helidon answers {@code Connection: close}, but leaves
 * the connection of a request without a body open. Thread-safe.
 */
final class Connections implements ServerConnectionSelector, Filter {
    /** The longest time without a complete head. */
    static final Duration MAX_WAIT = Duration.ofSeconds(15);
    /** How often waiting connections are checked. */
    static final Duration CHECK = Duration.ofSeconds(2);
    static final int MAX = 256;
    /** A response takes less; a client that does not read it can be replaced after this time. */
    private static final Duration MAX_RESPONSE = Duration.ofSeconds(60);

    /** The connection of the current thread, which handles all its requests. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private final ServerConnectionSelector http = Http1ConnectionSelector.builder().config(Http1Config.create())
            .build();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public synchronized ServerConnection connection(ConnectionContext context) {
        if (open.size() >= MAX) {
            Connection replaced = oldest(each -> !each.answering)
                    .or(() -> oldest(each -> each.age().compareTo(MAX_RESPONSE) > 0))
                    .orElseThrow(() -> new CloseConnectionException("all connections are in use"));
            open.remove(replaced);
            replaced.close(true);
        }
        Connection connection = new Connection(http.connection(context));
        open.add(connection);
        return connection;
    }

    private Optional<Connection> oldest(Predicate<Connection> condition) {
        return open.stream().filter(condition).max(Comparator.comparing(Connection::age));
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Connection connection = CURRENT.get();
        if (connection == null) {
            throw new IllegalStateException("expected the thread of a connection");
        }
        connection.begin(true);
        try {
            if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
                connection.http.close(false);
            }
            chain.proceed();
        } finally {
            connection.begin(false);
        }
    }

    /** A connection that waits for a request, or answers one. */
    private final class Connection implements ServerConnection {
        private final ServerConnection http;
        private volatile boolean answering;
        private volatile long since = System.nanoTime();

        private Connection(ServerConnection http) {
            this.http = http;
        }

        private void begin(boolean isAnswering) {
            answering = isAnswering;
            since = System.nanoTime();
        }

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            CURRENT.set(this);
            try {
                http.handle(limit);
            } finally {
                CURRENT.remove();
                open.remove(this);
            }
        }

        @Override
        public Duration idleTime() {
            return answering ? Duration.ZERO : age();
        }

        @Override
        public void close(boolean interrupt) {
            // Helidon interrupts reading of the first line only; the rest of the head counts as waiting too.
            http.close(interrupt || !answering);
        }
    }
}
