package fathom.cache;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import fathom.cache.CacheContents.Entry;
import fathom.cache.CacheContents.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Tests the listing and deletion of cached files. */
class CacheContentsTest {
    @TempDir
    Path folder;

    private Path write(String name, int bytes) throws IOException {
        Path file = folder.resolve("cache").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.write(file, new byte[bytes]);
    }

    private CacheContents contents() throws IOException {
        return CacheContents.of(folder.resolve("cache"));
    }

    @Test
    void aMissingFolderIsEmpty() throws IOException {
        assertThat(contents().entries()).isEmpty();
        assertThat(contents().others()).isEmpty();
        assertThat(contents().clear(CacheKind.DOWNLOADS)).isEmpty();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Files.writeString(folder.resolve("cache"), "");
        assertThatThrownBy(this::contents).isInstanceOf(NotDirectoryException.class).hasMessageContaining("cache");
    }

    @Test
    void kindsAreCountedAndOtherFilesListedApart() throws IOException {
        write("downloads/a/one", 10);
        write("downloads/b/two", 5);
        write("hashes/h", 64);
        Path other = write("thesis.tex", 1);
        Path download = folder.resolve("cache/downloads");
        assertThat(contents().entries()).containsExactly(new Entry(CacheKind.DOWNLOADS, download, 2, 15, false, false),
                new Entry(CacheKind.HASHES, folder.resolve("cache/hashes"), 1, 64, false, false));
        assertThat(contents().others()).containsExactly(other);
    }

    @Test
    void clearingDeletesOneKindAndNothingElse() throws IOException {
        write("downloads/a/one", 10);
        write("downloads/.hidden/two", 5);
        Path hash = write("hashes/h", 64);
        Path other = write("thesis.tex", 1);
        assertThat(contents().clear(CacheKind.DOWNLOADS)).hasValueSatisfying(outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Deleted.class);
            assertThat(outcome.entry().bytes()).isEqualTo(15);
        });
        assertThat(folder.resolve("cache/downloads")).doesNotExist();
        assertThat(hash).exists();
        assertThat(other).exists();
        for (CacheKind kind : CacheKind.values()) {
            contents().clear(kind);
        }
        assertThat(contents().entries()).isEmpty();
        assertThat(contents().others()).containsExactly(other);
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Path photo = Files.write(mine.resolve("photo.jpg"), new byte[1000]);
        write("downloads/one", 10);
        Files.createSymbolicLink(folder.resolve("cache/downloads/folder"), mine);
        Files.createSymbolicLink(folder.resolve("cache/downloads/file"), photo);
        Files.createSymbolicLink(folder.resolve("cache/derived"), mine);
        assertThat(contents().entries()).extracting(Entry::bytes).containsExactly(10L, 0L);
        assertThat(contents().clear(CacheKind.DOWNLOADS)).containsInstanceOf(Outcome.Deleted.class);
        assertThat(contents().clear(CacheKind.DERIVED)).containsInstanceOf(Outcome.Linked.class);
        assertThat(folder.resolve("cache/downloads")).doesNotExist();
        assertThat(folder.resolve("cache/derived")).exists();
        assertThat(photo).exists();
    }

    @Test
    void aCacheFolderMayItselfBeALink() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("big disk"));
        Files.createSymbolicLink(folder.resolve("cache"), disk);
        write("hashes/h", 64);
        assertThat(contents().entries()).extracting(Entry::bytes).containsExactly(64L);
        assertThat(contents().clear(CacheKind.HASHES)).containsInstanceOf(Outcome.Deleted.class);
        assertThat(disk.resolve("hashes")).doesNotExist();
    }

    @Test
    void whatThisProcessUsesIsKept() throws IOException {
        Path file = write("derived/weights", 10);
        CacheFolder.markInUse(folder.resolve("cache/derived"));
        CacheFolder.markInUse(folder.resolve("cache/derived"));
        assertThat(contents().entries()).extracting(Entry::inUse).containsExactly(true);
        assertThat(contents().clear(CacheKind.DERIVED)).containsInstanceOf(Outcome.InUse.class);
        assertThat(file).exists();
    }

    @Test
    void whatAnotherProcessUsesIsKeptUntilItEndsHoweverItEnds() throws Exception {
        Path file = write("derived/weights", 10);
        Process user = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-cp",
                String.join(System.getProperty("path.separator"), place(CacheFolder.class),
                        place(CacheContentsTest.class)),
                FolderUser.class.getName(), folder.resolve("cache/derived").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertThat(user.inputReader().readLine()).isEqualTo("marked");
            assertThat(contents().entries()).extracting(Entry::inUse).containsExactly(true);
            assertThat(contents().clear(CacheKind.DERIVED)).containsInstanceOf(Outcome.InUse.class);
            assertThat(file).exists();
        } finally {
            user.destroyForcibly().waitFor();
        }
        assertThat(contents().entries()).extracting(Entry::inUse).containsExactly(false);
        assertThat(contents().clear(CacheKind.DERIVED)).containsInstanceOf(Outcome.Deleted.class);
        assertThat(file).doesNotExist();
    }

    /**
     * Returns the folder that a class was loaded from, also if the module system patches the tests into the module.
     */
    private static String place(Class<?> type) {
        Path file = Path.of(URI.create(String.valueOf(type.getResource(type.getSimpleName() + ".class"))));
        return file.resolve("../../..").normalize().toString();
    }

    /** A process that uses a folder until it is killed. */
    static final class FolderUser {
        private FolderUser() {}

        public static void main(String[] arguments) throws Exception {
            CacheFolder.markInUse(Path.of(arguments[0]));
            System.out.println("marked");
            Thread.sleep(60_000);
        }
    }

    @Test
    void aFolderThatMayNotBeChangedIsListedAndNamedWhenClearing() throws IOException {
        Path file = write("hashes/h", 64);
        List<Path> closed = List.of(folder.resolve("cache/hashes"), folder.resolve("cache"));
        for (Path each : closed) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            assumeTrue(!Files.isWritable(folder.resolve("cache")),
                    "SKIPPED: this user may write everywhere; a read-only " + "cache folder is not tested");
            assertThat(contents().entries()).extracting(Entry::bytes).containsExactly(64L);
            assertThatThrownBy(() -> contents().clear(CacheKind.HASHES)).isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining(folder.resolve("cache").toString());
            assertThat(file).exists();
        } finally {
            for (Path each : closed) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
