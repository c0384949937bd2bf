package fathom.formats.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.formats.AmbiguousArrayException;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.UnreadableFileException;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.pnm.Pfm;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NumberFilesTest {
    private static final NdArray DEPTH = NdArray.ofFloats(new float[]{1, 2, 3, 4, 5, 6}, 1, 2, 3);

    @TempDir
    Path folder;

    private Path npz(String file, String... names) throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (String name : names) {
            arrays.put(name, DEPTH);
        }
        Path path = folder.resolve(file);
        Npz.write(path, arrays);
        return path;
    }

    @Test
    void formatIsIdentifiedByContentNotByName() throws IOException {
        Path archive = npz("archive.npy", "depth");
        Path array = folder.resolve("array.pfm");
        Npy.write(array, DEPTH);
        Path map = folder.resolve("map.npz");
        Pfm.write(map, Plane.wrap(new float[]{1, 2, 3, 4, 5, 6}, 2, 3));
        for (Path file : new Path[]{archive, array, map}) {
            assertThat(NumberFiles.isNumbers(file)).as(file.toString()).isTrue();
            assertThat(NumberFiles.readPlane(file).toArray()).as(file.toString()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(NumberFiles.isArray(file)).as(file.toString()).isEqualTo(file != map);
        }
        assertThat(NumberFiles.readArray(archive).shape()).containsExactly(1, 2, 3);
        Path text = Files.writeString(folder.resolve("text.npy"), "1 2 3 and more text than that");
        assertThat(NumberFiles.isNumbers(text)).isFalse();
        assertThatThrownBy(() -> NumberFiles.readPlane(text)).isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("text.npy");
    }

    @Test
    void severalArraysAreListedInsteadOfChoosingOne() throws IOException {
        Path several = npz("several.npz", "depth", "mask");
        assertThatThrownBy(() -> NumberFiles.readPlane(several)).isInstanceOf(AmbiguousArrayException.class)
                .hasMessageContainingAll("several.npz", "expected one map", "depth [1, 2, 3]", "mask [1, 2, 3]");
        assertThat(NumberFiles.readPlane(several, Optional.of("mask")).size()).isEqualTo(6);
        assertThatThrownBy(() -> NumberFiles.readPlane(several, Optional.of("masks")))
                .isInstanceOf(FormatException.class).hasMessageContainingAll("'masks'", "depth", "mask");
        Path none = npz("none.npz");
        assertThatThrownBy(() -> NumberFiles.readArray(none)).isInstanceOf(FormatException.class)
                .hasMessageContaining("found no array of numbers");
    }

    @Test
    void theOnlyMapAmongOtherArraysIsRead() throws IOException {
        Path file = folder.resolve("camera.npz");
        Npz.write(file, new TreeMap<>(Map.of("K", NdArray.ofFloats(new float[9], 9), "depth",
                NdArray.ofFloats(new float[]{1, 2, 3, 4, 5, 6}, 2, 3, 1), "focal", NdArray.ofFloats(new float[1], 1))));
        assertThat(NumberFiles.readPlane(file).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void damagedArchivesAreNamed() throws IOException {
        byte[] whole = Files.readAllBytes(npz("whole.npz", "depth"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NumberFiles.readPlane(cut)).as("%d bytes", length)
                    .isInstanceOf(UnreadableFileException.class).hasMessageContaining("cut.npz");
        }
    }
}
