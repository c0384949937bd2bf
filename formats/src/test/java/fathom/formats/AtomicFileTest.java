package fathom.formats;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void aWriteThatFailsHalfwayLeavesTheOldFileAndNothingElse() throws IOException {
        Path path = Files.writeString(folder.resolve("depth.npy"), "old");
        assertThatThrownBy(() -> AtomicFile.write(path, out -> {
            out.write(new byte[200_000]);
            throw new IOException("disk full");
        })).isInstanceOf(IOException.class).hasMessageContaining("disk full").hasMessageContaining(path.toString());
        assertThat(path).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void oldFileRemainsUntilEverythingIsWritten() throws IOException {
        Path path = Files.writeString(folder.resolve("depth.npy"), "old");
        AtomicFile.write(path, out -> {
            out.write(new byte[200_000]);
            assertThat(path).hasContent("old");
        });
        assertThat(path).hasSize(200_000);
    }

    @Test
    void rootFolderIsRejected() {
        Path root = folder.toAbsolutePath().getRoot();
        assertThatThrownBy(() -> AtomicFile.write(root, out -> {})).isInstanceOf(IOException.class)
                .hasMessageContaining("root folder");
    }

    @Test
    void missingOrReadOnlyFolderIsReportedWithTheTargetName() throws IOException {
        Path lost = folder.resolve("none").resolve("depth.npy");
        assertThatThrownBy(() -> AtomicFile.write(lost, out -> out.write(1))).isInstanceOf(NoSuchFileException.class)
                .hasMessage(lost + ": its folder does not exist; create it first");
        Path notAFolder = Files.writeString(folder.resolve("file"), "x").resolve("depth.npy");
        assertThatThrownBy(() -> AtomicFile.write(notAFolder, out -> out.write(1)))
                .isInstanceOf(FileSystemException.class).hasMessageStartingWith(notAFolder.toString());
    }
}
