package fathom.soak;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program {@code FuzzRun PROJECT FOLDER SECONDS [READER…]}: fuzzes each reader with Jazzer, which must be on the class
 * path, in a separate process with a heap of 512 MB. The corpus and the findings of a reader are kept in {@code
 * FOLDER/<reader>}. Fails if there is a finding.
 */
public final class FuzzRun {
    private static final int MAX_SECONDS_LATE = 120;

    private FuzzRun() {}

    /**
     * Runs the program.
     *
     * @param arguments the root of the source tree, a folder, the seconds for each reader; then, if not all, the readers
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path project = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[2]);
        List<String> chosen = List.of(arguments).subList(3, arguments.length);
        List<String> failed = new ArrayList<>();
        for (String reader : chosen.isEmpty() ? Subjects.names(project) : chosen) {
            Path own = Files.createDirectories(folder.resolve(reader));
            Subject subject = Subjects.named(project, Files.createTempDirectory(own, "seeds"), reader);
            Path corpus = Files.createDirectories(own.resolve("corpus"));
            int number = 0;
            for (byte[] seed : subject.seeds()) {
                Files.write(corpus.resolve("seed" + number++), seed);
            }
            System.out.println(reader + ": " + seconds + " s, " + number + " seeds");
            if (run(project, own, reader, seconds) != 0) {
                failed.add(reader);
            }
        }
        if (!failed.isEmpty()) {
            System.out.println("Findings of " + String.join(", ", failed) + ": see output.txt and crash-… in " + folder
                    + "/<reader>, and copy the inputs to soak/src/test/resources/findings.");
            System.exit(1);
        }
    }

    private static int run(Path project, Path own, String reader, int seconds)
            throws IOException, InterruptedException {
        String separator = File.separator;
        Process process = new ProcessBuilder(System.getProperty("java.home") + separator + "bin" + separator + "java",
                "-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading", "-Dfathom.project=" + project.toAbsolutePath(),
                "-Dfathom.folder=" + own, "-Dfathom.reader=" + reader, "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer", option("target_class", FuzzTarget.class.getName()),
                option("instrumentation_includes", "fathom.**"), option("custom_hook_includes", "fathom.**"),
                // An external weight file of a model is a path from the file; the reader itself keeps it in its folder.
                option("disabled_hooks", "com.code_intelligence.jazzer.sanitizers.FilePathTraversal"),
                option("reproducer_path", own.toString()), "-artifact_prefix=" + own + separator,
                "-timeout=" + Mutants.MAX_SECONDS, "-rss_limit_mb=0", "-max_total_time=" + seconds,
                "-print_final_stats=1", own.resolve("corpus").toString()).directory(own.toFile())
                .redirectErrorStream(true).redirectOutput(own.resolve("output.txt").toFile()).start();
        if (!process.waitFor(seconds + MAX_SECONDS_LATE, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return 1;
        }
        return process.exitValue();
    }

    /** Returns an option of Jazzer. */
    private static String option(String name, String value) {
        return "--" + name + "=" + value;
    }
}
