package fathom.datasets.depth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import fathom.formats.FormatException;
import fathom.formats.images.ReadOptions;
import fathom.formats.png.Png;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatedDepthTest {
    @TempDir
    Path folder;

    private MeasuredDepth read(Map<String, String> entries) throws IOException {
        Plane stored = Plane.allocate(4, 6);
        stored.set(1, 2, 512);
        Path file = folder.resolve("depth.png");
        Png.writeGray16(file, stored, entries);
        return DepthFiles.read(file, DepthFiles.usualEncoding(file, ReadOptions.DEFAULT), DepthLimits.NONE);
    }

    @Test
    void scaleOfThePictureIsUsed() throws IOException {
        assertThat(read(Map.of()).metres().get(1, 2)).isEqualTo(0.512f);
        assertThat(read(Map.of("Depth-Kind", "metric", "Depth-Step", "0.00390625", "Depth-Origin", "0.0")).metres()
                .get(1, 2)).isEqualTo(2);
        assertThat(read(Map.of("Depth-Step", "0.001", "Depth-Origin", "0.0")).metres().get(1, 2)).isEqualTo(0.512f);
    }

    @Test
    void otherKindsAndUnusableScalesAreRefused() {
        assertThatThrownBy(
                () -> read(Map.of("Depth-Kind", "affine-invariant-inverse", "Depth-Step", "0.1", "Depth-Origin", "0")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("depth.png: expected measured depth in metres")
                .hasMessageContaining("affine-invariant-inverse");
        for (String step : new String[]{"0", "-1", "NaN", "x"}) {
            assertThatThrownBy(() -> read(Map.of("Depth-Step", step))).isInstanceOf(FormatException.class)
                    .hasMessageContaining("Depth-Step").hasMessageContaining(step);
        }
        assertThatThrownBy(() -> read(Map.of("Depth-Step", "0.1", "Depth-Origin", "3")))
                .isInstanceOf(FormatException.class).hasMessageContaining("Depth-Origin of 0");
    }
}
