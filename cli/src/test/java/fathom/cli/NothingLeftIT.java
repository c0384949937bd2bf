package fathom.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import fathom.formats.png.Png;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.ModelSource;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Checks the promise of the README that nothing is sent and nothing is left behind. Commands run as separate processes with
 * an empty home, empty XDG folders, an empty temporary folder and an empty working folder. Afterwards files exist only in
 * FATHOM_HOME, in FATHOM_CACHE and in the output folder, and the process has opened only the sockets that its command needs.
 *
 * <p>The environment contains only these folders: ONNX Runtime disables its telemetry itself if it finds the environment
 * variables of a build server, and the test would then pass for the wrong reason.
 */
@Timeout(1200)
class NothingLeftIT {
    private static final int TIMEOUT_SECONDS = 480;
    private static final List<String> XDG = List.of("CACHE", "CONFIG", "DATA", "STATE");

    @TempDir
    Path folder;

    private Path machine;
    private Path output;
    private final Map<Process, Sockets> sockets = new HashMap<>();
    private boolean folderVariables;

    @BeforeAll
    static void requireProc() {
        assumeTrue(Sockets.canBeSeen(),
                "SKIPPED: no /proc here, so the sockets of a process cannot be seen; that nothing "
                        + "is sent and nothing is left behind is not tested");
    }

    @BeforeEach
    void makeMachine() throws IOException {
        machine = folder.resolve("machine");
        output = folder.resolve("output");
        folderVariables = true;
        for (String empty : List.of("home", "tmp", "work")) {
            Files.createDirectories(machine.resolve(empty));
        }
        for (String name : XDG) {
            Files.createDirectories(xdg(name));
        }
    }

    private Path xdg(String name) {
        return machine.resolve("xdg-" + name.toLowerCase(Locale.ROOT));
    }

    private Path fathomHome() {
        return folderVariables ? machine.resolve("fathom-home") : xdg("DATA").resolve("fathom");
    }

    private Path fathomCache() {
        return folderVariables ? machine.resolve("fathom-cache") : xdg("CACHE").resolve("fathom");
    }

    /** The result of a finished process. */
    private record Ended(int code, String output, Set<String> sockets, long pid) {}

    private Process start(List<String> program, Map<String, String> variables, String... words) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(machine.resolve("work").toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("TMPDIR", machine.resolve("tmp").toString());
        XDG.forEach(name -> environment.put("XDG_" + name + "_HOME", xdg(name).toString()));
        if (folderVariables) {
            environment.put("FATHOM_HOME", fathomHome().toString());
            environment.put("FATHOM_CACHE", fathomCache().toString());
        }
        environment.putAll(variables);
        Process process = builder.start();
        sockets.put(process, Sockets.of(process));
        return process;
    }

