package fathom.formats.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.IntegerImage;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.UnreadableFileException;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Compares every variant of picture and array with Pillow and NumPy: {@code goldens/pictures}. */
class PictureGoldenTest {
    private static final Map<String, byte[]> FILES = files();

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        Path file = Path.of(System.getProperty("fathom.goldens"), "pictures", "pictures.zip");
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> having(String suffix) {
        return FILES.keySet().stream().filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()));
    }

    static Stream<String> pictures() {
        return having(".rgb.npy");
    }

    static Stream<String> grayPictures() {
        return having(".gray.npy");
    }

    static Stream<String> arrays() {
        return having(".values.npy");
    }

    static Stream<String> refused() {
        return having(".refused");
    }

    private static byte[] file(String name) {
        return Objects.requireNonNull(FILES.get(name), name);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void colourEqualsPillow(String name) throws IOException {
        NdArray expected = Npy.read(file(name + ".rgb.npy"), name);
        RgbImage image = Images.readRgb(file(name), name);
        assertThat(new int[]{image.height(), image.width(), 3}).isEqualTo(expected.shape());
        assertThat(image.toArray()).isEqualTo(expected.toBytes());
    }

    @ParameterizedTest
    @MethodSource("grayPictures")
    void grayIsTheStoredIntegers(String name) throws IOException {
        NdArray expected = Npy.read(file(name + ".gray.npy"), name);
        IntegerImage image = Images.readGray(file(name), name);
        assertThat(image.values().height()).isEqualTo(expected.shape()[0]);
        assertThat(image.values().toArray()).isEqualTo(expected.toFloats());
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void headerGivesTheSizeOfTheUprightPicture(String name) throws IOException {
        NdArray expected = Npy.read(file(name + ".rgb.npy"), name);
        ImageSize size = Images.probe(file(name), name);
        assertThat(new int[]{size.height(), size.width()}).isEqualTo(Arrays.copyOf(expected.shape(), 2));
        assertThat(Formats.ofFileName(name)).contains(size.format());
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void onlyPicturesOfOneChannelAreReadAsGray(String name) throws IOException {
        if (FILES.containsKey(name + ".gray.npy")) {
            assertThat(Images.readGray(file(name), name).bitDepth())
                    .isEqualTo(Images.probe(file(name), name).bitDepth());
        } else if (!name.startsWith("own")) { // a small random palette may happen to be gray
            assertThatThrownBy(() -> Images.readGray(file(name), name)).isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining("read it as RGB");
        }
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysEqualNumPy(String name) throws IOException {
        NdArray expected = Npy.read(file(name + ".values.npy"), name);
        NdArray array = Npy.read(file(name), name);
        assertThat(array.shape()).isEqualTo(expected.shape());
        assertThat(array.toDoubles()).isEqualTo(expected.toDoubles());
        if (array.type() != NumberType.UINT64 && array.type() != NumberType.INT64) { // these round once, not twice
            assertThat(array.toFloats()).isEqualTo(expected.toFloats());
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void arraysOfUnsupportedTypesAreRejected(String name) {
        assertThatThrownBy(() -> Npy.read(file(name + ".refused"), name)).isInstanceOf(UnsupportedFormatException.class)
                .hasMessageStartingWith(name);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysAreWrittenAsTheyWereRead(String name, @TempDir Path folder) throws IOException {
        NdArray array = Npy.read(file(name), name);
        Npy.write(folder.resolve("again.npy"), array);
        NdArray again = Npy.read(folder.resolve("again.npy"));
        assertThat(again.type()).isEqualTo(array.type());
        assertThat(again.shape()).isEqualTo(array.shape());
        assertThat(again.bytes()).isEqualTo(array.bytes());
    }

    @Test
    void archivesEqualNumPy(@TempDir Path folder) throws IOException {
        for (String name : new String[]{"stored.npz", "deflated.npz"}) {
            Path path = Files.write(folder.resolve(name), file(name));
            assertThat(Npz.names(path)).containsExactly("depth", "mask");
            assertThat(Npz.read(path, "depth").toDoubles()).containsExactly(0, 1, 2, 3, 4, 5);
            NdArray mask = Npz.read(path).get("mask");
            assertThat(mask).isNotNull();
            assertThat(mask.type()).isEqualTo(NumberType.BOOL);
            assertThat(mask.shape()).containsExactly(300, 400);
            assertThatThrownBy(() -> Npz.read(path, "deep")).isInstanceOf(FormatException.class)
                    .hasMessageContaining("[depth, mask]");
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void truncatedFilesAreRejectedAndDamagedFilesFailCleanly(String name) {
        byte[] whole = file(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 30; i++) {
            if (!name.startsWith("plain")) { // the last number may lose digits without an error
                byte[] truncated = Arrays.copyOf(whole, random.nextInt(whole.length));
                assertThatThrownBy(() -> Images.readRgb(truncated, name)).isInstanceOf(FormatException.class);
            }
            byte[] damaged = whole.clone();
            damaged[random.nextInt(
                    Math.min(whole.length, i % 2 == 0 ? 120 : whole.length))] ^= (byte) (1 + random.nextInt(255));
            Throwable thrown = catchThrowable(() -> Images.readRgb(damaged, name));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(UnreadableFileException.class);
            }
        }
    }
}
