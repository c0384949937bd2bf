package fathom.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import fathom.cache.CacheFolder;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;

/** A program that tests run in a separate Java process. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProcess start(Class<?> program, String... arguments) throws IOException {
        Set<String> path = new LinkedHashSet<>();
        for (Class<?> used : List.of(program, Dataset.class, CacheFolder.class, Npy.class, Plane.class,
                org.sqlite.JDBC.class)) {
            path.add(location(used));
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
                        String.join(java.io.File.pathSeparator, path), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Returns the folder or jar that contains a class. */
    private static String location(Class<?> type) throws IOException {
        String resource = type.getSimpleName() + ".class";
        URL url = Objects.requireNonNull(type.getResource(resource));
        if (url.openConnection() instanceof JarURLConnection jar) {
            return Path.of(URI.create(jar.getJarFileURL().toString())).toString();
        }
        Path folder = Path.of(URI.create(url.toString())).getParent();
        for (String ignored : type.getPackageName().split("\\.")) {
            folder = folder.getParent();
        }
        return folder.toString();
    }

    /** Waits for a line that begins with {@code prefix} and returns the rest of it. */
    String await(String prefix) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length()).strip();
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("the process ended before it said \"" + prefix + "\"; it said:\n" + before);
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process as SIGKILL does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the process outlived its killing");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
