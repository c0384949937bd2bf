package fathom.engine.onnxruntime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Telemetry is off in a process whose environment does not switch it off. The processes start without the variable; those that load the
 * runtime before Fathom does carry the one of a build server, with which the runtime keeps its telemetry off by itself.
 */
class TelemetryTest {
    private static final int LONGEST_SECONDS = 120;

    @TempDir
    Path folder;

    /** A program that opens the engine, after other code loaded the runtime if there is an argument. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            if (arguments.length > 0) {
                OrtEnvironment.getEnvironment();
            }
            try {
                OnnxRuntimeEngine.instance();
                System.out.print("opened; java sees " + System.getenv(Telemetry.VARIABLE) + ", native code "
                        + Telemetry.isSwitchedOff());
            } catch (UncheckedIOException e) {
                System.out.print(e.getCause().getMessage());
            }
        }
    }

    private String run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "-Duser.home=" + folder.resolve("home"), "-Djava.io.tmpdir=" + folder.resolve("tmp"), "-cp",
                        classPath(), Program.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("work")).toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("HOME", Files.createDirectories(folder.resolve("home")).toString(), "TMPDIR",
                        Files.createDirectories(folder.resolve("tmp")).toString(), "FATHOM_CACHE",
                        folder.resolve("cache").toString()));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** Returns the class path or module path of this virtual machine. */
    private static String classPath() {
        Path own = Path.of(URI.create(String.valueOf(TelemetryTest.class.getResource("TelemetryTest.class"))));
        List<String> path = new ArrayList<>(List.of(own.resolve("../../../..").normalize().toString()));
        for (String property : List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
            path.add(System.getProperty(property, ""));
        }
        path.removeIf(String::isEmpty);
        return String.join(File.pathSeparator, path);
    }

    private void assertNothingIsStored() throws IOException {
        for (String empty : List.of("home", "tmp", "work")) {
            try (Stream<Path> files = Files.walk(folder.resolve(empty))) {
                assertThat(files.filter(Files::isRegularFile)).as(empty).isEmpty();
            }
        }
    }

    @Test
    void theEngineSwitchesItOffBeforeItLoadsTheRuntime() throws Exception {
        assertThat(run(Map.of())).isEqualTo("opened; java sees null, native code true");
        assertNothingIsStored();
    }

    @Test
    void enabledTelemetryInTheEnvironmentIsOverridden() throws Exception {
        assertThat(run(Map.of(Telemetry.VARIABLE, "0"))).isEqualTo("opened; java sees 0, native code true");
        assertNothingIsStored();
    }

    @Test
    void runtimeLoadedWithTelemetryOnIsRejected() throws Exception {
        assertThat(run(Map.of("CI", "1"), "load first")).contains("loaded by other code of this program before Fathom",
                "ORT_DISABLE_TELEMETRY=1");
    }

    @Test
    void runtimeLoadedWithTelemetryOffIsUsed() throws Exception {
        assertThat(run(Map.of("CI", "1", Telemetry.VARIABLE, "True"), "load first"))
                .endsWith("opened; java sees True, native code true");
    }
}
