package fathom.formats.pnm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.HeapSpace;
import fathom.formats.ImageOptions;
import fathom.formats.Input;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.UnsupportedFormatException;
import fathom.raster.Plane;

/**
 * Portable float maps: {@code Pf} for one channel, {@code PF} for three, then width, height and a scale whose sign is
 * the byte order (negative: little-endian), then float32 rows from the bottom up. Values are read unchanged, including
 * infinities and NaN. Words are separated by white space and comments; the values begin after one white space, or after
 * blanks and the end of the line. The magnitude of the scale is ignored, like in the readers of the Middlebury and ETH3D files.
 */
public final class Pfm {
    private static final int MAX_WORD = 64;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private Pfm() {}

    /**
     * Reads [H, W] or [H, W, 3].
     *
     * @param path the file
     * @return the array
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static NdArray read(Path path) throws IOException {
        return read(Input.of(path));
    }

    /**
     * Reads [H, W] or [H, W, 3] from {@code bytes}.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @return the array
     * @throws IOException if the data is damaged or not supported
     */
    public static NdArray read(byte[] bytes, String name) throws IOException {
        return read(new Input(bytes, name).requireNotEmpty());
    }

    /**
     * Reads a one-channel map, [H, W].
     *
     * @param path the file
     * @return the map
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Plane readPlane(Path path) throws IOException {
        NdArray array = read(path);
        if (array.shape().length != 2) {
            throw new UnsupportedFormatException(path.toString(),
                    "expected a one-channel map (Pf), found three channels (PF); keep one of them");
        }
        return array.toPlane();
    }

    /**
     * Writes a one-channel map, little-endian.
     *
     * @param path the file
     * @param values the map
     * @throws IOException if writing fails
     */
    public static void write(Path path, Plane values) throws IOException {
        write(path, NdArray.of(values), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Writes float32 [H, W] as {@code Pf} or [H, W, 3] as {@code PF}.
     *
     * @param path the file
     * @param values the map
     * @param order byte order of the file
     * @throws IOException if writing fails
     */
    public static void write(Path path, NdArray values, ByteOrder order) throws IOException {
        int[] shape = values.shape();
        boolean colour = shape.length == 3 && shape[2] == 3;
        if (values.type() != NumberType.FLOAT32 || values.size() == 0 || (shape.length != 2 && !colour)) {
            throw new IllegalArgumentException("values: expected f4 [H, W] or [H, W, 3], found " + values);
        }
        String header = (colour ? "PF\n" : "Pf\n") + shape[1] + " " + shape[0] + "\n"
                + (order == ByteOrder.LITTLE_ENDIAN ? "-1.0" : "1.0") + "\n";
        ByteBuffer source = values.bytes();
        int rowLength = shape[1] * (colour ? 3 : 1) * Float.BYTES;
        ByteBuffer row = ByteBuffer.allocate(rowLength).order(order);
        AtomicFile.write(path, out -> {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (int y = shape[0] - 1; y >= 0; y--) {
                row.asIntBuffer().put(source.slice(y * rowLength, rowLength).order(source.order()).asIntBuffer());
                out.write(row.array());
            }
        });
    }

    private static NdArray read(Input in) throws IOException {
        String magic = word(in);
        if (!magic.equals("PF") && !magic.equals("Pf")) {
            throw in.error(0, "expected PFM data (Pf or PF), found " + Formats.describe(in.bytes()));
        }
        int channels = magic.equals("PF") ? 3 : 1;
        int width = number(in, "the width");
        int height = number(in, "the height");
        ByteOrder order = order(in);
        in.requireSize(width, height, ImageOptions.DEFAULT);
        long rowLength = (long) width * channels * Float.BYTES;
        endHeader(in, rowLength * height);
        HeapSpace.require(in.name(), height, width, channels * Float.BYTES);
        byte[] bytes = new byte[Math.toIntExact(rowLength * height)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(in.bytes(), in.position() + y * (int) rowLength, bytes, (height - 1 - y) * (int) rowLength,
                    (int) rowLength);
        }
        int[] shape = channels == 1 ? new int[]{height, width} : new int[]{height, width, channels};
        return new NdArray(NumberType.FLOAT32, shape, ByteBuffer.wrap(bytes).order(order));
    }

    private static int number(Input in, String what) throws FormatException {
        String word = word(in);
        if (!DIGITS.matcher(word).matches()) {
            throw in.error(in.position() - word.length(),
                    "expected " + what + " as a whole number, found '" + word + "'");
        }
        return Integer.parseInt(word);
    }

    private static ByteOrder order(Input in) throws FormatException {
        String word = word(in);
        int from = in.position() - word.length();
        if (!DECIMAL.matcher(word).matches()) {
            throw in.error(from, "expected the scale as a number, found '" + word + "'");
        }
        double scale = Double.parseDouble(word);
        if (scale == 0 || !Double.isFinite(scale)) {
            throw in.error(from, "expected a scale other than 0, found '" + word + "'");
        }
        return scale < 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /**
     * Moves to the first value: after one white space, or after blanks and the end of the line, LF or CR LF. The length
     * of the file decides, so that no value is read from the wrong byte.
     */
    private static void endHeader(Input in, long needed) throws FormatException {
        byte[] bytes = in.bytes();
        int from = in.position();
        in.require(1, "the PFM header");
        if (bytes[from] > ' ' || bytes[from] < 0) {
            throw in.error(from, "expected the end of the line after the scale, found byte " + (bytes[from] & 0xFF));
        }
        int line = from;
        while (line < bytes.length && (bytes[line] == ' ' || bytes[line] == '\t')) {
            line++;
        }
        if (line + 1 < bytes.length && bytes[line] == '\r' && bytes[line + 1] == '\n') {
            line++;
        }
        boolean hasLine = line < bytes.length && (bytes[line] == '\n' || bytes[line] == '\r');
        for (int start : new int[]{from + 1, hasLine ? line + 1 : from + 1}) {
            if (bytes.length - start == needed) {
                in.seek(start);
                return;
            }
        }
        in.seek(hasLine ? line + 1 : from + 1);
        in.require(needed, "values");
        throw in.error(in.position(), "expected " + needed + " bytes of values after the header, found "
                + in.remaining() + ", " + (in.remaining() - needed) + " too many; check the size in the header");
    }

    /** Reads the next word of the header, after white space and comments; the position is then behind the word. */
    private static String word(Input in) throws FormatException {
        byte[] bytes = in.bytes();
        int from = in.position();
        while (from < bytes.length && (bytes[from] == '#' || isSpace(bytes[from]))) {
            boolean comment = bytes[from] == '#';
            from++;
            while (comment && from < bytes.length && bytes[from] != '\n' && bytes[from] != '\r') {
                from++;
            }
        }
        int at = from;
        while (at < bytes.length && at - from < MAX_WORD && bytes[at] > ' ' && bytes[at] != '#') {
            at++;
        }
        in.seek(at);
        if (at == bytes.length) {
            in.require(1, "the PFM header");
        }
        return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
