package fathom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import fathom.cli.console.Console;
import picocli.CommandLine.Command;

/**
 * {@code fathom warm-up} (hidden): runs the common commands once in a temporary folder, so that the launcher can record
 * which classes they load.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    /** The commands of a first session. FOLDER is replaced by a temporary folder. */
    private static final List<String> COMMANDS = List.of("--version", "--help", "datasets list --home FOLDER/home",
            "models list --json", "protocols show article", "datasets rooms --count 1 --seed 1 FOLDER/rooms",
            "datasets import sunrgbd FOLDER/rooms --name room --home FOLDER/home",
            "apply room --model fastdepth --field fastdepth --home FOLDER/home",
            "evaluate room --prediction fastdepth --home FOLDER/home", "report room --home FOLDER/home",
            "predict FOLDER/rooms/**/image/*.jpg --out FOLDER/depth");

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("fathom-warm-up");
        // Ctrl-C does not run the finally block.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder), "warm-up-cleaner"));
        try {
            Console silent = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()),
                    new BufferedReader(new StringReader("")), false, System.getenv());
            int worst = 0;
            for (String command : COMMANDS) {
                String[] words = command.split(" ");
                for (int i = 0; i < words.length; i++) {
                    words[i] = words[i].replace("FOLDER", folder.toString());
                }
                worst = Math.max(worst, Main.run(silent, words));
            }
            return worst;
        } finally {
            delete(folder);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(WarmUpCommand.class.getName()).log(System.Logger.Level.DEBUG, "not deleted: " + folder, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
