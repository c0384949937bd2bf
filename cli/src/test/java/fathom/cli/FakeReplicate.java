package fathom.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fathom.cli.options.ModelChoice;
import fathom.formats.images.Images;
import fathom.raster.RgbImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A local service with the interface of Replicate, written from its public API reference. It accepts every model name, runs
 * a given function of the picture, and serves the resulting files. Pictures are sent as data URLs or by upload.
 */
final class FakeReplicate implements AutoCloseable {
    /** The newest version of every model, until {@link #newest} sets another. */
    static final String VERSION = "1a363593bc4882684fc58042d19db5e13a810e44e02f8d4c32afd1eb30464818";
    static final String TOKEN = "r8_test";

    /** A model: returns files for a picture. */
    interface Model {
        /** Returns PNG files in the order of the outputs. */
        List<byte[]> run(RgbImage picture) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Model model;
    private final IntUnaryOperator status;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> inputs = Collections.synchronizedList(new ArrayList<>());
    private final List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean neverReady;
    private volatile String newest = VERSION;

    /**
     * Starts the service.
     *
     * @param status the status code of the prediction with a number, from 1; 201 if it succeeds
     */
    FakeReplicate(Model model, IntUnaryOperator status) throws IOException {
        this.model = model;
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.setExecutor(threads);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    /** Keeps all further predictions in the state of a cold start. */
    void neverReady() {
        neverReady = true;
    }

    /** Sets the newest version of every model. */
    void newest(String version) {
        newest = version;
    }

    /** Returns the number of all requests. */
    int requests() {
        return requests.get();
    }

    /** Returns the environment variables that select this service. */
    Map<String, String> environment() {
        return Map.of("REPLICATE_API_TOKEN", TOKEN, ModelChoice.ENDPOINT_VARIABLE, address(""));
    }

    /** Returns the inputs of the requested predictions, without pictures. */
    List<JsonNode> inputs() {
        return List.copyOf(inputs);
    }

    /** Returns the ids of the cancelled predictions. */
    List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/" + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/v1/".length());
            String what = exchange.getRequestMethod() + " " + path.replaceAll("/.*", "");
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                json(exchange, 401, JsonMapper.shared().createObjectNode().put("detail", "Unauthenticated"));
                return;
            }
            switch (what) {
                case "GET models" -> json(exchange, 200, JsonMapper.shared().createObjectNode().set("latest_version",
                        JsonMapper.shared().createObjectNode().put("id", newest)));
                case "POST files" -> upload(exchange);
                case "GET files" -> file(exchange, path);
                case "POST predictions" -> {
                    if (path.endsWith("/cancel")) {
                        String id = path.split("/")[1];
                        cancelled.add(id);
                        json(exchange, 200, waiting.get(id).put("status", "canceled"));
                    } else {
                        predict(exchange);
                    }
                }
                case "GET predictions" -> json(exchange, 200, waiting.get(path.split("/")[1]));
                default -> json(exchange, 404, JsonMapper.shared().createObjectNode().put("detail", "no " + what));
            }
        }
    }

    private void predict(HttpExchange exchange) throws IOException {
        JsonNode asked = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
        int number = count.incrementAndGet();
        ObjectNode input = (ObjectNode) asked.get("input");
        String picture = input.remove("image").asString();
        inputs.add(input);
        int code = status.applyAsInt(number);
        if (code != 201) {
            json(exchange, code, JsonMapper.shared().createObjectNode().put("detail", "rejected by the test"));
            return;
        }
        String id = "p" + number;
        ObjectNode prediction = JsonMapper.shared().createObjectNode().put("id", id).put("logs", "")
                .put("version", asked.get("version").asString()).putNull("error");
        if (neverReady) {
            waiting.put(id, prediction.put("status", "starting").putNull("output"));
            json(exchange, 201, prediction);
            return;
        }
        byte[] bytes = picture.startsWith("data:")
                ? Base64.getDecoder().decode(picture.substring(picture.indexOf(',') + 1))
                : files.get(picture.substring(address("").length()));
        ArrayNode output = JsonMapper.shared().createArrayNode();
        for (byte[] file : model.run(Images.readRgb(bytes, "picture"))) {
            String name = "files/" + id + "-" + output.size() + ".png";
            files.put(name, file);
            output.add(address(name));
        }
        json(exchange, 201, prediction.put("status", "succeeded").set("output", output));
    }

    private void upload(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\r\n\r\n") + 4;
        int to = text.lastIndexOf("\r\n--");
        String name = "files/upload" + files.size() + ".png";
        files.put(name, text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1));
        json(exchange, 201, JsonMapper.shared().createObjectNode().set("urls",
                JsonMapper.shared().createObjectNode().put("get", address(name))));
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        byte[] bytes = files.get(path);
        exchange.getResponseHeaders().add("Content-Type", "image/png");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void json(HttpExchange exchange, int code, JsonNode node) throws IOException {
        byte[] bytes = node.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
