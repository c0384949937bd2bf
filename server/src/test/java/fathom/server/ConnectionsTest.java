package fathom.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.Datasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that do not behave like browsers. */
@Timeout(90)
final class ConnectionsTest {
    private static final int PATIENCE_MILLIS = 5000;

    @TempDir
    private Path folder;
    private AppServer server;
    private final List<Socket> held = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = AppServer.start(AppOptions.of(Datasets.at(folder)).withPort(0));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        server.close();
    }

    private Socket send(String head) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        held.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private String head(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
    }

    private String api() {
        return "/api/datasets?" + server.url().substring(server.url().indexOf("token="));
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"'',", "'G',", "'GET / HTTP/1.1',", "'GET / HTTP/1.1\r\nHost: localhost\r\nX',",
            "'GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n',"})
    void halfRequestsDoNotStopOthers(String half) throws IOException {
        for (int i = 0; i < Connections.MAX + 20; i++) {
            send(half == null ? "" : half);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(line(send(head(api(), "Connection: close")))).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void halfRequestIsClosedAfterALimit() throws IOException {
        Socket half = send("GET / HTTP/1.1\r\nHost: localhost\r\nX");
        Socket silent = send("");
        int limit = (int) Connections.MAX_WAIT.plus(Connections.CHECK.multipliedBy(3)).toMillis();
        half.setSoTimeout(limit);
        silent.setSoTimeout(limit);
        assertThat(ends(half)).isTrue();
        assertThat(ends(silent)).isTrue();
    }

    @Test
    void byteAfterByteIsHalfARequestToo() throws Exception {
        Socket slow = send("GET / HTTP/1.1\r\n");
        slow.setSoTimeout(1000);
        long limit = System.nanoTime() + Connections.MAX_WAIT.plus(Connections.CHECK.multipliedBy(3)).toNanos();
        boolean closed = false;
        while (!closed && System.nanoTime() < limit) {
            try {
                slow.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                closed = slow.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                closed = false;
            } catch (IOException e) {
                closed = true;
            }
        }
        assertThat(closed).isTrue();
    }

    @Test
    void connectionIsClosedOnRequest() throws IOException {
        String port = ":" + server.port();
        for (String head : List.of(head(api(), "Connection: close"), head("/api/datasets", "connection: Close"),
                head("/nowhere", "Connection: close"), head(api(), "Origin: http://evil.example", "Connection: close"),
                head(api(), "Connection: close").replace("127.0.0.1" + port, "evil.example"),
                head(api(), "Connection: close").replace("GET", "POST"))) {
            assertThat(ends(send(head))).as(head).isTrue();
        }
    }

    @Test
    void connectionStaysOpenWithoutRequestToClose() throws IOException {
        Socket socket = send(head(api()));
        assertThat(line(socket)).isEqualTo("HTTP/1.1 200 OK");
        socket.setSoTimeout(1000);
        assertThat(ends(socket)).isFalse();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(head("/api/datasets").getBytes(StandardCharsets.US_ASCII));
        assertThat(line(socket)).isEqualTo("HTTP/1.1 401 Unauthorized");
    }
}
