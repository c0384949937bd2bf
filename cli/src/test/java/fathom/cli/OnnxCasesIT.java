package fathom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The case {@code robustness/library-from-the-home}: only the libraries of the program are loaded. */
class OnnxCasesIT {
    private static final int TIMEOUT_SECONDS = 120;
    private static final int CUT = 600_000;

    @TempDir
    Path folder;

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = Stream
                .concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-cp",
                        Path.of("target", "fathom", "lib") + "/*", "fathom.cli.Main"), Arrays.stream(words))
                .toList();
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("FATHOM_HOME", folder.resolve("home").toString());
        builder.environment().put("FATHOM_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private Path library(String start) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().contains(start)).findFirst().orElseThrow();
        }
    }

    @Test
    void libraryThatDiffersIsReplacedBeforeItIsLoaded() throws Exception {
        Path scenes = folder.resolve("rooms");
        run("datasets", "rooms", scenes.toString(), "--count", "1");
        run("datasets", "import", "sunrgbd", scenes.toString(), "--name", "rooms");
        Path library = library("sqlitejdbc");
        byte[] whole = Files.readAllBytes(library);
        byte[] other = whole.clone();
        Arrays.fill(other, 0, 4096, (byte) 0);
        for (byte[] found : List.of(Arrays.copyOf(whole, CUT), other)) {
            Files.write(library, found);
            Path ofHome = folder.resolve("home/cache/sqlite/" + folder.resolve("cache/sqlite").relativize(library));
            Files.createDirectories(ofHome.getParent());
            Files.write(ofHome, found);
            assertThat(run("datasets", "list")).contains("rooms");
            assertThat(library).hasBinaryContent(whole);
        }
    }
}
