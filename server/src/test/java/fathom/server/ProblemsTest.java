package fathom.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import fathom.server.Problems.BadRequestException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the status codes of failures: an invalid request is 400, a defect of the program is 500. */
final class ProblemsTest {
    private static WebServer server;

    @BeforeAll
    static void start() {
        HttpRouting.Builder routing = HttpRouting.builder();
        Problems.register(routing);
        routing.get("/defect",
                (request, response) -> { throw new IllegalArgumentException("index: expected 0 to 5, found 6"); });
        routing.get("/mistake", (request, response) -> {
            throw new BadRequestException("side: expected 16 to 4096 pixels, found 5");
        });
        server = WebServer.builder().host("127.0.0.1").port(0).routing(routing).build().start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void defectIs500() throws Exception {
        HttpResponse<String> answer = get("/defect");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("IllegalArgumentException", "expected 0 to 5, found 6", "restart the App");
    }

    @Test
    void invalidRequestIs400() throws Exception {
        HttpResponse<String> answer = get("/mistake");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("found 5", "Reload the page.");
    }
}
