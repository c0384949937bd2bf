package fathom.formats.pnm;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.HeapSpace;
import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.IntegerImage;
import fathom.formats.Orientation;
import fathom.formats.Samples;
import fathom.formats.UnsupportedFormatException;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Netpbm images: P1 and P4 bitmaps, P2 and P5 gray, P3 and P6 colour are read; P5 and P6 are written. Values with a
 * maximum above 255 have two bytes, big-endian by the specification (netpbm.sourceforge.net/doc/pgm.html). The raw
 * files of NYU Depth v2 are little-endian; see {@link ImageOptions#pnmOrder}. If a file contains several images, the
 * first is read. Comments may be anywhere in the header, also after its last number. Gray values are the integers of the
 * file for any maximum; colours are scaled to 0 to 255.
 */
public final class Pnm {
    private Pnm() {}

    /**
     * Reads a gray map or bitmap: the exact integers of the file. In a bitmap 1 is black.
     *
     * @param path the file
     * @param options the limits
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static IntegerImage readGray(Path path, ImageOptions options) throws IOException {
        return readGray(Input.of(path), options);
    }

    /**
     * Writes integers from 0 to 65535 as a 16-bit PGM (P5, maximum 65535).
     *
     * @param path the file
     * @param values integers, [H, W]
     * @throws IOException if writing fails
     */
    public static void writeGray16(Path path, Plane values) throws IOException {
        write(path, "P5", values.height(), values.width(), 65535, Samples.gray16(values, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Writes integers from 0 to 255 as an 8-bit PGM (P5, maximum 255).
     *
     * @param path the file
     * @param values integers, [H, W]
     * @throws IOException if writing fails
     */
    public static void writeGray8(Path path, Plane values) throws IOException {
        write(path, "P5", values.height(), values.width(), 255, Samples.gray8(values));
    }

    /**
     * Writes a colour image as PPM (P6, maximum 255).
     *
     * @param path the file
     * @param image the image
     * @throws IOException if writing fails
     */
    public static void writeRgb(Path path, RgbImage image) throws IOException {
        write(path, "P6", image.height(), image.width(), 255, image.toArray());
    }

    private static void write(Path path, String magic, int height, int width, int maximum, byte[] samples)
            throws IOException {
        String header = magic + "\n" + width + " " + height + "\n" + maximum + "\n";
        AtomicFile.write(path, out -> {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            out.write(samples);
        });
    }

    /** The content of the first lines. After reading it the position of {@code in} is the first sample. */
    private record Header(int kind, int height, int width, int maximum) {
        boolean bitmap() {
            return kind == 1 || kind == 4;
        }

        /** Returns whether the samples are text. */
        boolean isPlain() {
            return kind <= 3;
        }

        int channels() {
            return kind == 3 || kind == 6 ? 3 : 1;
        }

        int bitDepth() {
            return bitmap() ? 1 : maximum < 256 ? 8 : 16;
        }

        long sampleBytes() {
            if (kind == 4) {
                return (width + 7L) / 8 * height;
            }
            // A plain sample is at least one digit and a space; bitmaps and the last sample need no space.
            long samples = (long) width * height * channels();
            return switch (kind) {
                case 1 -> samples;
                case 2, 3 -> 2 * samples - 1;
                default -> samples * (maximum < 256 ? 1 : 2);
            };
        }
    }

    /**
     * Reads only the header.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the content of the header
     * @throws IOException if the data is damaged or not supported
     */
    public static ImageSize probe(Input in, ImageOptions options) throws IOException {
        Header header = header(in, options);
        return new ImageSize(header.height, header.width, Formats.PNM, header.channels(), header.bitDepth(),
                Orientation.UPRIGHT);
    }

    /**
     * Reads a gray map or bitmap.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static IntegerImage readGray(Input in, ImageOptions options) throws IOException {
        Header header = header(in, options);
        if (header.channels() != 1) {
            throw new UnsupportedFormatException(in.name(), "expected a one-channel picture, found a colour picture (P"
                    + header.kind + "); read it as RGB or convert it to gray");
        }
        requireLength(in, header);
        HeapSpace.require(in.name(), header.height, header.width, Float.BYTES);
        Plane values = Plane.allocate(header.height, header.width);
        float[] to = values.array();
        int[] row = new int[header.width];
        for (int y = 0, at = 0; y < header.height; y++) {
            readRow(in, header, options, row);
            for (int value : row) {
                to[at++] = value;
            }
        }
        requireEnd(in, header);
        return new IntegerImage(values, header.bitDepth());
    }

    /**
     * Reads a colour image; gray images get three equal channels.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static RgbImage readRgb(Input in, ImageOptions options) throws IOException {
        Header header = header(in, options);
        requireLength(in, header);
        HeapSpace.require(in.name(), header.height, header.width, RgbImage.CHANNELS);
        RgbImage image = RgbImage.allocate(header.height, header.width);
        byte[] to = image.array();
        if (header.kind == 6 && header.maximum == 255) {
            System.arraycopy(in.bytes(), in.position(), to, 0, to.length);
            return image;
        }
        byte[] eightBit = eightBit(header);
        int[] row = new int[header.width * header.channels()];
        for (int y = 0, at = 0; y < header.height; y++) {
            readRow(in, header, options, row);
            for (int value : row) {
                byte level = eightBit[value];
                to[at++] = level;
                if (header.channels() == 1) {
                    to[at++] = level;
                    to[at++] = level;
                }
            }
        }
        requireEnd(in, header);
        return image;
    }

    /** Requires that no more numbers follow the samples of a plain picture. */
    private static void requireEnd(Input in, Header header) throws FormatException {
        if (header.kind != 2 && header.kind != 3) {
            return;
        }
        skipSpaceAndComments(in);
        if (in.remaining() > 0 && in.bytes()[in.position()] >= '0' && in.bytes()[in.position()] <= '9') {
            throw in.error(in.position(), "expected the end of the picture after " + header.width + "x" + header.height
                    + " pixels, found more numbers; check the size in the header");
        }
    }

    /** Returns the 8-bit value of each sample: v·255/maximum rounded to even like Pillow; 1 is black in a bitmap. */
    private static byte[] eightBit(Header header) {
        byte[] levels = new byte[header.maximum + 1];
        for (int value = 0; value <= header.maximum; value++) {
            int level = (int) Math.rint((double) value / header.maximum * 255);
            levels[value] = (byte) (header.bitmap() ? 255 - level : level);
        }
        return levels;
    }

    private static Header header(Input in, ImageOptions options) throws IOException {
        in.require(3, "the PNM header");
        byte[] bytes = in.bytes();
        if (bytes[0] != 'P' || bytes[1] < '1' || bytes[1] > '6') {
            throw in.error(0, "expected P1 to P6, found " + Formats.describe(bytes));
        }
        int kind = bytes[1] - '0';
        in.seek(2);
        int width = number(in, "the width");
        int height = number(in, "the height");
        int maximum = kind == 1 || kind == 4 ? 1 : number(in, "the maximum value");
        if (maximum < 1 || maximum > 65535) {
            throw in.error(in.position(), "expected a maximum value from 1 to 65535, found " + maximum);
        }
        in.requireSize(width, height, options);
        Header header = new Header(kind, height, width, maximum);
        endHeader(in, header);
        return header;
    }

    /**
     * Moves to the first sample: after the one white space that ends the header, which may follow a comment. The newline
     * of that comment is the white space for some writers and not for others; the length of the file decides.
     */
    private static void endHeader(Input in, Header header) throws FormatException {
        int from = in.position();
        byte[] bytes = in.bytes();
        in.require(1, "the PNM header");
        if (bytes[from] == '#') {
            skipComment(in);
            in.require(1, "the PNM header");
            long end = in.position() + 1 + header.sampleBytes();
            boolean newlineEnds = end == bytes.length || (end < bytes.length && isImage(bytes, (int) end));
            in.skip(newlineEnds || header.isPlain() || !isSpace(bytes, in.position() + 1) ? 1 : 2, "the PNM header");
        } else if (isSpace(bytes, from)) {
            in.skip(1, "the PNM header");
        } else {
            throw in.error(from, "expected one white space after the header, found byte " + (bytes[from] & 0xFF)
                    + "; save the picture again");
        }
    }

    /**
     * Requires that the samples are all that follows the header, except for further images. Otherwise the header ends
     * elsewhere, for example after CR LF or a second blank, and every sample would be read from the wrong byte.
     */
    private static void requireLength(Input in, Header header) throws FormatException {
        if (header.isPlain()) {
            in.require(header.sampleBytes(), "samples");
            return;
        }
        int start = in.position();
        byte[] bytes = in.bytes();
        long needed = header.sampleBytes();
        long excess = in.remaining() - needed;
        boolean odd = isSpace(bytes, start) || (start < bytes.length && bytes[start] == '#');
        if (excess < 0 || excess == 0) {
            in.require(needed, "samples");
            return;
        }
        int next = start + (int) needed;
        if (isImage(bytes, next) && !(odd && isImage(bytes, next + 1))) {
            return;
        }
        boolean carriageReturn = bytes[start - 1] == '\r' && bytes[start] == '\n';
        throw in.error(start,
                "expected one white space after the header and then " + needed + " bytes of samples, found "
                        + (carriageReturn ? "CR LF and " : odd ? "more white space or a comment, and " : "")
                        + in.remaining() + " bytes, " + excess + " too many; "
                        + (odd ? "end the lines of the header with a single LF" : "save the picture again"));
    }

    private static boolean isImage(byte[] bytes, int at) {
        return at + 2 < bytes.length && bytes[at] == 'P' && bytes[at + 1] >= '1' && bytes[at + 1] <= '7'
                && (isSpace(bytes, at + 2) || bytes[at + 2] == '#');
    }

    private static boolean isSpace(byte[] bytes, int at) {
        return at < bytes.length && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'));
    }

    /** Reads one row of samples, interleaved. */
    private static void readRow(Input in, Header header, ImageOptions options, int[] row) throws FormatException {
        byte[] bytes = in.bytes();
        int at = in.position();
        switch (header.kind) {
            case 1 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] = bit(in);
                }
                return;
            }
            case 2, 3 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] = number(in, "a sample");
                }
                at = in.position();
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] = bytes[at + (i >> 3)] >> (7 - (i & 7)) & 1;
                }
                at += (row.length + 7) / 8;
            }
            default -> {
                if (header.maximum < 256) {
                    for (int i = 0; i < row.length; i++) {
                        row[i] = bytes[at++] & 0xFF;
                    }
                } else {
                    int high = options.pnmOrder() == ByteOrder.BIG_ENDIAN ? 0 : 1;
                    for (int i = 0; i < row.length; i++, at += 2) {
                        row[i] = (bytes[at + high] & 0xFF) << 8 | (bytes[at + 1 - high] & 0xFF);
                    }
                }
            }
        }
        for (int value : row) {
            if (value > header.maximum) {
                throw in.error(in.position(), "expected samples up to the maximum of " + header.maximum + ", found "
                        + value + (header.maximum < 256 ? "" : "; check the byte order"));
            }
        }
        in.seek(at);
    }

    /** Reads the next 0 or 1 of a plain bitmap, whose digits need no spaces between them. */
    private static int bit(Input in) throws FormatException {
        skipSpaceAndComments(in, "a sample");
        int digit = in.u8("a sample") - '0';
        if (digit != 0 && digit != 1) {
            throw in.error(in.position() - 1L, "expected 0 or 1, found byte " + (digit + '0'));
        }
        return digit;
    }

    private static int number(Input in, String what) throws FormatException {
        skipSpaceAndComments(in, what);
        byte[] bytes = in.bytes();
        int from = in.position();
        int at = from;
        long value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && value <= Integer.MAX_VALUE) {
            value = value * 10 + (bytes[at++] - '0');
        }
        if (at == from || value > Integer.MAX_VALUE) {
            throw in.error(from, "expected " + what + " as a decimal number, found another character");
        }
        in.seek(at);
        return (int) value;
    }

    private static void skipSpaceAndComments(Input in, String what) throws FormatException {
        skipSpaceAndComments(in);
        in.require(1, what);
    }

    private static void skipSpaceAndComments(Input in) {
        byte[] bytes = in.bytes();
        while (in.remaining() > 0) {
            if (bytes[in.position()] == '#') {
                skipComment(in);
            } else if (isSpace(bytes, in.position())) {
                in.seek(in.position() + 1);
            } else {
                break;
            }
        }
    }

    /** Moves to the end of the line of a comment. */
    private static void skipComment(Input in) {
        byte[] bytes = in.bytes();
        int at = in.position();
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        in.seek(at);
    }
}
