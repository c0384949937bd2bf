package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each golden folder names its script, and all of them together are small enough to clone. */
class GoldenFoldersTest {
    private static final long MAX_BYTES = 34_000_000;
    private static final Pattern SCRIPT = Pattern.compile("- Script: `(benchmarks/peers/[a-z_0-9]+\\.py)`");

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(GoldenFiles.path(""))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyFolderNamesItsScriptToolsAndTolerance() throws IOException {
        assertThat(folders()).hasSizeGreaterThan(30).allSatisfy(folder -> {
            String readme = Files.readString(folder.resolve("README.md"));
            assertThat(readme).startsWith("# " + folder.getFileName()).contains("\n- Tools: ", "\n- Tolerance: ");
            Matcher script = SCRIPT.matcher(readme);
            assertThat(script.find()).as("script of %s", folder).isTrue();
            assertThat(folder.getParent().resolveSibling(script.group(1))).exists();
        });
    }

    @Test
    void everyFolderIsInTheTable() throws IOException {
        String table = Files.readString(GoldenFiles.path("").resolveSibling("docs/goldens.md"));
        assertThat(folders()).allSatisfy(folder -> assertThat(table).contains("| `" + folder.getFileName() + "` |"));
    }

    @Test
    void allTogetherStaySmall() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(GoldenFiles.path(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(MAX_BYTES);
    }
}
