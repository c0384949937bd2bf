package fathom.formats.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import fathom.formats.Examples;
import fathom.formats.FormatException;
import fathom.formats.ImageOptions;
import fathom.formats.UnreadableFileException;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.png.Png;
import fathom.formats.pnm.Pfm;
import fathom.formats.pnm.Pnm;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Malicious files: sizes that the data cannot have, contradictory headers. */
class HostileFilesTest {
    @TempDir
    private Path folder;

    private static byte[] npy(String header) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + 64).put(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .put((byte) text.length).put((byte) (text.length >> 8)).put(text).array();
    }

    private static String header(String shape) {
        return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"(2147483647, 2147483647)", "(4294967296,)", "(99999999999999999999,)", "(-1, 4)", "(4, 5",
            "(4 5)", "4", "('a',)", "(1, 2, 3))", "(65536, 65536, 0, 99999999999)", "(20, 1)", "(1e3,)"})
    void impossibleArrayShapesAreRejected(String shape) {
        assertThatThrownBy(() -> Npy.read(npy(header(shape)), "x.npy")).isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith("x.npy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{'descr': '<f4'}", "None", "{'descr': '<f4', 'shape': (1,), 'evil': 1}",
            "{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}", "{'descr': '<f4"})
    void malformedArrayHeadersAreRejected(String header) {
        assertThatThrownBy(() -> Npy.read(npy(header), "x.npy")).isInstanceOf(FormatException.class)
                .hasMessageContaining("byte");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|O", "<c8", "<U4", "|V8", "<m8[s]", "<f16", "f4", "<<f4", "<i3", "", "<f4 "})
    void elementTypesThatAreNotNumbersAreUnsupported(String type) {
        assertThatThrownBy(
                () -> Npy.read(npy("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,)}"), "x.npy"))
                .isInstanceOf(UnsupportedFormatException.class).hasMessageContaining("'" + type + "'");
    }

    @Test
    void aHeaderOf4GigabytesIsRejected() {
        byte[] file = npy(header("(1,)"));
        file[6] = 2;
        Arrays.fill(file, 8, 12, (byte) 0xFF);
        assertThatThrownBy(() -> Npy.read(file, "x.npy")).isInstanceOf(FormatException.class)
                .hasMessageContaining("4294967295");
    }

    @Test
    void headersOfPython2AreRead() throws IOException {
        assertThat(Npy.read(npy("{'shape': (2L, 3L), 'fortran_order': False, 'descr': '<f4'}"), "x").shape())
                .containsExactly(2, 3);
    }

    @Test
    void archiveEntryShorterThanDeclaredIsRejected() throws IOException {
        Path path = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("depth.npy"));
            zip.write(npy(header("(20000, 20000)")));
            zip.putNextEntry(new ZipEntry("short.npy"));
            zip.write(npy(header("(10, 10)")));
        }
        assertThatThrownBy(() -> Npz.read(path, "depth")).isInstanceOf(FormatException.class)
                .hasMessageContaining("depth.npy").hasMessageContaining("1600000000");
        assertThatThrownBy(() -> Npz.read(path, "short")).isInstanceOf(FormatException.class)
                .hasMessageContaining("truncated");
    }

    private static byte[] pngHeader(int width, int height, int depth, int colour, int interlace) {
        byte[] ihdr = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width)
                .putInt(height).put((byte) depth).put((byte) colour).put((byte) 0).put((byte) 0).put((byte) interlace)
                .array();
        return chunk(ihdr, new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    }

    /** Returns {@code before} and a chunk whose type and data are {@code typed}. */
    private static byte[] chunk(byte[] typed, byte[] before) {
        CRC32 crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(before.length + typed.length + 8).put(before).putInt(typed.length - 4).put(typed)
                .putInt((int) crc.getValue()).array();
    }

    @Test
    void pictureBeyondTheLimitIsRejectedAfterItsHeader() {
        byte[] png = pngHeader(20000, 20000, 8, 2, 0);
        assertThatThrownBy(() -> Images.readRgb(png, "bomb.png")).isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("20000x20000").hasMessageContaining("178956970");
        byte[] ppm = "P6 100000 100000 255\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Images.readRgb(ppm, "bomb.ppm")).isInstanceOf(UnsupportedFormatException.class);
    }

    @Test
    void theLimitCanBeLowered() throws IOException {
        Path path = folder.resolve("x.png");
        Png.writeGray8(path, Plane.allocate(10, 10));
        assertThat(Images.readGray(path, ImageOptions.DEFAULT.withMaxPixels(100)).values().size()).isEqualTo(100);
        assertThatThrownBy(() -> Images.readGray(path, ImageOptions.DEFAULT.withMaxPixels(99)))
                .isInstanceOf(UnsupportedFormatException.class).hasMessageContaining("limit of 99");
        assertThatThrownBy(() -> ImageOptions.DEFAULT.withMaxPixels(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void smallFileThatDeclaresAHugePictureIsRejectedBeforeAllocation() throws IOException {
        byte[] png = chunk("IEND".getBytes(StandardCharsets.US_ASCII),
                chunk("IDATxyz".getBytes(StandardCharsets.US_ASCII), pngHeader(13000, 13000, 16, 6, 0)));
        assertThatThrownBy(() -> Images.readRgb(png, "x.png")).isInstanceOf(FormatException.class)
                .hasMessageContaining("cannot hold");
        byte[] jpeg = Jpeg.encode(Examples.smooth(16, 16), 90);
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 13000).putShort(frame + 7, (short) 13000);
        assertThatThrownBy(() -> Images.readRgb(jpeg, "x.jpg")).isInstanceOf(FormatException.class)
                .hasMessageContaining("cannot hold");
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if ((bytes[i] & 0xFF) == first && (bytes[i + 1] & 0xFF) == second) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    @ParameterizedTest
    @CsvSource({"0,5,8,2,0", "5,0,8,2,0", "-1,5,8,2,0", "5,5,3,0,0", "5,5,8,1,0", "5,5,16,3,0", "5,5,4,2,0",
            "5,5,8,2,2"})
    void pngHeadersOutsideTheStandardAreRejected(int width, int height, int depth, int colour, int interlace) {
        assertThatThrownBy(() -> Images.readRgb(pngHeader(width, height, depth, colour, interlace), "x.png"))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void aPaletteIndexWithoutAnEntryIsRejected() throws IOException {
        Path path = folder.resolve("x.png");
        Png.writePalette(path, Plane.wrap(new float[]{0, 1}, 1, 2), new byte[]{1, 2, 3, 4, 5, 6});
        byte[] whole = Files.readAllBytes(path);
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PLTE") - 4;
        byte[] shorter = chunk(new byte[]{'P', 'L', 'T', 'E', 1, 2, 3}, Arrays.copyOf(whole, at));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(shorter);
        file.write(whole, at + 18, whole.length - at - 18);
        assertThatThrownBy(() -> Images.readRgb(file.toByteArray(), "x.png")).isInstanceOf(FormatException.class)
                .hasMessageContaining("palette of 1");
    }

    @Test
    void jpegWithoutItsMiddleIsRejected() throws IOException {
        byte[] jpeg = Jpeg.encode(Examples.noise(64, 64, 3), 90);
        byte[] hole = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
        hole[hole.length - 2] = (byte) 0xFF;
        hole[hole.length - 1] = (byte) 0xD9;
        assertThatThrownBy(() -> Images.readRgb(hole, "x.jpg")).isInstanceOf(FormatException.class)
                .hasMessageContaining("incomplete");
    }

    @Test
    void damagedMetadataDoesNotSpoilAJpeg() throws IOException {
        byte[] jpeg = Jpeg.encode(Examples.smooth(16, 24), 90);
        byte[] expected = Images.readRgb(jpeg, "x").toArray();
        String[] segments = {"\u00E2\0\u0015ICC_PROFILE\0\u0002\u0005abcde", "\u00E1\0\u000EExif\0\0II*\0\u00FF\u00FF",
                "\u00E1\0\u0008Exif\0\0", "\u00EE\0\u0007Adobe", "\u00E0\0\u0008JFXX\0\u0010", "\u00FE\0\u0004hi"};
        for (String segment : segments) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(jpeg, 0, 2);
            file.write(0xFF);
            file.write(segment.getBytes(StandardCharsets.ISO_8859_1));
            file.write(jpeg, 2, jpeg.length - 2);
            assertThat(Images.readRgb(file.toByteArray(), "x").toArray()).isEqualTo(expected);
        }
    }

    @Test
    void jpegsOfOtherCodingsAreUnsupported() throws IOException {
        byte[] jpeg = Jpeg.encode(Examples.smooth(16, 16), 90);
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        for (int marker : new int[]{0xC3, 0xC5, 0xC9}) {
            jpeg[frame + 1] = (byte) marker;
            assertThatThrownBy(() -> Images.readRgb(jpeg, "x.jpg")).isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining("coding");
        }
        jpeg[frame + 1] = (byte) 0xC0;
        jpeg[frame + 4] = 12;
        assertThatThrownBy(() -> Images.readRgb(jpeg, "x.jpg")).isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P5 0 5 255\n", "P5 5 5 0\n", "P5 5 5 65536\n", "P5 -5 5 255\n", "P5 a 5 255\n",
            "P5 99999999999 1 255\n", "P2 2 1 9\n1 10 ", "P1 2 1\n1 2", "P5 2 2 255\n123"})
    void contradictoryPnmIsRejected(String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length());
        assertThatThrownBy(() -> Images.readGray(bytes, "x.pgm")).isInstanceOf(FormatException.class);
    }

    @Test
    void littleEndianPgmIsReadOnRequest() throws IOException {
        byte[] dump = {'P', '5', ' ', '2', ' ', '1', ' ', '6', '5', '5', '3', '5', '\n', 1, 2, 3, 4};
        assertThat(Images.readGray(dump, "x").values().toArray()).containsExactly(258, 772);
        assertThat(Images.readGray(dump, "x", ImageOptions.DEFAULT.withPnmOrder(ByteOrder.LITTLE_ENDIAN)).values()
                .toArray()).containsExactly(513, 1027);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PF\n0 1\n-1\n", "PF\n1 1\n0\n", "PF\n1 1\nnan\n", "PF\n1 1\nx\n", "Pf\n-2 -2\n-1\n",
            "Pf\n100000 100000\n-1\n", "Pf\n1.5 1\n-1\n", "PX\n1 1\n1\n"})
    void contradictoryPfmIsRejected(String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 3);
        assertThatThrownBy(() -> Pfm.read(bytes, "x.pfm")).isInstanceOf(UnreadableFileException.class);
    }

    @ParameterizedTest
    @CsvSource({"II*, TIFF", "<html>, HTML", "version https://git-lfs.github.com/spec/v1, git lfs pull",
            "RIFFxxxxWEBPVP8, WebP", "%PDF-1.7, PDF", "BMxx, BMP"})
    void actualFormatOfAMislabelledFileIsNamed(String start, String kind) {
        byte[] bytes = Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 64);
        assertThatThrownBy(() -> Images.readRgb(bytes, "photo.jpg")).isInstanceOf(UnsupportedFormatException.class)
                .hasMessageStartingWith("photo.jpg").hasMessageContaining(kind);
    }

    @Test
    void formatsOfOtherReadersAreNamed() throws IOException {
        Path path = folder.resolve("depth.png");
        Npy.write(path, Plane.allocate(2, 2));
        assertThatThrownBy(() -> Images.readGray(path)).isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("found NPY data");
    }

    @Test
    void invalidSamplesAreRejectedBeforeWriting() {
        Path path = folder.resolve("x.png");
        for (float value : new float[]{-1, 65536, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            Plane values = Plane.wrap(new float[]{0, 0, value, 0}, 2, 2);
            assertThatThrownBy(() -> Png.writeGray16(path, values)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(1, 0)");
            assertThatThrownBy(() -> Pnm.writeGray16(path, values)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Png.writePalette(path, Plane.wrap(new float[]{2}, 1, 1), new byte[6]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Png.writePalette(path, Plane.allocate(1, 1), new byte[7]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Jpeg.write(path, RgbImage.allocate(1, 1), 101))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
