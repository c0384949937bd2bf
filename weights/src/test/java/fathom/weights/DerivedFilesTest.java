package fathom.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import fathom.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DerivedFilesTest {
    @TempDir
    Path folder;

    @Test
    void fullDiskIsReportedWithTheRequiredSpaceAndNoFileIsLeft() {
        Path file = folder.resolve("cache").resolve("w.safetensors");
        DerivedTensor tensor = new DerivedTensor("w", StoredType.F32, Shape.of(1 << 20, 3), _ -> {
            throw new IOException("No space left on device");
        });
        assertThatThrownBy(
                () -> DerivedFiles.write(file, "widening the weights of x to float32", List.of(), List.of(tensor)))
                .isInstanceOf(IOException.class).hasMessageContainingAll("widening the weights of x",
                        "needs 12 MB in " + file.getParent(), "make room", "FATHOM_CACHE");
        assertThat(file.getParent()).isEmptyDirectory();
    }
}
