package fathom.formats.png;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

import fathom.formats.FormatException;
import fathom.formats.Input;
import fathom.formats.Orientation;
import fathom.formats.OrientationRecords;
import fathom.formats.UnsupportedFormatException;

/**
 * The chunks of a PNG after its header: the positions of the compressed rows, the palette, the texts. Every checksum is
 * checked. A file without an IEND chunk is truncated, even if all rows are present.
 */
final class PngChunks {
    static final int IHDR = 0x49484452;
    static final int PLTE = 0x504C5445;
    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454E44;
    static final int TEXT = 0x74455874;
    private static final int EXIF = 0x65584966;
    private static final int COMPRESSED_TEXT = 0x7A545874;
    private static final int INTERNATIONAL_TEXT = 0x69545874;
    private static final int ANCILLARY = 0x20000000;

    private final byte[] palette;
    private final List<Stretch> data;
    private final Map<String, String> text;
    private final Orientation orientation;

    private PngChunks(byte[] palette, List<Stretch> data, Map<String, String> text, Orientation orientation) {
        this.palette = palette;
        this.data = data;
        this.text = text;
        this.orientation = orientation;
    }

    /** Returns red, green, blue of each entry; empty without a palette. */
    byte[] palette() {
        return palette;
    }

    /** Returns the ranges of compressed rows, in order. */
    List<Stretch> data() {
        return data;
    }

    /** Returns the tEXt entries by keyword, in order. */
    Map<String, String> text() {
        return text;
    }

    /** Returns the orientation that EXIF or XMP records state, before or after the rows. */
    Orientation orientation() {
        return orientation;
    }

    /** A range of the bytes of the file. */
    record Stretch(int offset, int length) {}

    /** Reads the chunks from the end of the header to IEND. */
    static PngChunks parse(Input in, PngHeader header) throws IOException {
        in.seek(PngHeader.LENGTH);
        byte[] palette = {};
        List<Stretch> data = new ArrayList<>();
        Map<String, String> text = new LinkedHashMap<>();
        OrientationRecords records = new OrientationRecords();
        while (true) {
            int start = in.position();
            in.require(8, "a PNG chunk; the last one is IEND");
            long length = Integer.toUnsignedLong(in.s32("a chunk length"));
            int type = in.s32("a chunk type");
            in.require(length + 4, "the " + name(type) + " chunk");
            requireChecksum(in, start + 4, (int) length + 4);
            int offset = in.position();
            switch (type) {
                case PLTE -> palette = palette(in, offset, (int) length);
                case IDAT -> data.add(new Stretch(offset, (int) length));
                case TEXT -> {
                    addText(text, in.bytes(), offset, (int) length);
                    addRecord(records, type, in.bytes(), offset, (int) length);
                }
                case EXIF, COMPRESSED_TEXT, INTERNATIONAL_TEXT ->
                    addRecord(records, type, in.bytes(), offset, (int) length);
                case IEND -> {
                    requireParts(in, header, palette, data, start);
                    return new PngChunks(palette, data, text, records.orientation());
                }
                default -> {
                    if ((type & ANCILLARY) == 0) {
                        throw new UnsupportedFormatException(in.name(), "the critical chunk " + name(type)
                                + " is not part of the PNG standard; save the picture as plain PNG");
                    }
                }
            }
            in.seek(offset + (int) length + 4);
        }
    }

    private static void requireParts(Input in, PngHeader header, byte[] palette, List<Stretch> data, int at)
            throws FormatException {
        if (data.isEmpty()) {
            throw in.error(at, "expected compressed rows (IDAT) before IEND, found none; save the picture again");
        }
        if (header.colourType() == PngHeader.PALETTE && palette.length == 0) {
            throw in.error(at, "expected a palette (PLTE), found none; save the picture again");
        }
    }

    private static byte[] palette(Input in, int offset, int length) throws FormatException {
        if (length == 0 || length % 3 != 0 || length > 768) {
            throw in.error(offset, "expected a palette of 1 to 256 entries of 3 bytes, found " + length + " bytes");
        }
        return Arrays.copyOfRange(in.bytes(), offset, offset + length);
    }

    private static void addText(Map<String, String> text, byte[] bytes, int offset, int length) {
        String entry = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        int separator = entry.indexOf('\0');
        if (separator > 0) {
            text.putIfAbsent(entry.substring(0, separator), entry.substring(separator + 1));
        }
    }

    /** Returns whether a chunk may state the orientation. */
    static boolean mayStateOrientation(int type) {
        return type == EXIF || type == TEXT || type == COMPRESSED_TEXT || type == INTERNATIONAL_TEXT;
    }

    /** Adds the orientation record of a chunk for which {@link #mayStateOrientation} is true, if it has one. */
    static void addRecord(OrientationRecords records, int type, byte[] bytes, int offset, int length) {
        if (type == EXIF) {
            records.addExif(bytes, offset, offset + length);
            return;
        }
        String keyword = PngText.keyword(bytes, offset, length);
        if (keyword.equals(OrientationRecords.RAW_PROFILE)) {
            records.addRawProfile(text(type, bytes, offset, length));
        } else if (keyword.equals(OrientationRecords.XMP_KEYWORD)) {
            records.addXmp(text(type, bytes, offset, length));
        }
    }

    private static String text(int type, byte[] bytes, int offset, int length) {
        return switch (type) {
            case COMPRESSED_TEXT -> PngText.compressed(bytes, offset, length);
            case INTERNATIONAL_TEXT -> PngText.international(bytes, offset, length);
            default -> PngText.plain(bytes, offset, length);
        };
    }

    /** Requires that the checksum after {@code length} bytes from {@code offset} is correct. */
    static void requireChecksum(Input in, int offset, int length) throws FormatException {
        CRC32 crc = new CRC32();
        crc.update(in.bytes(), offset, length);
        int position = in.position();
        in.seek(offset + length);
        int stored = in.s32("a chunk checksum");
        in.seek(position);
        if ((int) crc.getValue() != stored) {
            throw in.error(offset, String.format(Locale.ROOT,
                    "the checksum of a chunk is wrong: expected %08X, found %08X; copy or download the file again",
                    stored, (int) crc.getValue()));
        }
    }

    /** Returns the four letters of a chunk type. */
    static String name(int type) {
        StringBuilder name = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            char letter = (char) (type >> shift & 0xFF);
            name.append(letter >= ' ' && letter < 127 ? letter : '?');
        }
        return name.toString();
    }
}
