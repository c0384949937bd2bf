package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that docs/environment.md and {@code fathom --help} list the environment variables that the code reads. */
class EnvironmentTest {
    private static final Pattern IN_CODE = Pattern.compile(
            "\"((?:FATHOM|HF|HUGGINGFACE|HUGGING_FACE|TRANSFORMERS|REPLICATE|XDG|ORT)_[A-Z_]+|LOCALAPPDATA)\"");
    private static final Pattern IN_HELP = Pattern.compile("\\b((?:FATHOM|HF|REPLICATE)_[A-Z_]+)\\b");

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "environment.md"));
    }

    @Test
    void documentListsEveryVariableThatTheCodeReads() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/src/main/java/.*\\.java")
                    && !path.toString().contains("benchmarks")).toList()) {
                read.addAll(found(IN_CODE, Files.readString(file)));
            }
        }
        assertThat(read).contains("FATHOM_HOME", "FATHOM_CACHE", "FATHOM_DEVICE", "FATHOM_DEBUG", "HF_HUB_CACHE",
                "XDG_CACHE_HOME", "ORT_DISABLE_TELEMETRY");
        String document = document();
        assertThat(read).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }

    @Test
    void helpListsTheVariablesThatUsersSet(@TempDir Path folder) throws IOException {
        CommandLineRun run = new CommandLineRun(folder).run("--help");
        Set<String> named = found(IN_HELP, run.out());
        assertThat(named).contains("FATHOM_HOME", "FATHOM_CACHE", "FATHOM_DEVICE", "FATHOM_DEBUG", "HF_TOKEN",
                "REPLICATE_API_TOKEN");
        String document = document();
        assertThat(named).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }
}
