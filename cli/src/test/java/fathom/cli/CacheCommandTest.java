package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import fathom.cache.CacheFolder;
import fathom.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands {@code fathom cache list} and {@code fathom cache clear}. */
class CacheCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun run;
    private Path cache;

    @BeforeEach
    void choose() {
        cache = folder.resolve("cache");
        run = new CommandLineRun(folder.resolve("home")).environment(Map.of("FATHOM_CACHE", cache.toString()));
    }

    private Path write(String name, int bytes) throws IOException {
        Path file = cache.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.write(file, new byte[bytes]);
    }

    @Test
    void emptyCacheIsNoError() {
        assertThat(run.run("cache", "list").code()).isZero();
        assertThat(run.out()).isEqualTo("The cache is empty: " + cache + "\n");
        assertThat(run.run("cache", "clear").code()).isZero();
        assertThat(run.out()).isEqualTo("Nothing to delete in " + cache + ".\n");
        assertThat(cache).doesNotExist();
    }

    @Test
    void listPrintsKindSizeFolderPurposeAndTotal() throws IOException {
        write("downloads/x/model.onnx", 1_500_000);
        write("hashes/h", 64);
        Path other = write("notes.txt", 3);
        run.run("cache", "list");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).anySatisfy(line -> assertThat(line).matches("downloads +1\\.5 MB +1 +"
                + cache.resolve("downloads") + " +models downloaded from an https:// address"));
        assertThat(run.out()).contains("\ntotal 1.5 MB in " + cache + "\n", "never deleted: " + other);

        run.run("cache", "list", "--json");
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.required("folder").asString()).isEqualTo(cache.toString());
        assertThat(json.required("bytes").asLong()).isEqualTo(1_500_064);
        assertThat(json.required("kinds").required(1).required("kind").asString()).isEqualTo("hashes");
        assertThat(json.required("kinds").required(1).required("bytes").asLong()).isEqualTo(64);
        assertThat(json.required("others").required(0).asString()).isEqualTo(other.toString());
    }

    @Test
    void clearAsksAndDeletesTheGivenKinds() throws IOException {
        Path download = write("downloads/x/model.onnx", 2000);
        Path hash = write("hashes/h", 64);
        assertThat(run.answer("n\n").run("cache", "clear").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("Delete downloads, hashes (2.1 kB) in " + cache + "? [y/N]",
                "Nothing was deleted", "--yes");
        assertThat(download).exists();

        assertThat(run.answer("y\n").run("cache", "clear", "downloads").code()).isZero();
        assertThat(run.out()).isEqualTo("Deleted downloads: 2.0 kB.\n");
        assertThat(download).doesNotExist();
        assertThat(hash).exists();

        assertThat(run.run("cache", "clear", "--yes", "--json").code()).isZero();
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.required("bytes").asLong()).isEqualTo(64);
        assertThat(json.required("deleted").required(0).required("kind").asString()).isEqualTo("hashes");
        assertThat(hash).doesNotExist();
    }

    @Test
    void filesInUseAreKeptAndTheOthersDeleted() throws IOException {
        Path used = write("derived/w", 10);
        Path hash = write("hashes/h", 64);
        CacheFolder.markInUse(cache.resolve("derived"));
        assertThat(run.run("cache", "list").out()).contains("(in use)");
        assertThat(run.run("cache", "clear", "--yes").code()).isEqualTo(ExitCode.ENVIRONMENT.code());
        assertThat(run.err()).contains("Kept " + cache.resolve("derived") + ": a running Fathom process uses it.");
        assertThat(used).exists();
        assertThat(hash).doesNotExist();
    }

    @Test
    void linksAreKeptAndNotFollowed() throws IOException {
        Path photo = Files.write(Files.createDirectories(folder.resolve("mine")).resolve("photo.jpg"), new byte[9]);
        Files.createSymbolicLink(Files.createDirectories(cache).resolve("peers"), photo.getParent());
        assertThat(run.run("cache", "list").out()).contains("(symbolic link, not followed)");
        assertThat(run.run("cache", "clear", "--yes").code()).isEqualTo(ExitCode.ENVIRONMENT.code());
        assertThat(run.err()).contains("it is a symbolic link");
        assertThat(photo).exists();
    }

    @Test
    void invalidArgumentsAreReported() throws IOException {
        write("hashes/h", 64);
        assertThat(run.run("cache", "clear", "models", "--yes").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("KIND: expected one of downloads, derived, hashes", "found \"models\"");
        assertThat(cache.resolve("hashes/h")).exists();
        assertThat(run.run("cache").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("Missing command");
        Files.createDirectories(folder.resolve("f"));
        Path file = Files.writeString(folder.resolve("f/cache"), "");
        run.environment(Map.of("FATHOM_CACHE", file.toString())).run("cache", "list");
        assertThat(run.code()).isEqualTo(ExitCode.NAMES.code());
        assertThat(run.err()).contains(file + ": expected a folder, found a file");
    }

    @Test
    void helpHasExamples() {
        assertThat(run.run("cache", "clear", "--help").out()).contains("downloads, derived, hashes", "Examples:",
                "fathom cache clear downloads derived --yes");
        assertThat(run.run("cache", "--help").out()).contains("%LOCALAPPDATA%\\fathom\\cache", "FATHOM_HOME");
    }
}
