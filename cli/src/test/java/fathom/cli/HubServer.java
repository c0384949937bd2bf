package fathom.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small hub over a folder {@code owner/name/…}, with one commit of forty times {@code b}: lists files, redirects
 * weights to a store, and announces entity tags as the Hub does. A mirror only redirects.
 */
final class HubServer implements AutoCloseable {
    private static final String COMMIT = "b".repeat(40);
    private static final List<String> LARGE = List.of(".safetensors", ".bin", ".pth", ".onnx", ".onnx_data", ".pt");

    private final Path root;
    private final Optional<URI> target;
    private final boolean everything;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HubServer(Path root, Optional<URI> target, boolean everything) throws IOException {
        this.root = root;
        this.target = target;
        this.everything = everything;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static HubServer of(Path root) throws IOException {
        return new HubServer(root, Optional.empty(), false);
    }

    /** Returns a mirror that redirects every request, or those for files, to another host name of {@code target}. */
    static HubServer redirecting(URI target, Path root, boolean everything) throws IOException {
        return new HubServer(root, Optional.of(target), everything);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            List<String> parts = Stream.of(path.split("/")).filter(part -> !part.isEmpty())
                    .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8)).toList();
            if (target.isPresent() && (everything || parts.contains("resolve"))) {
                String place = "http://localhost:" + target.get().getPort() + exchange.getRequestURI();
                send(exchange, everything ? 308 : 302, Map.of("Location", place), new byte[0]);
            } else if (parts.subList(0, Math.min(2, parts.size())).equals(List.of("api", "models"))) {
                list(exchange, parts);
            } else if (parts.size() > 4 && parts.get(2).equals("resolve")) {
                file(exchange,
                        parts.getFirst() + "/" + parts.get(1) + "/" + String.join("/", parts.subList(4, parts.size())));
            } else if (parts.getFirst().equals("store")) {
                send(exchange, 200, Map.of(), Files.readAllBytes(root.resolve(path.substring("/store/".length()))));
            } else {
                send(exchange, 404, Map.of(), new byte[0]);
            }
        }
    }

    private void list(HttpExchange exchange, List<String> parts) throws IOException {
        Path repository = root.resolve(parts.get(2)).resolve(parts.get(3));
        String revision = parts.size() > 5 ? parts.get(5) : "main";
        if (!Files.isDirectory(repository)) {
            send(exchange, 401, Map.of("X-Error-Code", "RepoNotFound"), new byte[0]);
        } else if (!List.of("main", COMMIT, "refs/pr/1").contains(revision)) {
            send(exchange, 404, Map.of("X-Error-Code", "RevisionNotFound"), new byte[0]);
        } else {
            try (Stream<Path> files = Files.walk(repository)) {
                List<Map<String, String>> siblings = files.filter(Files::isRegularFile)
                        .map(file -> Map.of("rfilename", repository.relativize(file).toString())).toList();
                send(exchange, 200, Map.of("Content-Type", "application/json"),
                        JsonMapper.shared().writeValueAsBytes(Map.of("sha", COMMIT, "siblings", siblings)));
            }
        }
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.isRegularFile(file)) {
            send(exchange, 404, Map.of("X-Error-Code", "EntryNotFound", "X-Repo-Commit", COMMIT), new byte[0]);
            return;
        }
        byte[] content = Files.readAllBytes(file);
        if (LARGE.stream().anyMatch(name::endsWith)) {
            send(exchange, 302,
                    Map.of("X-Repo-Commit", COMMIT, "X-Linked-Etag", "\"" + hash("SHA-256", content) + "\"",
                            "X-Linked-Size", Integer.toString(content.length), "ETag", "\"other\"", "Location",
                            "/store/" + name),
                    new byte[0]);
            return;
        }
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] blob = new byte[head.length + content.length];
        System.arraycopy(head, 0, blob, 0, head.length);
        System.arraycopy(content, 0, blob, head.length, content.length);
        send(exchange, 200, Map.of("X-Repo-Commit", COMMIT, "ETag", "\"" + hash("SHA-1", blob) + "\""), content);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static void send(HttpExchange exchange, int code, Map<String, String> headers, byte[] body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(code, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
