package fathom.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderFilesTest {
    @TempDir
    Path root;

    private Path secret;
    private Path model;

    @BeforeEach
    void createFolders() throws IOException {
        secret = Files.writeString(root.resolve("secret.json"), "{\"password\": 1}");
        model = Files.createDirectory(root.resolve("model"));
    }

    private Path link(String name, Path target) throws IOException {
        Path link = model.resolve(name);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, target);
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> FolderFiles.real(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected a file of the model's folder, found a link to")
                .hasMessageNotContaining("password");
    }

    @Test
    void linksOutOfTheFolderAreRefused() throws IOException {
        assertRefused(link("config.json", secret));
        assertRefused(link("other.json", Path.of("../secret.json")));
        link("inner", root);
        Files.writeString(model.resolve("model_index.json"), "{}");
        assertRefused(model.resolve("inner/secret.json"));
        assertThatThrownBy(() -> Settings.read(model.resolve("config.json"))).isInstanceOf(CheckpointException.class)
                .hasMessageNotContaining("password");
    }

    @Test
    void linksInTheFolderAreFollowed() throws IOException {
        Path file = Files.writeString(model.resolve("a.json"), "{}");
        assertThat(FolderFiles.real(link("b.json", Path.of("a.json")))).isEqualTo(file.toRealPath());
        Files.writeString(model.resolve("model_index.json"), "{}");
        assertThat(FolderFiles.real(link("vae/config.json", Path.of("../a.json")))).isEqualTo(file.toRealPath());
        Path other = Files.createSymbolicLink(root.resolve("name-of-the-model"), model);
        assertThat(FolderFiles.real(other.resolve("a.json"))).isEqualTo(file.toRealPath());
    }

    @Test
    void blobsOfTheCacheAreFollowed() throws IOException {
        Path mine = Files.createDirectories(root.resolve("hub/models--a--b/blobs"));
        Path others = Files.createDirectories(root.resolve("hub/models--c--d/blobs"));
        Path blob = Files.writeString(mine.resolve("0123"), "{}");
        Files.writeString(others.resolve("4567"), "{}");
        assertThat(FolderFiles.real(link("config.json", blob))).isEqualTo(blob.toRealPath());
        Path snapshot = Files.createDirectories(root.resolve("hub/models--a--b/snapshots/main/unet"));
        Path own = Files.createSymbolicLink(snapshot.resolve("own.json"), Path.of("../../../blobs/0123"));
        assertThat(FolderFiles.real(own)).isEqualTo(blob.toRealPath());
        assertRefused(Files.createSymbolicLink(snapshot.resolve("other.json"), others.resolve("4567")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipesAndFoldersAreNotRead() throws Exception {
        assertThatThrownBy(() -> FolderFiles.requireRegular(model)).hasMessageContaining("found a folder");
        Path pipe = model.resolve("model.safetensors");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> Checkpoint.openFile(pipe)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected a regular file, found a pipe or a device");
        assertThatThrownBy(() -> Checkpoint.open(model)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected a regular file, found a pipe or a device");
    }
}
