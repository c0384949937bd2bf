package fathom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import fathom.cli.console.Console;
import fathom.datasets.Datasets;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.server.AppOptions;
import fathom.server.AppServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The cases of the store and of the server. */
@Timeout(120)
class StoreCasesTest {
    private static final int PATIENCE_MILLIS = 10_000;

    @TempDir
    Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    static Path pairs(Path pairs) throws IOException {
        Files.createDirectories(pairs.resolve("rgb"));
        Files.createDirectories(pairs.resolve("depth"));
        for (int i = 0; i < 3; i++) {
            float[] depth = new float[48];
            Arrays.fill(depth, 1000 + i);
            Png.writeRgb(pairs.resolve("rgb/" + i + ".png"), RgbImage.allocate(6, 8));
            Png.writeGray16(pairs.resolve("depth/" + i + ".png"), Plane.wrap(depth, 6, 8));
        }
        return pairs;
    }

    private CommandLineRun importing(String source, String name) {
        return new CommandLineRun(home()).run("datasets", "import", "pairs", source, "--name", name);
    }

    /** Case {@code "robustness/imports-of-one-name"}. */
    @Test
    void losersOfARaceForOneNameGetExists() throws Exception {
        String source = pairs(folder.resolve("pairs")).toString();
        for (int round = 0; round < 4; round++) {
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<CommandLineRun>> runs = new ArrayList<>();
                for (String name : List.of("d" + round, "D" + round, "d" + round)) {
                    runs.add(threads.submit(() -> importing(source, name)));
                }
                List<Integer> codes = new ArrayList<>();
                for (Future<CommandLineRun> run : runs) {
                    codes.add(run.get().code());
                    if (run.get().code() != 0) {
                        assertThat(run.get().err()).contains("a dataset of that name exists already").hasLineCount(1);
                    }
                }
                assertThat(codes).containsExactlyInAnyOrder(0, 4, 4);
            }
        }
        assertThat(Datasets.at(home()).list()).hasSize(4);
    }

    @Test
    void damagedDatasetIsListedNextToTheOthersAndDeleted() throws Exception {
        String source = pairs(folder.resolve("pairs")).toString();
        for (String name : List.of("a", "b", "c")) {
            assertThat(importing(source, name).code()).isZero();
        }
        Files.write(home().resolve("datasets/b/index.sqlite"), new byte[100]);
        CommandLineRun list = new CommandLineRun(home()).run("datasets", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out().lines()).anyMatch(line -> line.startsWith("a "))
                .anyMatch(line -> line.startsWith("b ") && line.contains("unreadable: dataset b"))
                .anyMatch(line -> line.startsWith("c "));
        CommandLineRun json = new CommandLineRun(home()).run("datasets", "list", "--json");
        assertThat(json.code()).isZero();
        assertThat(json.out()).containsPattern("\"name\"\\s*:\\s*\"b\"").contains("dataset b: ").contains("is damaged");
        CommandLineRun info = new CommandLineRun(home()).run("datasets", "info", "b");
        assertThat(info.code()).isEqualTo(3);
        assertThat(info.err()).startsWith("fathom: dataset b: ").hasLineCount(1);
        assertThat(new CommandLineRun(home()).run("datasets", "info", "c").code()).isZero();
        assertThat(new CommandLineRun(home()).run("datasets", "delete", "b", "--yes").code()).isZero();
        assertThat(Datasets.at(home()).names()).containsExactly("a", "c");
    }

    @Test
    void leftoversOfKilledImportsAreRemovedByTheNextListing() throws Exception {
        assertThat(importing(pairs(folder.resolve("pairs")).toString(), "a").code()).isZero();
        Path datasets = home().resolve("datasets");
        Files.createDirectories(datasets.resolve(".new-b-0f8fad5b-d9cb-469f-a165-70867728950e/maps/p"));
        Files.writeString(datasets.resolve(".new-b-0f8fad5b-d9cb-469f-a165-70867728950e/writer.lock"),
                "process 4000000");
        Files.createDirectories(datasets.resolve(".deleted-c-7c9e6679-7425-40de-944b-e07fc1f90ae7/maps/p"));
        Path project = Files.createDirectories(datasets.resolve(".new-project"));
        assertThat(new CommandLineRun(home()).run("datasets", "list").code()).isZero();
        try (Stream<Path> left = Files.list(datasets)) {
            assertThat(left.filter(Files::isDirectory)).containsExactlyInAnyOrder(datasets.resolve("a"), project);
        }
    }

    @Test
    void sceneWhoseNameCannotBeThatOfASampleFailsAlone() throws Exception {
        Path pairs = pairs(folder.resolve("pairs"));
        for (String kind : List.of("rgb", "depth")) {
            Files.copy(pairs.resolve(kind + "/0.png"), pairs.resolve(kind + "/a\tb.png"));
            Files.copy(pairs.resolve(kind + "/0.png"), pairs.resolve(kind + "/new\nline.png"));
        }
        CommandLineRun run = importing(pairs.toString(), "d");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.out()).contains("3 scenes imported, 2 skipped");
        assertThat(run.err()).contains("without control characters", "rename its files");
        assertThat(new CommandLineRun(home()).run("datasets", "info", "d").out()).contains("samples  3");
    }

    private static Socket send(AppServer server, String head) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String closing(AppServer server, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: close\r\n\r\n";
    }

    private static String api(AppServer server) {
        return "/api/datasets?" + server.url().substring(server.url().indexOf("token="));
    }

    /** Case {@code "robustness/half-open-connections"}. */
    @Test
    void halfRequestsDoNotStopTheServer() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (AppServer server = AppServer.start(AppOptions.of(Datasets.at(home())).withPort(0))) {
            for (int i = 0; i < 260; i++) {
                held.add(send(server, "GET / HTTP/1.1\r\nHost: localhost\r\nX"));
            }
            try (Socket socket = send(server, closing(server, api(server)))) {
                assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200 OK");
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    /** Case {@code "robustness/connection-close"}. */
    @Test
    void connectionIsClosedAfterTheAnswerIfTheRequestSaysSo() throws Exception {
        try (AppServer server = AppServer.start(AppOptions.of(Datasets.at(home())).withPort(0))) {
            for (String path : List.of(api(server), "/api/datasets", "/nix")) {
                try (Socket socket = send(server, closing(server, path))) {
                    // Returns at the end of the stream, and throws after the limit of the socket.
                    assertThat(socket.getInputStream().transferTo(OutputStream.nullOutputStream())).isPositive();
                }
            }
        }
    }

    @Test
    void errorsOfTheJavaMachineAreExplainedInOneLine() {
        StringWriter err = new StringWriter();
        PrintWriter full = new PrintWriter(new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void write(char[] text, int from, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        });
        int code = Main.run(
                new Console(full, new PrintWriter(err), new BufferedReader(new StringReader("")), false, Map.of()),
                "datasets", "list", "--json", "--home", home().toString());
        assertThat(code).isEqualTo(5);
        assertThat(err.toString()).startsWith("fathom: not enough memory").hasLineCount(1);
    }
}
