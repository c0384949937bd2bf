package fathom.formats.png;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.HeapSpace;
import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.IntegerImage;
import fathom.formats.OrientationRecords;
import fathom.formats.Samples;
import fathom.formats.UnsupportedFormatException;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * PNG images (PNG specification, third edition). This implementation returns every stored integer exactly and checks
 * every checksum. It reads all colour types and bit depths, interlaced or not. It writes 8- and 16-bit gray, 8-bit
 * palette and RGB.
 *
 * <p>Images are turned upright as their EXIF or XMP record states ({@link OrientationRecords}): pictures and depth maps.
 *
 * <p>As 8-bit RGB: samples of 1, 2 and 4 bits are scaled to 0..255; of 16 bits the high byte is used (like libpng, Pillow
 * and OpenCV); alpha and transparency are dropped like {@code convert("RGB")} of Pillow; colour profiles are not
 * applied.
 */
public final class Png {
    private Png() {}

    /**
     * Reads a grayscale image, or one whose palette is gray: the exact integers of the file. Alpha is dropped.
     *
     * @param path the file
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static IntegerImage readGray(Path path) throws IOException {
        return readGray(Input.of(path), ImageOptions.DEFAULT);
    }

    /**
     * Reads the tEXt entries.
     *
     * @param path the file
     * @return the texts by keyword
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Map<String, String> readText(Path path) throws IOException {
        Input in = Input.of(path);
        return PngChunks.parse(in, PngHeader.parse(in, ImageOptions.DEFAULT)).text();
    }

    /**
     * Writes integers from 0 to 65535 as 16-bit gray.
     *
     * @param path the file
     * @param values integers, [H, W]
     * @throws IOException if writing fails
     */
    public static void writeGray16(Path path, Plane values) throws IOException {
        writeGray16(path, values, Map.of());
    }

    /**
     * Writes integers from 0 to 65535 as 16-bit gray with tEXt entries, for example the scale of a depth map.
     *
     * @param path the file
     * @param values integers, [H, W]
     * @param text keywords and values, Latin-1
     * @throws IOException if writing fails
     */
    public static void writeGray16(Path path, Plane values, Map<String, String> text) throws IOException {
        byte[] samples = Samples.gray16(values, ByteOrder.BIG_ENDIAN);
        write(path, new PngHeader(values.width(), values.height(), 16, PngHeader.GRAY, false), new byte[0], samples,
                text);
    }

    /**
     * Writes integers from 0 to 255 as 8-bit gray.
     *
     * @param path the file
     * @param values integers, [H, W]
     * @throws IOException if writing fails
     */
    public static void writeGray8(Path path, Plane values) throws IOException {
        writeGray8(path, values, Map.of());
    }

    /**
     * Writes integers from 0 to 255 as 8-bit gray with tEXt entries.
     *
     * @param path the file
     * @param values integers, [H, W]
     * @param text keywords and values, Latin-1
     * @throws IOException if writing fails
     */
    public static void writeGray8(Path path, Plane values, Map<String, String> text) throws IOException {
        write(path, new PngHeader(values.width(), values.height(), 8, PngHeader.GRAY, false), new byte[0],
                Samples.gray8(values), text);
    }

    /**
     * Writes a colour image, 8 bits per channel.
     *
     * @param path the file
     * @param image the image
     * @throws IOException if writing fails
     */
    public static void writeRgb(Path path, RgbImage image) throws IOException {
        write(path, new PngHeader(image.width(), image.height(), 8, PngHeader.RGB, false), new byte[0], image.toArray(),
                Map.of());
    }

    /**
     * Writes an image of at most 256 colours.
     *
     * @param path the file
     * @param indices [H, W], indices of the palette
     * @param palette red, green, blue of 1 to 256 entries
     * @throws IOException if writing fails
     */
    public static void writePalette(Path path, Plane indices, byte[] palette) throws IOException {
        if (palette.length == 0 || palette.length % 3 != 0 || palette.length > 768) {
            throw new IllegalArgumentException(
                    "palette: expected 1 to 256 entries of 3 bytes, found " + palette.length + " bytes");
        }
        byte[] samples = Samples.gray8(indices);
        for (byte sample : samples) {
            if ((sample & 0xFF) >= palette.length / 3) {
                throw new IllegalArgumentException("indices: expected entries of the palette of " + palette.length / 3
                        + ", found " + (sample & 0xFF));
            }
        }
        write(path, new PngHeader(indices.width(), indices.height(), 8, PngHeader.PALETTE, false), palette, samples,
                Map.of());
    }

    private static void write(Path path, PngHeader header, byte[] palette, byte[] samples, Map<String, String> text)
            throws IOException {
        PngWriter writer = new PngWriter(header, palette, text);
        AtomicFile.write(path, out -> writer.write(out, samples));
    }

    /**
     * {@return the bytes of an encoded colour image, for sending}
     *
     * @param image the image
     * @throws IOException if encoding fails
     */
    public static byte[] encodeRgb(RgbImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PngWriter(new PngHeader(image.width(), image.height(), 8, PngHeader.RGB, false), new byte[0], Map.of())
                .write(out, image.toArray());
        return out.toByteArray();
    }

