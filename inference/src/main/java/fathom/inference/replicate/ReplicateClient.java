package fathom.inference.replicate;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import fathom.inference.replicate.RemoteException.Reason;
import fathom.inference.replicate.RemotePrediction.Status;
import fathom.inference.replicate.Transport.Nature;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of Replicate's HTTP interface, according to its public reference: latest version of a model, files,
 * predictions. Safe for use by several threads. The access token is sent only to the service's own host.
 */
final class ReplicateClient implements AutoCloseable {
    /** The address of the service. */
    static final URI ENDPOINT = URI.create("https://api.replicate.com/v1/");

    /** Files up to this size travel inside the request; larger ones are uploaded first. */
    static final int MAX_DATA_URI = 256 << 10;

    private static final long MAX_ANSWER = 16L << 20;
    private static final long MAX_OUTPUT = 256L << 20;
    private static final Duration HELD_OPEN = Duration.ofSeconds(5);
    private static final Duration FIRST_POLL = Duration.ofMillis(500);
    private static final Duration MAX_POLL = Duration.ofSeconds(5);
    private static final Duration CANCELLING = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final RemoteListener listener;
    private final Transport transport;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    ReplicateClient(URI endpoint, String token, RemoteListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.transport = new Transport(endpoint, token);
    }

    /**
     * Returns the identifier of the latest version of a model, or {@code owner/name} for an official model whose
     * versions are not public.
     */
    String latestVersion(RemoteModel model, Instant deadline) {
        HttpRequest request = request("models/" + model.slug()).GET().build();
        JsonNode answer = json(request, Nature.REPEATABLE, deadline, model.toString());
        String version = answer.path("latest_version").path("id").asString("");
        if (version.matches("[0-9a-f]{64}")) {
            return version;
        }
        if (answer.path("is_official").asBoolean(false)) {
            return model.slug();
        }
        throw new RemoteException(Reason.NOT_FOUND,
                model + ": expected a model with a version, found none; name one as " + model + ":VERSION");
    }