    /** Returns the command that starts the program with `java -cp`, without the environment of the launcher. */
    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(properties());
        command.addAll(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-cp",
                Path.of("target", "fathom", "lib").toAbsolutePath() + "/*", "fathom.cli.Main"));
        return command;
    }

    /** Sets the system properties of the home and temporary folders: Java does not read HOME and TMPDIR. */
    private List<String> properties() {
        return List.of("-Duser.home=" + machine.resolve("home"), "-Djava.io.tmpdir=" + machine.resolve("tmp"));
    }

    private Ended ended(Process process) throws Exception {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), text(), Objects.requireNonNull(sockets.get(process)).seen(),
                process.pid());
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
    }

    private Ended run(String... words) throws Exception {
        Ended ended = ended(start(java(), Map.of(), words));
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended;
    }

    private void assertNothingElse(Ended ended) throws IOException {
        assertThat(ended.sockets()).as("sockets").isEmpty();
        assertNoOtherFiles(ended.pid());
    }

    /** Requires that the process left only its datasets, its cache and its output. */
    private void assertNoOtherFiles(long pid) throws IOException {
        Set<Path> expected = new TreeSet<>(List.of(machine, machine.resolve("home"), machine.resolve("tmp"),
                machine.resolve("work"), fathomHome(), fathomCache()));
        XDG.forEach(name -> expected.add(xdg(name)));
        List<Path> others;
        try (Stream<Path> all = Files.walk(machine)) {
            others = all.filter(path -> !path.startsWith(fathomHome()) && !path.startsWith(fathomCache())
                    && !expected.contains(path)).toList();
        }
        assertThat(others).as("left behind").isEmpty();
        assertThat(namedAfter(pid)).as("left behind in the system's folders, named after the process").isEmpty();
    }

    /** Returns the files in the system's temporary folders whose names contain a process id. */
    private static List<Path> namedAfter(long pid) throws IOException {
        Pattern name = Pattern.compile("(.*\\D)?" + pid + "(\\D.*)?");
        List<Path> found = new ArrayList<>();
        for (Path temporary : List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"))) {
            if (!Files.isDirectory(temporary)) {
                continue;
            }
            try (Stream<Path> files = Files.list(temporary)) {
                for (Path file : files.toList()) {
                    String own = file.getFileName().toString();
                    if (name.matcher(own).matches()) {
                        found.add(file);
                    }
                    if (own.startsWith("hsperfdata_") && Files.exists(file.resolve(Long.toString(pid)))) {
                        found.add(file.resolve(Long.toString(pid)));
                    }
                }
            }
        }
        return found;
    }

    private Path pictures(int count) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pairs/rgb"));
        Files.createDirectories(folder.resolve("pairs/depth"));
        for (int i = 0; i < count; i++) {
            String name = "%03d.png".formatted(i);
            byte[] pixels = new byte[48 * 64 * 3];
            new Random(i).nextBytes(pixels);
            Png.writeRgb(pictures.resolve(name), RgbImage.wrap(pixels, 48, 64));
            float[] depth = new float[48 * 64];
            Arrays.fill(depth, 1000 + i);
            Png.writeGray16(folder.resolve("pairs/depth").resolve(name), Plane.wrap(depth, 48, 64));
        }
        return pictures;
    }

    private Path model() throws IOException {
        return Files.write(folder.resolve("model.onnx"), ((ModelSource.Packaged) Catalogue.locate("fastdepth")).read());
    }

    @Test
    void predictLeavesOnlyItsOutput() throws Exception {
        Ended ended = run("predict", pictures(2).toString(), "--format", "npy", "--out", output.toString());
        assertNothingElse(ended);
        assertThat(output.resolve("000.npy")).exists();
        assertThat(fathomHome()).doesNotExist();
        assertThat(fathomCache().resolve("onnxruntime")).isDirectory();
    }

    @Test
    void launcherLeavesNoFilesOfTheJvmForItsTools() throws Exception {
        Path launcher = Path.of("..", "fathom").toAbsolutePath().normalize();
        Process process = start(List.of(launcher.toString()), Map.of("JAVA_HOME", System.getProperty("java.home"),
                "JDK_JAVA_OPTIONS", String.join(" ", properties())), "predict", pictures(1).toString(), "--out",
                output.toString());
        Ended ended = ended(process);
        assertThat(ended.code()).as(ended.output()).isZero();
        assertNothingElse(ended);
    }

    @Test
    void interruptedOrKilledApplyLeavesOnlyTheDataset() throws Exception {
        pictures(40);
        assertNothingElse(run("datasets", "import", "pairs", folder.resolve("pairs").toString(), "--name", "d"));
        String[] apply = {"apply", "d", "--model", model().toString(), "--field", "f"};
        Process interrupted = start(java(), Map.of(), apply);
        awaitRuntime(interrupted);
        new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid())).start().waitFor();
        assertNothingElse(ended(interrupted));

        Process killed = start(java(), Map.of(), "apply", "d", "--model", model().toString(), "--field", "g");
        awaitRuntime(killed);
        killed.destroyForcibly();
        Ended ended = ended(killed);
        assertThat(ended.sockets()).isEmpty();
        // A killed JVM leaves a file for monitoring tools; the launcher disables this file.
        Files.deleteIfExists(
                Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"), Long.toString(ended.pid())));
        assertNoOtherFiles(ended.pid());

        assertNothingElse(run(apply));
        assertThat(text()).contains("0 failed");
    }

    /**
     * Waits until the process has loaded ONNX Runtime: its libraries are mapped from the cache folder, and the empty folder
     * that the Java binding creates in the temporary folder while loading them is deleted.
     */
    private void awaitRuntime(Process process) throws Exception {
        Path maps = Path.of("/proc", Long.toString(process.pid()), "maps");
        String libraries = fathomCache().resolve("onnxruntime").toString();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (process.isAlive() && System.nanoTime() < end
                && !(Files.readString(maps).contains(libraries) && isEmpty(machine.resolve("tmp")))) {
            Thread.sleep(5);
        }
        assertThat(process.isAlive()).as(text()).isTrue();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    @Test
    void quickstartUsesThePlatformsFolders() throws Exception {
        folderVariables = false;
        Files.createDirectories(output);
        assertNothingElse(run("quickstart", "--no-serve", "--count", "2"));
        assertThat(fathomHome().resolve("datasets/quickstart")).isDirectory();
        assertThat(fathomCache().resolve("sqlite")).isDirectory();
        Ended figure = run("figure", "quickstart", "--out", output.resolve("figure.png").toString());
        assertNoOtherFiles(figure.pid());
        try (Stream<Path> files = Files.list(fathomHome())) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("cache");
        }
    }

    @Test
    void quickstartListensOnLoopbackOnly() throws Exception {
        Process process = start(java(), Map.of(), "quickstart", "--count", "1", "--no-open");
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (process.isAlive() && System.nanoTime() < limit && !text().contains("http://")) {
            Thread.sleep(20);
        }
        pause(200);
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        Ended ended = ended(process);
        assertThat(ended.output()).contains("http://");
        // 127.0.0.1 as the kernel prints it, in IPv4 and IPv6; a listening socket has no remote end.
        assertThat(ended.sockets()).isNotEmpty().allMatch(
                socket -> socket.matches("tcp6? (0100007F|0000000000000000FFFF00000100007F):[0-9A-F]{4} 0+:0000"));
        assertNoOtherFiles(ended.pid());
    }

    @Test
    void benchLeavesNothing() throws Exception {
        assertNothingElse(run("models", "bench", model().toString(), "--rounds", "1", "--threads", "1", "--no-int8"));
        assertThat(fathomHome()).doesNotExist();
    }

    @Test
    void pullByUrlConnectsOnlyToThatUrl() throws Exception {
        byte[] model = Files.readAllBytes(model());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean body = exchange.getRequestMethod().equals("GET");
            // Long enough for the watcher to see the connection.
            pause(200);
            exchange.sendResponseHeaders(200, body ? model.length : -1);
            if (body) {
                exchange.getResponseBody().write(model);
            }
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            Ended ended = run("models", "pull", "http://127.0.0.1:" + port + "/model.onnx");
            assertThat(ended.sockets()).isNotEmpty().allMatch(socket -> socket.endsWith(":%04X".formatted(port)));
            assertNoOtherFiles(ended.pid());
            assertThat(Path.of(ended.output().strip())).startsWith(fathomCache().resolve("downloads"))
                    .hasBinaryContent(model);
        } finally {
            server.stop(0);
        }
    }
}
