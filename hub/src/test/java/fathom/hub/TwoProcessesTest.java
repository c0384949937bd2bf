package fathom.hub;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two programs that pull the same model at the same time into the same cache. */
@Timeout(60)
class TwoProcessesTest {
    private static final int LONGEST_SECONDS = 40;

    @TempDir
    Path folder;

    /** A program that pulls {@code owner/model} from the hub at its first argument into the folder of its second. */
    static final class Puller {
        private Puller() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[1]);
            HubSettings settings = new HubSettings(URI.create(arguments[0]), Optional.empty(), folder.resolve("hub"),
                    folder.resolve("downloads"), false, true, Duration.ofSeconds(LONGEST_SECONDS),
                    Duration.ofSeconds(LONGEST_SECONDS));
            try (Hub hub = new Hub(settings)) {
                HubSnapshot snapshot = hub.fetch(HubReference.Repository.of("owner", "model"),
                        new RequestedFiles.Checkpoint(SomeRules.RULES), HubListener.silent());
                System.out.print(snapshot.folder() + " " + snapshot.files().size());
            }
        }
    }

    private Process start(FakeHub server, String name) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath(),
                Puller.class.getName(), server.endpoint().toString(), folder.toString()).redirectErrorStream(true)
                .redirectOutput(output(name).toFile()).start();
    }

    private Path output(String name) {
        return folder.resolve(name + ".txt");
    }

    /** Returns the class path or module path of this virtual machine. */
    private static String classPath() {
        Path own = Path.of(URI.create(String.valueOf(TwoProcessesTest.class.getResource("TwoProcessesTest.class"))));
        List<String> path = new ArrayList<>(List.of(String.valueOf(own.resolve("../../../..").normalize())));
        for (String property : List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
            path.add(System.getProperty(property, ""));
        }
        path.removeIf(String::isEmpty);
        return String.join(File.pathSeparator, path);
    }

    @Test
    void eachFileIsDownloadedOnceAndBothSucceed() throws Exception {
        try (FakeHub server = new FakeHub()) {
            byte[] content = server.content("model.safetensors");
            // The weights arrive only after both programs have requested them.
            server.script("GET " + server.storePath("model.safetensors"), exchange -> {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
                while (server.count("HEAD", FakeHub.resolvePath("model.safetensors")) < 2 && System.nanoTime() < end) {
                    pause();
                }
                FakeHub.instead(content).answer(exchange);
            });
            Process one = start(server, "one");
            Process two = start(server, "two");
            String expected = folder.resolve("hub/models--owner--model/snapshots").resolve(FakeHub.COMMIT) + " 3";
            for (Process process : List.of(one, two)) {
                assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            for (String name : List.of("one", "two")) {
                assertThat(Files.readString(output(name), StandardCharsets.UTF_8)).isEqualTo(expected);
            }
            assertThat(server.count("HEAD", FakeHub.resolvePath("model.safetensors"))).isEqualTo(2);
            assertThat(server.count("GET", server.storePath("model.safetensors"))).isEqualTo(1);
            for (String small : List.of("config.json", "preprocessor_config.json")) {
                assertThat(server.count("GET", "/api/resolve-cache/models/owner/model/" + FakeHub.COMMIT + "/" + small))
                        .as(small).isEqualTo(1);
            }
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files).noneMatch(file -> file.toString().matches(".*\\.(incomplete|tmp|fathom)"));
            }
            assertThat(folder.resolve("hub/models--owner--model/snapshots").resolve(FakeHub.COMMIT)
                    .resolve("model.safetensors")).hasBinaryContent(content);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
