package fathom.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The list of supported formats, and their identification by content. */
public final class Formats {
    /** Photographs: baseline and progressive; gray, colour and CMYK. */
    public static final Format JPEG = new Format("JPEG", List.of("jpg", "jpeg", "jpe", "jfif", "jif"), "8-bit pictures",
            true, true);
    /** Every colour type and bit depth, interlaced or not. */
    public static final Format PNG = new Format("PNG", List.of("png"), "8-bit pictures, 8- and 16-bit depth maps", true,
            true);
    /** P1 to P6. */
    public static final Format PNM = new Format("PNM", List.of("pgm", "ppm", "pnm", "pbm"),
            "8-bit pictures, 8- and 16-bit depth maps", true, true);
    /** One or three channels, either byte order. */
    public static final Format PFM = new Format("PFM", List.of("pfm"), "float32 maps", true, true);
    /** NumPy's array file. */
    public static final Format NPY = new Format("NPY", List.of("npy"), "arrays of any numeric type", true, true);
    /** A zip archive of {@link #NPY} files. */
    public static final Format NPZ = new Format("NPZ", List.of("npz"), "named arrays", true, true);
    /** Binary little-endian point clouds. */
    public static final Format PLY = new Format("PLY", List.of("ply"), "coloured point clouds", false, true);

    private static final List<Format> ALL = List.of(JPEG, PNG, PNM, PFM, NPY, NPZ, PLY);

    /** Number of bytes that {@link #identify} needs. */
    public static final int HEAD_LENGTH = 16;

    private Formats() {}

    /** {@return every format that can be read or written} */
    public static List<Format> all() {
        return ALL;
    }

    /**
     * {@return the format whose usual extension is that of {@code fileName}, ignoring case}
     *
     * @param fileName a file name or path
     */
    public static Optional<Format> ofFileName(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ALL.stream().filter(format -> format.extensions().contains(extension)).findFirst();
    }

    /**
     * {@return the format that the first bytes of a file show, regardless of the file name; empty if it is none of
     * these}
     *
     * @param head the first {@link #HEAD_LENGTH} bytes, or the whole file if it is shorter
     */
    public static Optional<Format> identify(byte[] head) {
        if (starts(head, 0, "\u0089PNG\r\n\u001A\n")) {
            return Optional.of(PNG);
        }
        if (starts(head, 0, "\u00FF\u00D8\u00FF")) {
            return Optional.of(JPEG);
        }
        if (starts(head, 0, "\u0093NUMPY")) {
            return Optional.of(NPY);
        }
        if (starts(head, 0, "PK\u0003\u0004") || starts(head, 0, "PK\u0005\u0006")) {
            return Optional.of(NPZ);
        }
        if (starts(head, 0, "ply\n") || starts(head, 0, "ply\r")) {
            return Optional.of(PLY);
        }
        if (head.length > 2 && head[0] == 'P' && (isSpace(head[2]) || head[2] == '#')) {
            if (head[1] >= '1' && head[1] <= '6') {
                return Optional.of(PNM);
            }
            if (head[1] == 'F' || head[1] == 'f') {
                return Optional.of(PFM);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return a description of the first bytes of a file, for messages} It also names formats that are not supported, and
     * says what to do if the file is not the content that its name promises, such as a Git LFS pointer.
     *
     * @param head the first bytes
     */
    public static String describe(byte[] head) {
        Optional<Format> known = identify(head);
        if (known.isPresent()) {
            return known.get().name() + " data";
        }
        if (starts(head, 0, "GIF8")) {
            return "a GIF picture";
        }
        if (starts(head, 0, "P7\n")) {
            return "a PAM picture";
        }
        if (starts(head, 0, "BM")) {
            return "a BMP picture";
        }
        if (starts(head, 0, "II*\0") || starts(head, 0, "MM\0*")) {
            return "a TIFF picture";
        }
        if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
            return "a WebP picture";
        }
        if (starts(head, 4, "ftyp")) {
            return "a HEIC, AVIF or MP4 file";
        }
        if (starts(head, 0, "v/1\u0001")) {
            return "an OpenEXR file";
        }
        Optional<String> other = FirstBytes.unexpected(Arrays.copyOf(head, Math.min(head.length, FirstBytes.LENGTH)),
                head.length);
        if (other.isPresent()) {
            return other.get();
        }
        StringBuilder bytes = new StringBuilder("data that begins with bytes");
        for (int i = 0; i < Math.min(head.length, 8); i++) {
            bytes.append(String.format(Locale.ROOT, " %02X", head[i] & 0xFF));
        }
        return bytes.toString();
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private static boolean starts(byte[] head, int offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (head[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
