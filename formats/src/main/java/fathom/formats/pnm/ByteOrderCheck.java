package fathom.formats.pnm;

import java.util.BitSet;

import fathom.raster.Plane;

/**
 * A check of the byte order of 16-bit samples. Measured depth is smooth: neighbours differ by little. With the wrong byte
 * order the low byte becomes the high one, and neighbours differ by hundreds of times more.
 */
public final class ByteOrderCheck {
    /** Noise is as rough in either order, and measured depth in the wrong order is about 256 times rougher. */
    private static final double FAR = 8;
    private static final int LEAST_PAIRS = 64;
    /** Fewer values of the low byte are no evidence: a picture of 8 bits times 256 has one. */
    private static final int LEAST_LOW_BYTES = 3;

    private ByteOrderCheck() {}

    /**
     * {@return how many times smoother the samples are with swapped bytes, if that is far smoother, otherwise 0} Samples
     * of 0, which mean "no measurement", and their neighbours are not counted.
     *
     * @param samples integers from 0 to 65535, [H, W]
     */
    public static double swappedSmoothness(Plane samples) {
        long pairs = 0;
        long asRead = 0;
        long swapped = 0;
        BitSet lowBytes = new BitSet(256);
        float[] values = samples.array();
        for (int row = 0; row < samples.height(); row++) {
            int at = samples.rowStart(row);
            int left = 0;
            for (int end = at + samples.width(); at < end; at++) {
                int value = (int) values[at] & 0xFFFF;
                if (value != 0) {
                    lowBytes.set(value & 0xFF);
                    if (left != 0) {
                        pairs++;
                        asRead += Math.abs(value - left);
                        swapped += Math.abs(swap(value) - swap(left));
                    }
                }
                left = value;
            }
        }
        boolean isEvidence = pairs >= LEAST_PAIRS && lowBytes.cardinality() >= LEAST_LOW_BYTES;
        double ratio = (double) asRead / Math.max(1, swapped);
        return isEvidence && ratio >= FAR ? ratio : 0;
    }

    private static int swap(int value) {
        return (value & 0xFF) << 8 | value >> 8;
    }
}
