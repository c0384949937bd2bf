package fathom.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of a running server that sends the token's cookie, like a browser, or omits it. */
final class Client {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String cookie;

    Client(AppServer server) {
        this.base = "http://127.0.0.1:" + server.port();
        this.cookie = get(server.url().substring(base.length()), "").headers().firstValue("Set-Cookie").orElseThrow()
                .split(";")[0];
    }

    String cookie() {
        return cookie;
    }

    HttpResponse<byte[]> get(String path) {
        return get(path, cookie);
    }

    /** Sends a GET request with a cookie, unless it is empty, and with further headers by name and value. */
    HttpResponse<byte[]> get(String path, String withCookie, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (!withCookie.isEmpty()) {
            request.header("Cookie", withCookie);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        return JsonMapper.shared().readTree(get(path).body());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static float[] floats(HttpResponse<byte[]> response) {
        ByteBuffer buffer = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[response.body().length / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return values;
    }
}