    /**
     * Reads a grayscale image.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static IntegerImage readGray(Input in, ImageOptions options) throws IOException {
        PngHeader header = PngHeader.parse(in, options);
        PngChunks chunks = PngChunks.parse(in, header);
        byte[] palette = chunks.palette();
        boolean indexed = header.colourType() == PngHeader.PALETTE;
        if (header.channels() > 2 || (indexed && !isGray(palette))) {
            throw new UnsupportedFormatException(in.name(), "expected a grayscale picture, found "
                    + (indexed ? "a colour palette" : "RGB colour") + "; read it as RGB or convert it to gray");
        }
        PngRows rows = new PngRows(in, header, chunks).requireEnoughData();
        HeapSpace.require(in.name(), header.height(), header.width(), Float.BYTES);
        Plane values = Plane.allocate(header.height(), header.width());
        int[] samples = new int[header.width() * header.channels()];
        rows.forEach((row, y, x, step, count) -> {
            unpack(row, header, count, samples);
            float[] to = values.array();
            int at = values.rowStart(y) + x;
            for (int i = 0; i < count; i++, at += step) {
                int sample = samples[i * header.channels()];
                to[at] = indexed ? palette[3 * requireEntry(in, sample, palette)] & 0xFF : sample;
            }
        });
        return new IntegerImage(chunks.orientation().applied(values), indexed ? 8 : header.bitDepth());
    }

    /**
     * Reads a colour image.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static RgbImage readRgb(Input in, ImageOptions options) throws IOException {
        PngHeader header = PngHeader.parse(in, options);
        PngChunks chunks = PngChunks.parse(in, header);
        PngRows rows = new PngRows(in, header, chunks).requireEnoughData();
        HeapSpace.require(in.name(), header.height(), header.width(), RgbImage.CHANNELS);
        RgbImage image = RgbImage.allocate(header.height(), header.width());
        byte[] to = image.array();
        int[] samples = new int[header.width() * header.channels()];
        byte[] levels = levels(header, chunks.palette());
        rows.forEach((row, y, x, step, count) -> {
            int at = image.rowStart(y) + x * RgbImage.CHANNELS;
            if (header.colourType() == PngHeader.RGB && header.bitDepth() == 8 && step == 1) {
                System.arraycopy(row, 1, to, at, count * RgbImage.CHANNELS);
                return;
            }
            unpack(row, header, count, samples);
            int channels = header.channels();
            for (int i = 0; i < count; i++, at += step * RgbImage.CHANNELS) {
                int from = i * channels;
                if (channels >= 3) {
                    to[at] = levels[3 * samples[from]];
                    to[at + 1] = levels[3 * samples[from + 1]];
                    to[at + 2] = levels[3 * samples[from + 2]];
                } else {
                    if (3 * samples[from] >= levels.length) {
                        requireEntry(in, samples[from], levels);
                    }
                    System.arraycopy(levels, 3 * samples[from], to, at, RgbImage.CHANNELS);
                }
            }
        });
        return chunks.orientation().applied(image);
    }

    /**
     * Reads the size of the upright image without its rows.
     *
     * @param path the file
     * @return the content of the header
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static ImageSize probe(Path path) throws IOException {
        return PngProbe.size(path);
    }

    /**
     * Reads the size of the upright image without its rows.
     *
     * @param in the content of the file, or its first bytes
     * @param options the limits
     * @return the content of the header
     * @throws IOException if the data is damaged or not supported
     */
    public static ImageSize probe(Input in, ImageOptions options) throws IOException {
        return PngProbe.size(in, options);
    }

    /** Returns red, green, blue of each sample value: the palette, or the grays that the bit depth scales to. */
    private static byte[] levels(PngHeader header, byte[] palette) {
        if (header.colourType() == PngHeader.PALETTE) {
            return palette;
        }
        int values = 1 << header.bitDepth();
        byte[] levels = new byte[3 * values];
        for (int value = 0; value < values; value++) {
            byte level = (byte) (header.bitDepth() == 16 ? value >> 8 : value * 255 / (values - 1));
            levels[3 * value] = level;
            levels[3 * value + 1] = level;
            levels[3 * value + 2] = level;
        }
        return levels;
    }

    private static int requireEntry(Input in, int index, byte[] palette) throws FormatException {
        if (3 * index >= palette.length) {
            throw in.error(FormatException.NO_OFFSET, "expected entries of the palette of " + palette.length / 3
                    + " colours, found " + index + "; save the picture again");
        }
        return index;
    }

    private static boolean isGray(byte[] palette) {
        for (int at = 0; at < palette.length; at += 3) {
            if (palette[at] != palette[at + 1] || palette[at] != palette[at + 2]) {
                return false;
            }
        }
        return true;
    }

    /** Unpacks the samples of {@code count} pixels as integers, interleaved. */
    private static void unpack(byte[] row, PngHeader header, int count, int[] samples) {
        int length = count * header.channels();
        int depth = header.bitDepth();
        if (depth == 8) {
            for (int i = 0; i < length; i++) {
                samples[i] = row[1 + i] & 0xFF;
            }
        } else if (depth == 16) {
            for (int i = 0; i < length; i++) {
                samples[i] = (row[1 + 2 * i] & 0xFF) << 8 | (row[2 + 2 * i] & 0xFF);
            }
        } else {
            int mask = (1 << depth) - 1;
            for (int i = 0; i < length; i++) {
                int bit = i * depth;
                samples[i] = row[1 + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
            }
        }
    }
}
