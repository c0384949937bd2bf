package fathom.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places of an image file that may state its orientation. Their priority is that of {@code ImageOps.exif_transpose}
 * of Pillow: the EXIF record, otherwise an EXIF record in hexadecimal text, as ImageMagick writes it into PNG; the XMP
 * record if these have no orientation. Damaged records are ignored.
 */
public final class OrientationRecords {
    /** The keyword of an EXIF record as text in PNG. */
    public static final String RAW_PROFILE = "Raw profile type exif";
    /** The keyword of an XMP record in PNG. */
    public static final String XMP_KEYWORD = "XML:com.adobe.xmp";

    private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");
    private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    /** The lines before the hexadecimal digits of a raw profile: an empty one, the name and the length. */
    private static final int PROFILE_LINES = 3;

    private boolean hasExif;
    private OptionalInt exif = OptionalInt.empty();
    private OptionalInt profile = OptionalInt.empty();
    private OptionalInt xmp = OptionalInt.empty();

    /** Creates a collection without records: the image is upright. */
    public OrientationRecords() {}

    /**
     * Adds an EXIF record: the first one counts.
     *
     * @param bytes contains the record, with or without the prefix {@code Exif}
     * @param start index of its first byte
     * @param end index after its last byte
     */
    public void addExif(byte[] bytes, int start, int end) {
        if (!hasExif) {
            hasExif = true;
            exif = tag(bytes, start, end);
        }
    }

    /**
     * Adds an EXIF record as text.
     *
     * @param text three lines, then hexadecimal digits
     */
    public void addRawProfile(String text) {
        String digits = text.lines().skip(PROFILE_LINES).map(String::strip).reduce("", String::concat);
        if (digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit)) {
            byte[] bytes = HexFormat.of().parseHex(digits);
            profile = tag(bytes, 0, bytes.length);
        }
    }

    /**
     * Adds an XMP record.
     *
     * @param text the XML text
     */
    public void addXmp(String text) {
        Matcher found = XMP.matcher(text);
        xmp = found.find() ? OptionalInt.of(found.group(1).charAt(0) - '0') : OptionalInt.empty();
    }

    /** {@return the orientation that the records state; upright without one} */
    public Orientation orientation() {
        OptionalInt record = hasExif ? exif : profile;
        return Orientation.ofTag(record.orElse(xmp.orElse(1)));
    }

    private static OptionalInt tag(byte[] bytes, int start, int end) {
        int from = start;
        while (end - from >= PREFIX.length
                && Arrays.equals(bytes, from, from + PREFIX.length, PREFIX, 0, PREFIX.length)) {
            from += PREFIX.length;
        }
        return Exif.orientation(bytes, from, end);
    }
}
