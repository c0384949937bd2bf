package fathom.formats.npy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.Input;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.UnsupportedFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The header of a NumPy array file: magic {@code \x93NUMPY}, two version bytes, the length of the following text (2
 * bytes in version 1, 4 in versions 2 and 3, little-endian), then a Python dictionary with the keys {@code descr},
 * {@code fortran_order} and {@code shape}. Described in {@code numpy/lib/format.py}. A small parser reads the
 * dictionary; nothing in it is evaluated.
 */
final class NpyHeader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_TEXT = 1 << 16;
    private static final int MAX_AXES = 64;
    private static final String AGAIN = "; save the array again with numpy.save";

    /** Number of bytes that contain any accepted header. */
    static final int MAX_LENGTH = 12 + MAX_TEXT;

    private final NumberType type;
    private final ByteOrder order;
    private final boolean fortranOrder;
    private final int[] shape;
    private final int end;

    private NpyHeader(NumberType type, ByteOrder order, boolean fortranOrder, int[] shape, int end) {
        this.type = type;
        this.order = order;
        this.fortranOrder = fortranOrder;
        this.shape = shape;
        this.end = end;
    }

    NumberType type() {
        return type;
    }

    ByteOrder order() {
        return order;
    }

    boolean fortranOrder() {
        return fortranOrder;
    }

    /** Returns the length of each axis, not copied. */
    int[] shape() {
        return shape;
    }

    /** Returns the number of bytes before the first element. */
    int end() {
        return end;
    }

    /** Returns the number of elements, which fits into one array. */
    int size() {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }

    /** Returns the number of bytes of all elements. */
    int dataLength() {
        return size() * type.size();
    }

    static NpyHeader parse(Input in) throws IOException {
        in.require(MAGIC.length + 2, "the NPY header");
        if (!Arrays.equals(in.bytes(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw in.error(0, "expected NPY data, found " + Formats.describe(in.bytes()));
        }
        in.seek(MAGIC.length);
        int major = in.u8("the NPY version");
        int minor = in.u8("the NPY version");
        if (major < 1 || major > 3) {
            throw new UnsupportedFormatException(in.name(),
                    "expected NPY version 1.0, 2.0 or 3.0, found " + major + "." + minor + AGAIN);
        }
        long length = Integer.toUnsignedLong(major == 1
                ? Short.reverseBytes((short) in.u16("the header length")) & 0xFFFF
                : Integer.reverseBytes(in.s32("the header length")));
        if (length > MAX_TEXT) {
            throw in.error(8, "expected a header of at most " + MAX_TEXT + " bytes, found " + length + AGAIN);
        }
        in.require(length, "the NPY header");
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        int start = in.position();
        String text = new String(in.bytes(), start, (int) length, charset);
        in.seek(start + (int) length);
        return new Dictionary(in, text, start).parse();
    }

    /** Returns the header that NumPy would write, padded so that the data starts at a multiple of 64. */
    static byte[] format(NdArray array) {
        StringBuilder text = new StringBuilder("{'descr': '");
        if (array.type().size() == 1) {
            text.append('|');
        } else {
            text.append(array.bytes().order() == ByteOrder.LITTLE_ENDIAN ? '<' : '>');
        }
        text.append(array.type().code()).append("', 'fortran_order': False, 'shape': (");
        int[] shape = array.shape();
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : " ").append(shape[axis])
                    .append(axis == shape.length - 1 && axis > 0 ? "" : ",");
        }
        text.append("), }");
        int unpadded = 10 + text.length() + 1;
        text.repeat(' ', (64 - unpadded % 64) % 64).append('\n');
        byte[] header = new byte[10 + text.length()];
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[8] = (byte) text.length();
        header[9] = (byte) (text.length() >> 8);
        System.arraycopy(text.toString().getBytes(StandardCharsets.ISO_8859_1), 0, header, 10, text.length());
        return header;
    }

    /** A parser of the few Python literals that a header may contain. */
    private static final class Dictionary {
        private final Input in;
        private final String text;
        private final int start;
        private int at;
        private @Nullable String descr;
        private @Nullable Boolean fortranOrder;
        private int @Nullable [] shape;

        Dictionary(Input in, String text, int start) {
            this.in = in;
            this.text = text;
            this.start = start;
        }

        NpyHeader parse() throws IOException {
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> descr = type();
                    case "fortran_order" -> fortranOrder = bool();
                    case "shape" -> shape = shape();
                    default -> throw error("the keys descr, fortran_order and shape", "'" + key + "'");
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at != text.length()) {
                throw error("the end of the header", "more text");
            }
            String code = descr;
            Boolean fortran = fortranOrder;
            int[] lengths = shape;
            if (code == null || fortran == null || lengths == null) {
                throw error("the keys descr, fortran_order and shape", "fewer");
            }
            NumberType type = numberType(code);
            requireAddressable(lengths, type);
            ByteOrder order = code.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new NpyHeader(type, order, fortran, lengths, in.position());
        }

        private void requireAddressable(int[] lengths, NumberType type) throws IOException {
            long bytes = type.size();
            for (int length : lengths) {
                if (length == 0) {
                    return;
                }
            }
            for (int length : lengths) {
                bytes *= length;
                if (bytes > Integer.MAX_VALUE - 8) {
                    throw new UnsupportedFormatException(in.name(), "expected an array of at most 2 GB, found shape "
                            + Arrays.toString(lengths) + " of " + type.code() + "; save it in parts");
                }
            }
        }

        private NumberType numberType(String code) throws IOException {
            boolean native1 = code.length() == 3 && "|<>=".indexOf(code.charAt(0)) >= 0;
            if (native1) {
                for (NumberType type : NumberType.values()) {
                    if (type.code().equals(code.substring(1))) {
                        return type;
                    }
                }
            }
            throw new UnsupportedFormatException(in.name(),
                    "expected numbers (bool, int8 to uint64, float16 to float64)," + " found NumPy type '" + code
                            + "'; convert it with astype and save it again");
        }

        private String type() throws IOException {
            skipSpace();
            if (at < text.length() && text.charAt(at) == '[') {
                throw new UnsupportedFormatException(in.name(),
                        "expected an array of plain numbers, found records (a structured type); save each field separately");
            }
            return string();
        }

        private String string() throws FormatException {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : '\0';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw error("a quoted string", found());
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        private boolean bool() throws FormatException {
            skipSpace();
            for (String literal : new String[]{"True", "False"}) {
                if (text.startsWith(literal, at)) {
                    at += literal.length();
                    return literal.equals("True");
                }
            }
            throw error("True or False", found());
        }

        private int[] shape() throws FormatException {
            expect('(');
            int[] lengths = new int[MAX_AXES];
            int count = 0;
            while (!accept(')')) {
                if (count == MAX_AXES) {
                    throw error("at most " + MAX_AXES + " axes", "more");
                }
                lengths[count++] = length();
                if (!accept(',')) {
                    expect(')');
                    break;
                }
            }
            return Arrays.copyOf(lengths, count);
        }

        private int length() throws FormatException {
            skipSpace();
            int from = at;
            long value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at++) - '0');
                if (value > Integer.MAX_VALUE) {
                    throw error("axes of at most 2^31 - 1", text.substring(from, at) + "...");
                }
            }
            if (at == from) {
                throw error("the length of an axis", found());
            }
            if (at < text.length() && text.charAt(at) == 'L') {
                at++; // written by Python 2
            }
            return (int) value;
        }

        private boolean accept(char c) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) throws FormatException {
            if (!accept(c)) {
                throw error("'" + c + "'", found());
            }
        }

        private String found() {
            return at < text.length() ? "'" + text.charAt(at) + "'" : "the end of the header";
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private FormatException error(String expected, String found) {
            return in.error(start + at, "the NPY header is damaged: expected " + expected + ", found " + found + AGAIN);
        }
    }
}
