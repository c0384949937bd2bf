package fathom.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Reads the orientation from an EXIF record (a TIFF structure, EXIF 2.32 section 4.6). Other tags are ignored. */
final class Exif {
    private static final int ORIENTATION = 274;
    private static final int ENTRY = 12;

    private Exif() {}

    /**
     * Returns the value of the orientation tag in the TIFF structure from {@code start} to {@code end}; empty if it is
     * missing or damaged.
     *
     * @param bytes contains the structure
     * @param start index of its first byte
     * @param end index after its last byte
     */
    static OptionalInt orientation(byte[] bytes, int start, int end) {
        boolean tiffMark = end - start >= 8 && bytes[start] == bytes[start + 1]
                && (bytes[start] == 'I' || bytes[start] == 'M');
        if (!tiffMark) {
            return OptionalInt.empty();
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice()
                .order(bytes[start] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory + 2 > tiff.capacity()) {
            return OptionalInt.empty();
        }
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int entry = 0, at = (int) directory + 2; entry < entries
                && at + ENTRY <= tiff.capacity(); entry++, at += ENTRY) {
            if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION) {
                return OptionalInt.of(value(tiff, at));
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Returns the first number of an entry: of every numeric type like Pillow, and of other types the first two bytes
     * like OpenCV, which ignores the type. Fractions and numbers outside of the structure are 0.
     */
    private static int value(ByteBuffer tiff, int entry) {
        int field = entry + 8;
        long offset = Integer.toUnsignedLong(tiff.getInt(field));
        boolean inside = offset + Long.BYTES <= tiff.capacity();
        int at = inside ? (int) offset : 0;
        double value = switch (tiff.getShort(entry + 2)) {
            case 4, 9, 13 -> tiff.getInt(field);
            case 6 -> tiff.get(field);
            case 11 -> tiff.getFloat(field);
            case 5, 10 -> inside ? (double) tiff.getInt(at) / tiff.getInt(at + Integer.BYTES) : 0;
            case 12 -> inside ? tiff.getDouble(at) : 0;
            case 16 -> inside ? tiff.getLong(at) : 0;
            default -> tiff.getShort(field) & 0xFFFF;
        };
        return value == Math.rint(value) && Math.abs(value) < Short.MAX_VALUE ? (int) value : 0;
    }
}
