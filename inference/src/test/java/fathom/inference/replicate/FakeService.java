package fathom.inference.replicate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A local service with scripted responses, one queue of responses per request line, as {@code "GET /v1/x"}; the
 * last answer of a queue repeats. The requests are recorded.
 */
final class FakeService implements AutoCloseable {
    /**
     * An answer, given after {@code delay}, its body byte by byte with {@code pace} between two unless that is zero; a negative
     * {@code length} states the body's true length.
     */
    record Answer(int status, Map<String, String> headers, byte[] body, int length, Duration delay, Duration pace) {
        Answer(int status, Map<String, String> headers, byte[] body, int length) {
            this(status, headers, body, length, Duration.ZERO, Duration.ZERO);
        }

        Answer after(Duration delay) {
            return new Answer(status, headers, body, length, delay, pace);
        }

        Answer dripping(Duration pace) {
            return new Answer(status, headers, body, length, delay, pace);
        }

        static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8),
                    -1);
        }

        static Answer file(byte[] body) {
            return new Answer(200, Map.of("Content-Type", "image/png"), body, -1);
        }

        Answer with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body, length, delay, pace);
        }
    }

    /** A received request; names of headers are in lower case. */
    record Request(String line, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private final ServerSocket socket;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    FakeService() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1/");
    }

    String address(String path) {
        return endpoint().resolve(path).toString();
    }

    FakeService on(String line, Answer... inTurn) {
        answers.put(line, new ArrayDeque<>(List.of(inTurn)));
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String line) {
        return requests().stream().filter(request -> request.line().equals(line)).toList();
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            Request request = read(in);
            requests.add(request);
            Answer answer = next(request.line());
            Thread.sleep(answer.delay());
            if (answer.status() == 0) {
                return; // closes the connection without a response
            }
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " X\r\nConnection: close\r\n");
            answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(answer.length() < 0 ? answer.body().length : answer.length());
            out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            if (answer.pace().isZero()) {
                out.write(answer.body());
                return;
            }
            for (byte single : answer.body()) {
                out.write(single);
                out.flush();
                Thread.sleep(answer.pace());
            }
        } catch (SocketException | InterruptedException e) {
            // the client disconnected, or the service stops
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer next(String line) {
        Queue<Answer> queue = answers.get(line);
        if (queue == null) {
            return Answer.json(404,
                    "{\"title\": \"Not found\", \"detail\": \"no answer for " + line + "\", \"status\": 404}");
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0] + " " + first[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
