package fathom.hub;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A Hub with one repository {@code owner/model} and a store on another port. It behaves like the real ones: small files
 * come from the Hub after a relative redirect, large ones from the store after a redirect to a signed address.
 */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** One response of the script that precedes the usual response to a path. */
    interface Scripted {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A received request. */
    record Seen(String server, String method, String path, @Nullable String authorization, @Nullable String range) {}

    private final HttpServer hub;
    private final HttpServer store;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> large = new LinkedHashMap<>();
    private final Map<String, Deque<Scripted>> scripts = new LinkedHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    volatile String commit = COMMIT;
    volatile boolean ranges = true;
    volatile @Nullable String requiredToken;

    FakeHub() throws IOException {
        hub = server("hub");
        store = server("store");
        file("config.json", "{\"model_type\":\"dpt\"}");
        file("preprocessor_config.json", "{\"size\":384}");
        file("README.md", "not needed");
        file("tf_model.h5", "not needed");
        file("pytorch_model.bin", "not needed");
        large("model.safetensors", bytes(700_000, 7));
    }

    static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    FakeHub file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    FakeHub large(String name, byte[] content) {
        files.put(name, content);
        large.put(sha256(content), content);
        return this;
    }

    FakeHub remove(String name) {
        files.remove(name);
        return this;
    }

    byte[] content(String name) {
        return files.get(name);
    }

    /** Adds responses that the next requests to {@code METHOD server-path} get first. */
    FakeHub script(String methodAndPath, Scripted... answers) {
        synchronized (scripts) {
            scripts.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).addAll(List.of(answers));
        }
        return this;
    }

    String storePath(String name) {
        return "/" + sha256(files.get(name));
    }

    static String resolvePath(String name) {
        return "/owner/model/resolve/" + COMMIT + "/" + name;
    }

    static final String LISTING = "/api/models/owner/model/revision/main";

    URI endpoint() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    List<Seen> seen() {
        return seen;
    }

    long count(String method, String path) {
        return seen.stream().filter(s -> s.method().equals(method) && s.path().equals(path)).count();
    }

    static Scripted status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Returns a response that announces the whole but sends {@code count} bytes and cuts the connection. */
    static Scripted cutAfter(byte[] content, int count) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            OutputStream body = exchange.getResponseBody();
            body.write(content, 0, count);
            body.flush();
            throw new IOException("cut");
        };
    }

    static Scripted instead(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        };
    }

    private HttpServer server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try {
                String path = exchange.getRequestURI().getPath();
                seen.add(new Seen(name, exchange.getRequestMethod(), path,
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Range")));
                Scripted next;
                synchronized (scripts) {
                    Deque<Scripted> answers = scripts.get(exchange.getRequestMethod() + " " + path);
                    next = answers == null ? null : answers.poll();
                }
                if (next != null) {
                    next.answer(exchange);
                } else if (name.equals("hub")) {
                    answerAsHub(exchange, path);
                } else {
                    answerAsStore(exchange, path);
                }
            } finally {
                exchange.close();
            }
        });
        server.start();
        return server;
    }

    private void answerAsHub(HttpExchange exchange, String asked) throws IOException {
        String path = asked.replace("/resolve/main/", "/resolve/" + commit + "/");
        String token = requiredToken;
        if (token != null && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            status(401, "X-Error-Code", "GatedRepo", "X-Error-Message", "Access to model owner/model is restricted.")
                    .answer(exchange);
            return;
        }
        if (path.equals("/api/models/owner/model/revision/main")
                || path.equals("/api/models/owner/model/revision/" + commit)) {
            byte[] json = listing().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            return;
        }
        String prefix = "/owner/model/resolve/" + commit + "/";
        String cached = "/api/resolve-cache/models/owner/model/" + commit + "/";
        if (path.startsWith(prefix) || path.startsWith(cached)) {
            String name = path.substring(path.startsWith(prefix) ? prefix.length() : cached.length());
            byte[] content = files.get(name);
            if (content == null) {
                status(404, "X-Error-Code", "EntryNotFound", "X-Repo-Commit", commit).answer(exchange);
            } else if (large.containsKey(sha256(content))) {
                status(302, "X-Repo-Commit", commit, "X-Linked-Etag", "\"" + sha256(content) + "\"", "X-Linked-Size",
                        Integer.toString(content.length), "Location", "http://localhost:" + store.getAddress().getPort()
                                + "/" + sha256(content) + "?Signature=secret")
                        .answer(exchange);
            } else if (path.startsWith(prefix)) {
                status(307, "X-Repo-Commit", commit, "Location", cached + name).answer(exchange);
            } else {
                exchange.getResponseHeaders().add("X-Repo-Commit", commit);
                exchange.getResponseHeaders().add("ETag", "W/\"" + gitSha1(content) + "\"");
                send(exchange, content);
            }
        } else if (path.startsWith("/api/models/owner/model/")) {
            status(404, "X-Error-Code", "RevisionNotFound").answer(exchange);
        } else if (path.startsWith("/api/models/")) {
            status(401, "X-Error-Code", "RepoNotFound", "X-Error-Message", "Repository not found").answer(exchange);
        } else {
            status(404).answer(exchange);
        }
    }

    private void answerAsStore(HttpExchange exchange, String path) throws IOException {
        byte[] content = large.get(path.substring(1));
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            status(400).answer(exchange);
        } else if (content == null) {
            status(404).answer(exchange);
        } else {
            send(exchange, content);
        }
    }

    private void send(HttpExchange exchange, byte[] content) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || !ranges) {
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
            return;
        }
        int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= content.length) {
            status(416).answer(exchange);
            return;
        }
        exchange.getResponseHeaders().add("Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        exchange.sendResponseHeaders(206, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private String listing() {
        StringBuilder json = new StringBuilder(
                "{\"sha\":\"" + commit + "\",\"cardData\":{\"license\":\"apache-2.0\"}," + "\"siblings\":[");
        files.forEach((name, content) -> json.append("{\"rfilename\":\"").append(name).append("\",\"size\":")
                .append(content.length).append("},"));
        json.setLength(json.length() - 1);
        return json.append("]}").toString();
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(content));
    }

    static String gitSha1(byte[] content) {
        MessageDigest digest = digest("SHA-1");
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
