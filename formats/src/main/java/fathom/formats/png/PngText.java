package fathom.formats.png;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The values of text chunks (PNG specification, third edition, section 11.3.3). Damaged values are empty, and compressed
 * ones end after {@value #MAX_TEXT} bytes, the limit of Pillow.
 */
final class PngText {
    private static final int MAX_TEXT = 1 << 20;

    private PngText() {}

    /** Returns the text before the first 0; empty if there is none. */
    static String keyword(byte[] bytes, int offset, int length) {
        int end = zero(bytes, offset, offset + length);
        return end < 0 ? "" : latin1(bytes, offset, end);
    }

    /** Returns the value of a tEXt chunk. */
    static String plain(byte[] bytes, int offset, int length) {
        int end = zero(bytes, offset, offset + length);
        return end < 0 ? "" : latin1(bytes, end + 1, offset + length);
    }

    /** Returns the value of a zTXt chunk. */
    static String compressed(byte[] bytes, int offset, int length) {
        int start = zero(bytes, offset, offset + length) + 2;
        boolean deflated = start >= 2 && start <= offset + length && bytes[start - 1] == 0;
        return deflated ? inflated(bytes, start, offset + length) : "";
    }

    /** Returns the value of an iTXt chunk as Latin-1, which keeps the ASCII part of its UTF-8. */
    static String international(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int flag = zero(bytes, offset, end) + 1;
        if (flag < 1 || flag + 2 > end) {
            return "";
        }
        int language = zero(bytes, flag + 2, end);
        int translated = language < 0 ? -1 : zero(bytes, language + 1, end);
        if (translated < 0) {
            return "";
        }
        return bytes[flag] == 0 ? latin1(bytes, translated + 1, end) : inflated(bytes, translated + 1, end);
    }

    private static int zero(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == 0) {
                return at;
            }
        }
        return -1;
    }

    private static String latin1(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static String inflated(byte[] bytes, int from, int end) {
        byte[] text = new byte[MAX_TEXT];
        int count = 0;
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(bytes, from, end - from);
            while (count < text.length) {
                int added = inflater.inflate(text, count, text.length - count);
                if (added == 0) {
                    break;
                }
                count += added;
            }
        } catch (DataFormatException e) {
            return "";
        }
        return latin1(text, 0, count);
    }
}
