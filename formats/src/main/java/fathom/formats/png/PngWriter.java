package fathom.formats.png;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes a PNG. For each row it chooses the filter whose bytes, as signed numbers, have the smallest sum of magnitudes
 * (PNG specification, third edition, section 12.7). Palette rows are not filtered.
 */
final class PngWriter {
    /** The compression level: three times faster than level 6, and files are 3 % larger. */
    private static final int LEVEL = 4;
    private static final int CHUNK = 1 << 16;

    private final PngHeader header;
    private final byte[] palette;
    private final Map<String, String> text;

    PngWriter(PngHeader header, byte[] palette, Map<String, String> text) {
        this.header = header;
        this.palette = palette;
        this.text = text;
        CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();
        text.forEach((keyword, value) -> {
            if (keyword.isEmpty() || keyword.length() > 79 || keyword.indexOf('\0') >= 0 || value.indexOf('\0') >= 0
                    || !latin1.canEncode(keyword + value)) {
                throw new IllegalArgumentException(
                        "text: expected a keyword of 1 to 79 Latin-1 characters and a Latin-1" + " value, found \""
                                + keyword + "\" = \"" + value + "\"");
            }
        });
    }

    /** Writes the image whose packed rows are {@code samples}. */
    void write(OutputStream out, byte[] samples) throws IOException {
        out.write(PngHeader.SIGNATURE);
        byte[] ihdr = new byte[13];
        putInt(ihdr, 0, header.width());
        putInt(ihdr, 4, header.height());
        ihdr[8] = (byte) header.bitDepth();
        ihdr[9] = (byte) header.colourType();
        chunk(out, PngChunks.IHDR, ihdr, 13);
        if (palette.length > 0) {
            chunk(out, PngChunks.PLTE, palette, palette.length);
        }
        for (Map.Entry<String, String> entry : text.entrySet()) {
            byte[] bytes = (entry.getKey() + '\0' + entry.getValue()).getBytes(StandardCharsets.ISO_8859_1);
            chunk(out, PngChunks.TEXT, bytes, bytes.length);
        }
        rows(out, samples);
        chunk(out, PngChunks.IEND, new byte[0], 0);
    }

    private void rows(OutputStream out, byte[] samples) throws IOException {
        int rowBytes = header.rowBytes(header.width());
        RowFilter filter = new RowFilter(rowBytes, header.bitsPerPixel() / 8, header.colourType() != PngHeader.PALETTE);
        byte[] compressed = new byte[CHUNK];
        int filled = 0;
        try (Deflater deflater = new Deflater(LEVEL)) {
            for (int y = 0; y < header.height(); y++) {
                deflater.setInput(filter.filtered(samples, y));
                if (y == header.height() - 1) {
                    deflater.finish();
                }
                while (true) {
                    int count = deflater.deflate(compressed, filled, CHUNK - filled);
                    filled += count;
                    if (filled == CHUNK) {
                        chunk(out, PngChunks.IDAT, compressed, filled);
                        filled = 0;
                    } else if (deflater.finished() || count == 0) {
                        break;
                    }
                }
            }
        }
        chunk(out, PngChunks.IDAT, compressed, filled);
    }

    private static void chunk(OutputStream out, int type, byte[] data, int length) throws IOException {
        byte[] head = new byte[8];
        putInt(head, 0, length);
        putInt(head, 4, type);
        CRC32 crc = new CRC32();
        crc.update(head, 4, 4);
        crc.update(data, 0, length);
        out.write(head);
        out.write(data, 0, length);
        putInt(head, 0, (int) crc.getValue());
        out.write(head, 0, 4);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    /** The filtered candidates of one row; index 0 is the filter type. */
    private static final class RowFilter {
        private static final int FILTERS = 5;

        private final int rowBytes;
        private final int pixelBytes;
        private final boolean adaptive;
        private final byte[][] candidates;
        private final byte[] above;

        RowFilter(int rowBytes, int pixelBytes, boolean adaptive) {
            this.rowBytes = rowBytes;
            this.pixelBytes = pixelBytes;
            this.adaptive = adaptive;
            this.candidates = new byte[FILTERS][1 + rowBytes];
            this.above = new byte[rowBytes];
            for (int filter = 0; filter < FILTERS; filter++) {
                candidates[filter][0] = (byte) filter;
            }
        }

        byte[] filtered(byte[] samples, int y) {
            int from = y * rowBytes;
            System.arraycopy(samples, from, candidates[0], 1, rowBytes);
            if (!adaptive) {
                return candidates[0];
            }
            if (y > 0) {
                System.arraycopy(samples, from - rowBytes, above, 0, rowBytes);
            }
            for (int i = 0; i < rowBytes; i++) {
                int value = samples[from + i];
                int left = i < pixelBytes ? 0 : samples[from + i - pixelBytes] & 0xFF;
                int up = above[i] & 0xFF;
                int upperLeft = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xFF;
                candidates[1][1 + i] = (byte) (value - left);
                candidates[2][1 + i] = (byte) (value - up);
                candidates[3][1 + i] = (byte) (value - ((left + up) >> 1));
                candidates[4][1 + i] = (byte) (value - PngRows.paeth(left, up, upperLeft));
            }
            byte[] best = candidates[0];
            long least = Long.MAX_VALUE;
            for (byte[] candidate : candidates) {
                long sum = 0;
                for (int i = 1; i <= rowBytes; i++) {
                    sum += Math.abs(candidate[i]);
                }
                if (sum < least) {
                    least = sum;
                    best = candidate;
                }
            }
            return best;
        }
    }
}
