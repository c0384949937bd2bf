package fathom.formats.jpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.Orientation;
import fathom.formats.OrientationRecords;
import fathom.formats.UnsupportedFormatException;

/**
 * The marker segments of a JPEG (ITU-T T.81, annex B) before its first scan.
 *
 * @param height rows as stored
 * @param width columns as stored
 * @param colour the meaning of the components
 * @param orientation the EXIF orientation
 * @param scanHeader position of the header of the first scan, after its marker
 * @param scanStart position of the entropy-coded data of the first scan
 */
public record JpegHeader(int height, int width, Colour colour, Orientation orientation, int scanHeader, int scanStart) {
    /** The meaning of the components, decided as libjpeg does. */
    enum Colour {
        GRAY(1), YCC(3), RGB(3), CMYK(4), YCCK(4);

        private final int channels;

        Colour(int channels) {
            this.channels = channels;
        }

        int channels() {
            return channels;
        }
    }

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int COMMENT = 0xFE;
    /** The largest number of pixels that a byte can code; see {@link #requirePlausible}. */
    private static final long MAX_PIXELS_PER_BYTE = 8 * 64 * 4;
    /** More scans than any encoder writes. The time for decoding grows with their number, even if they are empty. */
    private static final int MAX_SCANS = 64;
    private static final int COEFFICIENTS = 64;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final int NO_ADOBE = -1;
    private static final String AGAIN = "; copy or download the file again";

    /** {@return the size of the upright image} */
    public ImageSize size() {
        boolean swapped = orientation.swapsAxes();
        return new ImageSize(swapped ? width : height, swapped ? height : width, Formats.JPEG, colour.channels, 8,
                orientation);
    }

