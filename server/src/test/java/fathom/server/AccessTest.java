package fathom.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class AccessTest {
    @TempDir
    private static Path folder;
    private static AppServer server;
    private static Client browser;

    @BeforeAll
    static void start() throws IOException {
        server = AppServer.start(AppOptions.of(Rooms.create(folder, "rooms", 2)).withPort(0));
        browser = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pageWithTokenSetsAnHttpOnlyCookie() {
        HttpResponse<byte[]> page = browser.get(server.url().substring(server.url().indexOf("/", 8)), "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Client.text(page)).contains("<div id=\"root\">");
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("HttpOnly")
                .contains("SameSite=Strict").startsWith("fathom-" + server.port() + "=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/datasets/rooms", "/assets/index.js", "/api/datasets", "/api/datasets/rooms",
            "/api/colormaps", "/api/datasets/rooms/samples/0000000000000000/image", "/no/such/thing"})
    void requestsWithoutTokenAreRejected(String path) {
        assertThat(browser.get(path, "").statusCode()).isEqualTo(401);
        assertThat(browser.get(path + "?token=guess", "").statusCode()).isEqualTo(401);
        assertThat(browser.get(path, browser.cookie() + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void rejectionsOfTheApiContainARemedy() {
        HttpResponse<byte[]> refusal = browser.get("/api/datasets", "");

        assertThat(Client.text(refusal)).contains("\"error\"").contains("\"remedy\"").doesNotContain("token=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:5151", "127.0.0.1.evil.example", "192.0.2.7",
            "localhost.evil", "", "[::2]", "127.0.0.1@evil.example"})
    void otherHostNamesAreRejected(String host) throws IOException {
        assertThat(raw("GET /api/datasets HTTP/1.1", "Host: " + host, "Cookie: " + browser.cookie()))
                .containsAnyOf(" 403 ", " 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.1:8080", "localhost:9999"})
    void loopbackNamesAreAcceptedOnAnyForwardedPort(String host) throws IOException {
        assertThat(raw("GET /api/datasets HTTP/1.1", "Host: " + host, "Cookie: " + browser.cookie())).contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:1", "http://localhost:1",
            "not an address"})
    void otherOriginsAreRejected(String origin) {
        HttpResponse<byte[]> answer = browser.get("/api/datasets", browser.cookie(), "Origin", origin);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void ownOriginIsAcceptedWithoutCorsHeaders() {
        String own = "http://127.0.0.1:" + server.port();
        HttpResponse<byte[]> answer = browser.get("/api/datasets", browser.cookie(), "Origin", own);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void picturesEmbeddedInOtherPagesAreRejected(String site) {
        HttpResponse<byte[]> answer = browser.get("/api/datasets", browser.cookie(), "Sec-Fetch-Site", site,
                "Sec-Fetch-Mode", "no-cors");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"})
    void onlyGetIsAllowed(String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/datasets"))
                .header("Cookie", browser.cookie()).method(method, HttpRequest.BodyPublishers.noBody()).build();

        assertThat(browser.send(request).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/datasets", "/api/datasets/none", "/assets/none.js"})
    void everyResponseHasTheSecurityHeaders(String path) {
        HttpResponse<byte[]> answer = browser.get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/../index.html", "/assets/..%2Findex.html", "/assets/%2e%2e/%2e%2e/etc/passwd",
            "/assets/../../../../etc/passwd", "/assets//etc/passwd", "/api/datasets/..%2F..%2Fetc",
            "/api/datasets/rooms/samples/..%2F..%2Fmedia-rooms%2Froom0.jpg/image",
            "/api/datasets/rooms/samples/0000000000000000/maps/..%2Fgt"})
    void pathTraversalIsRejected(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1", "Cookie: " + browser.cookie());

        assertThat(answer).containsAnyOf(" 404 ", " 400 ");
    }

    @Test
    void responsesNeverContainTheToken() {
        String token = server.url().substring(server.url().indexOf("token=") + 6);

        for (String path : new String[]{"/", "/api/datasets", "/api/datasets/rooms", "/nothing"}) {
            assertThat(Client.text(browser.get(path))).doesNotContain(token);
        }
    }

    @Test
    void everyStartCreatesANewToken() throws IOException {
        try (AppServer other = AppServer.start(AppOptions.of(Rooms.create(folder.resolve("b"), "x", 1)).withPort(0))) {
            assertThat(other.url().substring(other.url().indexOf("token=")))
                    .isNotEqualTo(server.url().substring(server.url().indexOf("token=")));
        }
    }

    /** Sends exactly these lines; returns the status line of the response. */
    private static String raw(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return reader.readLine() + " ";
        }
    }
}