    /**
     * Returns an address from which the service can read {@code content}: a data URI, or the address of an upload if the
     * content is large.
     */
    String address(byte[] content, String mediaType, String fileName, Instant deadline) {
        if (content.length <= MAX_DATA_URI) {
            return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(content);
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        String boundary = HexFormat.of().formatHex(random);
        ByteArrayOutputStream body = new ByteArrayOutputStream(content.length + 512);
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"content\"; filename=\""
                + fileName + "\"\r\nContent-Type: " + mediaType + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = request("files").header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
        String address = json(request, Nature.REPEATABLE, deadline, "the upload of " + fileName).path("urls")
                .path("get").asString("");
        try {
            transport.requireSecure(new URI(address), "address of the uploaded file");
        } catch (URISyntaxException e) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                    "address of the uploaded file: expected an https address, found " + LogSanitizer.line(address), e);
        }
        return address;
    }

    /**
     * Starts a prediction and waits until it ends. The prediction is cancelled by an interrupt, by {@link #cancelAll},
     * and by any failure while waiting, so that no abandoned prediction is billed.
     *
     * @param timeout the time allowed, which ends at {@code deadline}
     * @throws RemoteException unless the prediction succeeded
     */
    RemotePrediction predict(String version, ObjectNode input, Duration timeout, Instant deadline) {
        Instant start = Instant.now();
        ObjectNode body = JSON.createObjectNode().put("version", version).set("input", input);
        HttpRequest create = request("predictions").header("Content-Type", "application/json")
                .header("Prefer", "wait=" + HELD_OPEN.toSeconds())
                .header("Cancel-After", Math.max(5, timeout.toSeconds()) + "s")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        RemotePrediction prediction = RemotePrediction.of(json(create, Nature.STARTS_WORK, deadline, "the prediction"));
        underWay.add(prediction.id());
        try {
            Duration wait = FIRST_POLL;
            while (!prediction.isOver()) {
                listener.underWay(prediction.id(),
                        prediction.status() == Status.STARTING
                                ? RemoteListener.State.STARTING
                                : RemoteListener.State.RUNNING,
                        Duration.between(start, Instant.now()));
                transport.pause(wait, deadline, "prediction " + prediction.id());
                wait = Duration.ofMillis(Math.min(wait.toMillis() * 3 / 2, MAX_POLL.toMillis()));
                prediction = polled(prediction.id(), deadline);
            }
        } catch (RemoteException e) {
            cancel(prediction.id());
            throw e;
        } finally {
            underWay.remove(prediction.id());
        }
        return succeeded(prediction);
    }

    private RemotePrediction polled(String id, Instant deadline) {
        HttpRequest poll = request("predictions/" + id).GET().build();
        try {
            return RemotePrediction.of(json(poll, Nature.REPEATABLE, deadline, "prediction " + id));
        } catch (RemoteException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            throw new RemoteException(Reason.FAILED, "prediction " + id
                    + ": expected the service to know the prediction that it " + "started, found none (404); try again",
                    e);
        }
    }

    private static RemotePrediction succeeded(RemotePrediction prediction) {
        return switch (prediction.status()) {
            case SUCCEEDED -> prediction;
            case FAILED -> throw new RemoteException(Reason.FAILED, "prediction " + prediction.id() + " failed: "
                    + LogSanitizer.line(prediction.error()) + LogSanitizer.endOfLog(prediction.logs()));
            case CANCELED -> throw new RemoteException(Reason.FAILED, "prediction " + prediction.id()
                    + " was cancelled by the service; try again" + LogSanitizer.endOfLog(prediction.logs()));
            case STARTING, PROCESSING ->
                throw new IllegalStateException("prediction " + prediction.id() + ": expected it to be over");
        };
    }

    /** Cancels every prediction in progress. */
    void cancelAll() {
        Set.copyOf(underWay).forEach(this::cancel);
    }

    /** Asks the service to cancel a prediction. A failure of this request is only logged. */
    private void cancel(String id) {
        boolean interrupted = Thread.interrupted();
        try {
            HttpRequest request = request("predictions/" + id + "/cancel").POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            transport.send(request, Nature.REPEATABLE, MAX_ANSWER, Instant.now().plus(CANCELLING), () -> {});
        } catch (RemoteException e) {
            System.getLogger(ReplicateClient.class.getName()).log(System.Logger.Level.DEBUG,
                    "prediction " + id + " may still run", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Downloads a file of a prediction. The file is paid for, so an interrupt, before or during the download, takes
     * effect only after the file arrived or after some seconds.
     */
    byte[] download(URI address, Instant deadline) {
        transport.requireSecure(address, "output");
        transport.requirePublic(address, "output");
        Transport.Answer answer = transport.send(HttpRequest.newBuilder(address).GET().build(), Nature.PAID_ANSWER,
                MAX_OUTPUT, deadline, () -> {});
        if (answer.status() != 200) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER,
                    address + ": expected the output file, found status " + answer.status()
                            + (answer.status() >= 300 && answer.status() < 400
                                    ? "; redirections are not followed"
                                    : "; the service keeps outputs for an hour only"));
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", "application/json");
    }

    private JsonNode json(HttpRequest request, Nature nature, Instant deadline, String what) {
        Instant start = Instant.now();
        Transport.Answer answer = transport.send(request, nature, MAX_ANSWER, deadline,
                () -> listener.underWay("", RemoteListener.State.RATE_LIMITED, Duration.between(start, Instant.now())));
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JacksonException e) {
            body = JSON.missingNode();
        }
        if (answer.status() < 200 || answer.status() > 299) {
            throw ReplicateErrors.of(answer.status(), body, what);
        }
        if (!body.isObject()) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER, what + ": expected a JSON object from "
                    + request.uri().getHost() + ", found something else in " + answer.body().length + " bytes");
        }
        return body;
    }

    /** Converts inputs given as text: numbers, true and false become JSON values of that type, the rest text. */
    static ObjectNode inputs(Map<String, String> texts) {
        ObjectNode input = JSON.createObjectNode();
        texts.forEach((name, text) -> {
            if (text.matches("-?(0|[1-9]\\d{0,17})")) {
                input.put(name, Long.parseLong(text));
            } else if (text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,3})?")) {
                input.put(name, Double.parseDouble(text));
            } else if (text.equals("true") || text.equals("false")) {
                input.put(name, text.equals("true"));
            } else {
                input.put(name, text);
            }
        });
        return input;
    }

    @Override
    public void close() {
        cancelAll();
        transport.close();
    }
}