    /**
     * Reads the segments up to the first scan.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the header
     * @throws IOException if the data is damaged or not supported
     */
    public static JpegHeader parse(Input in, ImageOptions options) throws IOException {
        in.seek(0);
        if (in.u8("the JPEG header") != 0xFF || in.u8("the JPEG header") != SOI) {
            throw in.error(0, "expected JPEG data, found " + Formats.describe(in.bytes()));
        }
        int height = 0;
        int width = 0;
        int[] components = {};
        boolean jfif = false;
        int adobe = NO_ADOBE;
        OrientationRecords records = new OrientationRecords();
        while (true) {
            int marker = marker(in);
            int start = in.position();
            if (marker == EOI) {
                throw in.error(start, "expected a picture, found the end of the JPEG data" + AGAIN);
            }
            int length = in.u16("a marker segment");
            if (length < 2) {
                throw in.error(start, "expected a segment of at least 2 bytes, found " + length + AGAIN);
            }
            in.seek(start);
            in.require(length, "a marker segment");
            in.seek(start + length);
            if (marker == SOS) {
                if (components.length == 0) {
                    throw in.error(start, "expected a frame header before the first scan, found none" + AGAIN);
                }
                Colour colour = colour(in, components, jfif, adobe);
                return new JpegHeader(height, width, colour, records.orientation(), start, in.position());
            }
            if (isFrame(marker)) {
                requireReadable(in, marker);
                in.seek(start + 2);
                int precision = in.u8("the frame header");
                height = in.u16("the frame header");
                width = in.u16("the frame header");
                components = components(in, start + length);
                if (precision != 8) {
                    throw new UnsupportedFormatException(in.name(),
                            "expected 8 bits per sample, found a JPEG of " + precision + "; convert it to PNG");
                }
                in.requireSize(width, height, options);
                in.seek(start + length);
            } else if (marker == APP0) {
                jfif |= hasTag(in, start, length, "JFIF\0");
            } else if (marker == APP14 && hasTag(in, start, length, "Adobe") && length >= 14) {
                adobe = in.bytes()[start + 13] & 0xFF;
            } else if (marker == APP1 && hasTag(in, start, length, "Exif\0\0")) {
                records.addExif(in.bytes(), start + 8, start + length);
            } else if (marker == APP1 && hasTag(in, start, length, XMP)) {
                int from = start + 2 + XMP.length();
                records.addXmp(new String(in.bytes(), from, start + length - from, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** Reads the next marker. Padding 0xFF bytes and stray bytes before it are skipped, as in libjpeg. */
    private static int marker(Input in) throws FormatException {
        int marker;
        do {
            while (in.u8("a JPEG marker") != 0xFF) {
                // stray bytes
            }
            do {
                marker = in.u8("a JPEG marker");
            } while (marker == 0xFF);
        } while (marker == 0 || marker == 0x01 || (marker >= 0xD0 && marker <= SOI));
        return marker;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static void requireReadable(Input in, int marker) throws UnsupportedFormatException {
        if (marker > 0xC2) {
            String kind = marker >= 0xC9
                    ? "arithmetic coding"
                    : marker == 0xC3 ? "lossless coding" : "hierarchical coding";
            throw new UnsupportedFormatException(in.name(),
                    "expected a baseline or progressive JPEG, found one with " + kind + "; convert it to PNG");
        }
    }

    private static int[] components(Input in, int end) throws IOException {
        int count = in.u8("the frame header");
        if (in.position() + 3 * count > end) {
            throw in.error(in.position(), "expected " + count + " components in the frame header, found fewer" + AGAIN);
        }
        if (count != 1 && count != 3 && count != 4) {
            throw new UnsupportedFormatException(in.name(),
                    "expected 1, 3 or 4 components, found " + count + "; convert it to PNG");
        }
        int[] identifiers = new int[count];
        for (int i = 0; i < count; i++) {
            identifiers[i] = in.u8("the frame header");
            in.skip(2, "the frame header");
        }
        return identifiers;
    }

    /**
     * Returns the meaning of the components, as {@code default_decompress_parms} of libjpeg: by the Adobe marker,
     * otherwise JFIF, otherwise the component identifiers.
     */
    private static Colour colour(Input in, int[] components, boolean jfif, int adobe) throws FormatException {
        return switch (components.length) {
            case 1 -> Colour.GRAY;
            case 3 -> {
                boolean lettered = Arrays.equals(components, new int[]{'R', 'G', 'B'});
                yield !jfif && (adobe == 0 || (adobe == NO_ADOBE && lettered)) ? Colour.RGB : Colour.YCC;
            }
            case 4 -> adobe == 2 ? Colour.YCCK : Colour.CMYK;
            default ->
                throw in.error(FormatException.NO_OFFSET, "expected 1, 3 or 4 components, found " + components.length);
        };
    }

    private static boolean hasTag(Input in, int start, int length, String tag) {
        byte[] expected = tag.getBytes(StandardCharsets.ISO_8859_1);
        return length >= 2 + expected.length
                && Arrays.equals(in.bytes(), start + 2, start + 2 + expected.length, expected, 0, expected.length);
    }

    /**
     * Rejects a header that declares more pixels than the data can code. A block of 8x8 needs at least one bit, and the
     * component with the finest sampling has a block for at most 4 blocks of pixels.
     */
    void requirePlausible(Input in) throws FormatException {
        if ((long) width * height > MAX_PIXELS_PER_BYTE * in.length()) {
            throw in.error(FormatException.NO_OFFSET, "the header declares " + width + "x" + height + " pixels, which "
                    + in.length() + " bytes cannot hold" + AGAIN);
        }
    }

    /**
     * Returns the image without application and comment segments. Damage or colour profiles in them then do not affect
     * the decoder: it returns the components as coded, and {@link #colour()} gives their meaning.
     */
    byte[] withoutMetadata(Input in) {
        byte[] bytes = in.bytes();
        byte[] plain = new byte[bytes.length];
        System.arraycopy(bytes, 0, plain, 0, 2);
        int to = 2;
        for (int at = 2; at < scanStart;) {
            int marker = bytes[at + 1] & 0xFF;
            if (bytes[at] != (byte) 0xFF || marker == 0xFF) {
                at++; // padding
                continue;
            }
            boolean bare = marker == 0 || marker == 0x01 || (marker >= 0xD0 && marker <= SOI);
            int length = bare ? 2 : 2 + ((bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF));
            boolean metadata = bare || (marker >= APP0 && marker <= 0xEF) || marker == COMMENT;
            if (!metadata) {
                System.arraycopy(bytes, at, plain, to, length);
                to += length;
            }
            at += length;
        }
        System.arraycopy(bytes, scanStart, plain, to, bytes.length - scanStart);
        return Arrays.copyOf(plain, to + bytes.length - scanStart);
    }

    /** What the markers after the header say about the scans. */
    record Scans(boolean ended, boolean complete) {}

    /**
     * Reads the markers of the scans: whether the end marker follows them, and whether they contain every coefficient of
     * every component with full precision (T.81, annex G).
     *
     * @throws FormatException if there are too many scans
     */
    Scans scans(Input in) throws FormatException {
        byte[] bytes = in.bytes();
        Map<Integer, int[]> missingBits = new HashMap<>();
        addScan(bytes, scanHeader, missingBits);
        int scans = 1;
        int at = scanStart;
        while (at + 1 < bytes.length) {
            if (bytes[at] != (byte) 0xFF) {
                at++;
                continue;
            }
            int marker = bytes[at + 1] & 0xFF;
            if (marker == EOI) {
                return new Scans(true, true);
            }
            boolean inScan = marker == 0 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
            if (inScan) {
                at += 2;
            } else if (marker == 0xFF) {
                at++;
            } else if (at + 3 < bytes.length) {
                if (marker == SOS && at + 4 < bytes.length) {
                    addScan(bytes, at + 2, missingBits);
                    scans++;
                    if (scans > MAX_SCANS) {
                        throw in.error(at, "expected at most " + MAX_SCANS
                                + " scans, found more; save the picture again as a baseline JPEG");
                    }
                }
                at += 2 + ((bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF));
            } else {
                break;
            }
        }
        boolean complete = missingBits.size() == colour.channels
                && missingBits.values().stream().allMatch(bits -> Arrays.stream(bits).allMatch(bit -> bit == 0));
        return new Scans(false, complete);
    }

    /**
     * Notes the coefficients of the scan whose header is at {@code at}: for each component and coefficient the number of
     * low bits that are still missing.
     */
    private static void addScan(byte[] bytes, int at, Map<Integer, int[]> missingBits) {
        int length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        if (length < 6 || at + length > bytes.length) {
            return;
        }
        int components = bytes[at + 2] & 0xFF;
        if (length < 6 + 2 * components) {
            return;
        }
        int spectrum = at + 3 + 2 * components;
        int first = Math.min(bytes[spectrum] & 0xFF, COEFFICIENTS);
        int end = Math.clamp((bytes[spectrum + 1] & 0xFF) + 1L, first, COEFFICIENTS);
        for (int i = 0; i < components; i++) {
            int[] bits = missingBits.computeIfAbsent(bytes[at + 3 + 2 * i] & 0xFF, _ -> unknownBits());
            Arrays.fill(bits, first, end, bytes[spectrum + 2] & 0x0F);
        }
    }

    private static int[] unknownBits() {
        int[] bits = new int[COEFFICIENTS];
        Arrays.fill(bits, Byte.SIZE);
        return bits;
    }
}
