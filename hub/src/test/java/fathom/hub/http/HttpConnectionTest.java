package fathom.hub.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpConnectionTest {
    private static final StallGuard.Limits PATIENT = new StallGuard.Limits(Duration.ofSeconds(20),
            Duration.ofSeconds(20));

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        server = started();
        other = started();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    private HttpServer started() throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange);
        });
        made.start();
        return made;
    }

    /** {@code /to?ADDRESS} redirects there, {@code /ring} to itself; {@code /drip} sends a byte now and then. */
    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            switch (exchange.getRequestURI().getPath()) {
                case "/to", "/ring" -> {
                    exchange.getResponseHeaders().set("Location", query == null ? "/ring" : query);
                    exchange.sendResponseHeaders(307, -1);
                }
                case "/drip" -> {
                    exchange.sendResponseHeaders(200, 100);
                    OutputStream body = exchange.getResponseBody();
                    for (int i = 0; i < 100; i++) {
                        body.write('x');
                        body.flush();
                        Thread.sleep(Long.parseLong(query));
                    }
                }
                default -> {
                    exchange.sendResponseHeaders(200, 4);
                    exchange.getResponseBody().write("body".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static URI address(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private HttpConnection connection() {
        return new HttpConnection(Duration.ofSeconds(10),
                Optional.of(new HttpConnection.Credential(address(server, "/"), "Bearer secret")));
    }

    private static HttpRequest get(URI address) {
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    }

    @Test
    void tokenIsSentToItsServerOnly() throws Exception {
        try (HttpConnection connection = connection()) {
            HttpResponse<InputStream> response = connection.send(get(address(server, "/to?" + address(other, "/x"))),
                    RedirectRule.ALWAYS);
            assertThat(Bodies.read(response.body(), 4, PATIENT, () -> false)).asString().isEqualTo("body");
        }
        assertThat(seen).containsExactly("GET /to?" + address(other, "/x") + " Bearer secret", "GET /x null");
    }

    @Test
    void tokenAddedByTheCallerIsNotSentToOtherServers() throws Exception {
        try (HttpConnection connection = connection()) {
            HttpRequest request = HttpRequest.newBuilder(address(other, "/x")).header("authorization", "mine").build();
            HttpConnection.closeQuietly(connection.send(request, RedirectRule.ALWAYS).body());
        }
        assertThat(seen).containsExactly("GET /x null");
    }

    @Test
    void redirectLoopEnds() {
        try (HttpConnection connection = connection()) {
            assertThatThrownBy(() -> connection.send(get(address(server, "/ring")), RedirectRule.ALWAYS))
                    .isInstanceOf(RedirectException.class).hasMessageContaining("more than 10 redirects");
        }
        assertThat(seen).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org/x", "file:///etc/passwd", "http:///x", "mailto:a@example.org"})
    void redirectsToOtherSchemesAreRejected(String target) {
        try (HttpConnection connection = connection()) {
            assertThatThrownBy(() -> connection.send(get(address(server, "/to?" + target)), RedirectRule.ALWAYS))
                    .isInstanceOf(RedirectException.class).hasMessageContaining("127.0.0.1 leads to something");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEVER", "RULE", "POST"})
    void redirectsThatAreNotFollowedAreReturned(String why) throws Exception {
        URI address = address(server, "/to?" + address(other, "/x"));
        HttpRequest request = why.equals("POST")
                ? HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString("paid work")).build()
                : get(address);
        RedirectRule rule = switch (why) {
            case "NEVER" -> RedirectRule.NEVER;
            case "RULE" -> (response, next) -> Addresses.isSameServer(response.uri(), next);
            default -> RedirectRule.ALWAYS;
        };
        try (HttpConnection connection = connection()) {
            HttpResponse<InputStream> response = connection.send(request, rule);
            HttpConnection.closeQuietly(response.body());
            assertThat(response.statusCode()).isEqualTo(307);
        }
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2000, 300, 20000, silent for 0.3 s", "50, 20000, 1000, did not end within 1 s"})
    void silentAndSlowBodiesTimeOut(String pause, long silence, long whole, String message) throws Exception {
        try (HttpConnection connection = connection()) {
            HttpResponse<InputStream> response = connection.send(get(address(server, "/drip?" + pause)),
                    RedirectRule.NEVER);
            StallGuard.Limits limits = new StallGuard.Limits(Duration.ofMillis(silence), Duration.ofMillis(whole));
            assertThatThrownBy(() -> Bodies.read(response.body(), 1000, limits, () -> false))
                    .isInstanceOf(HttpTimeoutException.class).hasMessageContaining(message);
        }
    }

    @Test
    void interruptEndsTheReadingOfABody() throws Exception {
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        try (HttpConnection connection = connection()) {
            HttpResponse<InputStream> response = connection.send(get(address(server, "/drip?500")), RedirectRule.NEVER);
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    Bodies.read(response.body(), 1000, PATIENT, () -> false);
                } catch (IOException | InterruptedException e) {
                    thrown.add(e);
                }
            });
            Thread.sleep(200);
            reader.interrupt();
            assertThat(reader.join(Duration.ofSeconds(3))).as("ended soon").isTrue();
        }
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    void bodiesAreBounded() throws Exception {
        try (HttpConnection connection = connection()) {
            HttpResponse<InputStream> response = connection.send(get(address(server, "/x")), RedirectRule.NEVER);
            assertThatThrownBy(() -> Bodies.read(response.body(), 3, PATIENT, () -> false))
                    .isInstanceOf(Bodies.TooLongException.class).hasMessageContaining("at most 3 bytes");
        }
    }

    @Test
    void addressesAreComparedByServerAndShownWithoutSecrets() {
        assertThat(Addresses.isSameServer(URI.create("https://A.example/x"), URI.create("HTTPS://a.example:443/y")))
                .isTrue();
        assertThat(Addresses.isSameServer(URI.create("https://a.example/x"), URI.create("http://a.example/x")))
                .isFalse();
        assertThat(Addresses.isSameServer(URI.create("https://a.example/x"), URI.create("https://a.example:8/x")))
                .isFalse();
        assertThat(Addresses.shown(URI.create("https://user:pw@host.example:8/a/b?sig=secret#x")))
                .isEqualTo("https://host.example:8/a/b");
        assertThat(new HttpConnection.Credential(URI.create("https://a.example"), "Bearer secret").toString())
                .doesNotContain("secret");
    }
}
