package fathom.workbench.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PicturesTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private List<Path> find(List<String> arguments) throws IOException {
        return Pictures.find(arguments, notes::add);
    }

    @BeforeEach
    void fill() throws IOException {
        for (String name : List.of("b.jpg", "a.PNG", "notes.txt", "depth.npy", "deep/c.jpeg", "deep/er/d.ppm")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void folderMeansThePicturesDirectlyInItSorted() throws IOException {
        assertThat(find(List.of(folder.toString()))).containsExactly(folder.resolve("a.PNG"), folder.resolve("b.jpg"));
    }

    @Test
    void patternReachesSubfolders() throws IOException {
        assertThat(find(List.of(folder + "/**/*.{jpg,jpeg,ppm}"))).containsExactly(folder.resolve("b.jpg"),
                folder.resolve("deep/c.jpeg"), folder.resolve("deep/er/d.ppm"));
    }

    @Test
    void patternWithoutDoubleStarStaysInItsFolder() throws IOException {
        assertThat(find(List.of(folder + "/*.jpg"))).containsExactly(folder.resolve("b.jpg"));
        assertThat(find(List.of(folder + "/d*/*.jpeg"))).containsExactly(folder.resolve("deep/c.jpeg"));
    }

    @Test
    void pictureNamedTwiceIsTakenOnce() throws IOException {
        Path b = folder.resolve("b.jpg");
        assertThat(find(List.of(b.toString(), folder.toString()))).containsExactly(b, folder.resolve("a.PNG"));
    }

    @Test
    void fileIsTakenWhateverItsName() throws IOException {
        Path notes = folder.resolve("notes.txt");
        assertThat(find(List.of(notes.toString()))).containsExactly(notes);
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> find(List.of(folder.resolve("none.jpg").toString())))
                .isInstanceOf(NoSuchFileException.class).hasMessageContaining("none.jpg");
    }

    @Test
    void folderWithoutPicturesIsRejectedWithASuggestion() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> find(List.of(empty.toString()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found none").hasMessageContaining("**");
    }

    @Test
    void patternThatMatchesNothingIsRefused() {
        assertThatThrownBy(() -> find(List.of(folder + "/*.pgm"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("matched none");
    }

    @Test
    void hiddenFilesAreLeftOutAndLinkedFoldersAreSearched() throws IOException {
        Files.createFile(folder.resolve("._b.jpg"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("deep/er"));
        Files.createSymbolicLink(folder.resolve("deep/loop"), folder);
        assertThat(find(List.of(folder.toString()))).containsExactly(folder.resolve("a.PNG"), folder.resolve("b.jpg"));
        assertThat(find(List.of(folder + "/**/*.{jpg,ppm}"))).containsExactly(folder.resolve("b.jpg"),
                folder.resolve("deep/er/d.ppm"), folder.resolve("linked/d.ppm"));
        assertThat(notes).isEmpty();
    }

    @Test
    void formatsThatAreNotReadAreCountedAndNamed() throws IOException {
        for (String name : List.of("c.tif", "d.HEIC", "e.webp", "f.tiff")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(find(List.of(folder.toString()))).hasSize(2);
        assertThat(notes).singleElement().asString().contains("4 files").contains("1 HEIC (d.HEIC)")
                .contains("2 TIFF (c.tif, …)").contains("1 WebP (e.webp)");
        Path phone = Files.createDirectory(folder.resolve("phone"));
        Files.createFile(phone.resolve("IMG_1.HEIC"));
        assertThatThrownBy(() -> find(List.of(phone.toString()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMG_1.HEIC");
        assertThatThrownBy(() -> find(List.of(folder + "/*.webp"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WebP");
    }
}
