package fathom.formats;

import java.nio.ByteOrder;

import fathom.raster.Plane;

/** Conversion of planes of integers to the samples of an image file. */
public final class Samples {
    private Samples() {}

    /**
     * {@return two bytes per value, row by row}
     *
     * @param values integers, [H, W]
     * @param order byte order of the samples
     */
    public static byte[] gray16(Plane values, ByteOrder order) {
        byte[] samples = new byte[Math.multiplyExact(values.size(), 2)];
        int high = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        int at = 0;
        for (int row = 0; row < values.height(); row++) {
            for (int column = 0; column < values.width(); column++, at += 2) {
                int value = whole(values, row, column, 65535);
                samples[at + high] = (byte) (value >> 8);
                samples[at + 1 - high] = (byte) value;
            }
        }
        return samples;
    }

    /**
     * {@return one byte per value, row by row}
     *
     * @param values integers, [H, W]
     */
    public static byte[] gray8(Plane values) {
        byte[] samples = new byte[values.size()];
        int at = 0;
        for (int row = 0; row < values.height(); row++) {
            for (int column = 0; column < values.width(); column++) {
                samples[at++] = (byte) whole(values, row, column, 255);
            }
        }
        return samples;
    }

    private static int whole(Plane values, int row, int column, int maximum) {
        float value = values.array()[values.rowStart(row) + column];
        int whole = (int) value;
        if (whole != value || whole < 0 || whole > maximum) {
            throw new IllegalArgumentException("values: expected integers from 0 to " + maximum + ", found " + value
                    + " at (row, column) (" + row + ", " + column + "); scale and round them first");
        }
        return whole;
    }
}
