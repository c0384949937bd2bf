package fathom.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the orientation from an EXIF record (a TIFF structure, EXIF 2.32 section 4.6). Other tags are ignored. */
public final class Exif {
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;

    private Exif() {}

    /**
     * {@return the orientation in the TIFF structure from {@code start} to {@code end}; upright if it is missing or
     * damaged}
     *
     * @param bytes contains the structure
     * @param start index of its first byte
     * @param end index after its last byte
     */
    public static Orientation orientation(byte[] bytes, int start, int end) {
        boolean tiffMark = end - start >= 8 && bytes[start] == bytes[start + 1]
                && (bytes[start] == 'I' || bytes[start] == 'M');
        if (!tiffMark) {
            return Orientation.UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice()
                .order(bytes[start] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(tiff.getInt(4));
        if (directory + 2 > tiff.capacity()) {
            return Orientation.UPRIGHT;
        }
        int first = (int) directory + 2;
        int entries = tiff.getShort((int) directory) & 0xFFFF;
        for (int entry = 0, at = first; entry < entries && at + 12 <= tiff.capacity(); entry++, at += 12) {
            if ((tiff.getShort(at) & 0xFFFF) == ORIENTATION && tiff.getShort(at + 2) == SHORT) {
                return Orientation.ofTag(tiff.getShort(at + 8) & 0xFFFF);
            }
        }
        return Orientation.UPRIGHT;
    }
}
