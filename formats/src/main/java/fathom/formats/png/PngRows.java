package fathom.formats.png;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import fathom.formats.FormatException;
import fathom.formats.Input;

/**
 * Decompresses and unfilters the rows of a PNG (PNG specification, third edition, sections 7 to 10) and passes each to
 * a consumer. Interlaced images are processed pass by pass.
 */
final class PngRows {
    /** First column, first row, column step and row step of the seven Adam7 passes. */
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
            {1, 0, 2, 2}, {0, 1, 1, 2}};
    private static final int[][] WHOLE = {{0, 0, 1, 1}};
    /** The largest number of bytes that one deflated byte can represent. */
    private static final long DEFLATE_CEILING = 1032;

    /** Receives the unfiltered samples of one row or of one row of a pass. */
    @FunctionalInterface
    interface Consumer {
        /**
         * Receives {@code count} pixels of row {@code y} at columns {@code x}, {@code x + step} and so on. Their packed
         * samples start at index 1 of {@code row}, which is overwritten afterwards.
         */
        void take(byte[] row, int y, int x, int step, int count) throws FormatException;
    }

    private final Input in;
    private final PngHeader header;
    private final PngChunks chunks;
    private int nextStretch;

    PngRows(Input in, PngHeader header, PngChunks chunks) {
        this.in = in;
        this.header = header;
        this.chunks = chunks;
    }

    void forEach(Consumer consumer) throws FormatException {
        try (Inflater inflater = new Inflater()) {
            for (int[] pass : header.interlaced() ? ADAM7 : WHOLE) {
                int count = Math.ceilDiv(header.width() - pass[0], pass[2]);
                if (count > 0) {
                    readPass(inflater, consumer, pass, count);
                }
            }
            drain(inflater);
        } catch (DataFormatException e) {
            throw new FormatException(in.name(), offset(),
                    "the compressed rows are damaged (" + e.getMessage() + "); copy or download the file again", e);
        }
    }

    /** Rejects a header that declares more pixels than the compressed rows can hold, before memory is allocated. */
    PngRows requireEnoughData() throws FormatException {
        long compressed = 0;
        for (PngChunks.Stretch stretch : chunks.data()) {
            compressed += stretch.length();
        }
        long needed = (header.rowBytes(header.width()) + 1L) * header.height();
        if (needed / DEFLATE_CEILING > compressed) {
            throw in.error(PngHeader.SIGNATURE.length + 8L,
                    "the header declares " + header.width() + "x" + header.height() + " pixels, which " + compressed
                            + " compressed bytes cannot hold; copy or download the file again");
        }
        return this;
    }

    private void readPass(Inflater inflater, Consumer consumer, int[] pass, int count)
            throws DataFormatException, FormatException {
        int rowBytes = header.rowBytes(count);
        int pixelBytes = Math.max(1, header.bitsPerPixel() / 8);
        byte[] row = new byte[1 + rowBytes];
        byte[] above = new byte[1 + rowBytes];
        for (int y = pass[1]; y < header.height(); y += pass[3]) {
            inflate(inflater, row);
            unfilter(row, above, pixelBytes);
            consumer.take(row, y, pass[0], pass[2], count);
            byte[] swap = above;
            above = row;
            row = swap;
        }
    }

    private void inflate(Inflater inflater, byte[] row) throws DataFormatException, FormatException {
        int filled = 0;
        while (filled < row.length) {
            int count = inflater.inflate(row, filled, row.length - filled);
            filled += count;
            if (count == 0) {
                if (inflater.finished() || inflater.needsDictionary() || !feed(inflater)) {
                    throw in.error(offset(), "expected " + header.height()
                            + " rows, found fewer in the compressed data; " + "copy or download the file again");
                }
            }
        }
    }

    /** Reads to the end of the compressed stream, so that its checksum is checked. */
    private void drain(Inflater inflater) throws DataFormatException {
        byte[] rest = new byte[64];
        while (!inflater.finished()) {
            if (inflater.inflate(rest) > 0 || inflater.needsDictionary() || !feed(inflater)) {
                return; // extra data, which decoders ignore
            }
        }
    }

    private boolean feed(Inflater inflater) {
        if (nextStretch == chunks.data().size()) {
            return false;
        }
        PngChunks.Stretch stretch = chunks.data().get(nextStretch++);
        inflater.setInput(in.bytes(), stretch.offset(), stretch.length());
        return true;
    }

    private long offset() {
        return nextStretch == 0 ? PngHeader.LENGTH : chunks.data().get(nextStretch - 1).offset();
    }

    private void unfilter(byte[] row, byte[] above, int pixelBytes) throws FormatException {
        int length = row.length;
        int first = Math.min(1 + pixelBytes, length);
        switch (row[0]) {
            case 0 -> {
            }
            case 1 -> {
                for (int i = first; i < length; i++) {
                    row[i] += row[i - pixelBytes];
                }
            }
            case 2 -> {
                for (int i = 1; i < length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 1; i < first; i++) {
                    row[i] += (byte) ((above[i] & 0xFF) >> 1);
                }
                for (int i = first; i < length; i++) {
                    row[i] += (byte) (((row[i - pixelBytes] & 0xFF) + (above[i] & 0xFF)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 1; i < first; i++) {
                    row[i] += above[i];
                }
                for (int i = first; i < length; i++) {
                    row[i] += (byte) paeth(row[i - pixelBytes] & 0xFF, above[i] & 0xFF, above[i - pixelBytes] & 0xFF);
                }
            }
            default -> throw in.error(offset(), "expected a row filter from 0 to 4, found " + (row[0] & 0xFF)
                    + "; copy or download the file again");
        }
    }

    /** Returns the one of left, up and upper left, checked in this order, that is nearest to left + up − upper left. */
    static int paeth(int left, int up, int upperLeft) {
        int toLeft = Math.abs(up - upperLeft);
        int toUp = Math.abs(left - upperLeft);
        int toUpperLeft = Math.abs(left + up - 2 * upperLeft);
        if (toLeft <= toUp && toLeft <= toUpperLeft) {
            return left;
        }
        return toUp <= toUpperLeft ? up : upperLeft;
    }

}
