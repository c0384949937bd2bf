package fathom.raster.resampling;

import java.util.Arrays;

import fathom.raster.RgbImage;

/**
 * {@code Image.resize} of an 8-bit RGB image by a filter, equal bit for bit (Pillow, src/libImaging/Resample.c, {@code
 * ImagingResampleHorizontal_8bpc} and {@code Vertical}): fixed-point weights of 22 bits, columns first, rounded to 8
 * bits between the two passes. An axis whose length does not change is not filtered.
 */
final class PillowBytes {
    /** Bits of a weight: 32, less 8 for the sample and 2 for overshoot. */
    private static final int PRECISION = 32 - 8 - 2;
    private static final int HALF = 1 << (PRECISION - 1);
    private static final int CHANNELS = RgbImage.CHANNELS;

    /** The weights of one axis, as {@code normalize_coeffs_8bpc} computes them. */
    private static final class Weights {
        private final int[] first;
        private final int[] count;
        private final int[] weights;
        private final int taps;

        Weights(ResamplingKernel kernel, int from, int to) {
            double scale = (double) from / to;
            first = new int[to];
            count = new int[to];
            taps = Math.min(kernel.taps(scale), from);
            weights = new int[Math.multiplyExact(to, taps)];
            int[] next = {0};
            kernel.forEachOutput(from, to, scale, (low, length, window) -> {
                int i = next[0]++;
                first[i] = low;
                count[i] = length;
                for (int k = 0; k < length; k++) {
                    double exact = window[k] * (1 << PRECISION);
                    weights[i * taps + k] = (int) (exact < 0 ? exact - 0.5 : exact + 0.5);
                }
            });
        }
    }

    private PillowBytes() {}

    static void resize(RgbImage source, RgbImage target, ResamplingKernel kernel) {
        boolean columns = source.width() != target.width();
        boolean rows = source.height() != target.height();
        if (!columns) {
            if (rows) {
                combineRows(source, 0, target, new Weights(kernel, source.height(), target.height()));
            } else {
                copy(source, target);
            }
            return;
        }
        Weights columnWeights = new Weights(kernel, source.width(), target.width());
        if (!rows) {
            combineColumns(source, target, columnWeights);
            return;
        }
        Weights rowWeights = new Weights(kernel, source.height(), target.height());
        int last = target.height() - 1;
        int firstRow = rowWeights.first[0];
        int rowCount = rowWeights.first[last] + rowWeights.count[last] - firstRow;
        RgbImage between = RgbImage.allocate(rowCount, target.width());
        combineColumns(source.crop(firstRow, 0, rowCount, source.width()), between, columnWeights);
        combineRows(between, firstRow, target, rowWeights);
    }

    private static void copy(RgbImage source, RgbImage target) {
        for (int row = 0; row < source.height(); row++) {
            System.arraycopy(source.array(), source.rowStart(row), target.array(), target.rowStart(row),
                    source.width() * CHANNELS);
        }
    }

    private static void combineColumns(RgbImage source, RgbImage target, Weights weights) {
        for (int row = 0; row < target.height(); row++) {
            combineColumns(source.array(), source.rowStart(row), target.array(), target.rowStart(row), weights);
        }
    }

    private static void combineColumns(byte[] from, int start, byte[] to, int at, Weights weights) {
        int[] first = weights.first;
        int[] count = weights.count;
        int[] w = weights.weights;
        int taps = weights.taps;
        for (int i = 0, k = 0, out = at; i < first.length; i++, k += taps, out += CHANNELS) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int in = start + first[i] * CHANNELS;
            for (int j = k, end = k + count[i]; j < end; j++, in += CHANNELS) {
                int weight = w[j];
                red += (from[in] & 0xFF) * weight;
                green += (from[in + 1] & 0xFF) * weight;
                blue += (from[in + 2] & 0xFF) * weight;
            }
            to[out] = clip(red);
            to[out + 1] = clip(green);
            to[out + 2] = clip(blue);
        }
    }

    /** Combines rows of {@code source}, whose first row is row {@code firstRow} of the axis. */
    private static void combineRows(RgbImage source, int firstRow, RgbImage target, Weights weights) {
        int length = target.width() * CHANNELS;
        int[] sums = new int[length];
        for (int row = 0; row < target.height(); row++) {
            Arrays.fill(sums, HALF);
            int low = weights.first[row] - firstRow;
            for (int k = 0; k < weights.count[row]; k++) {
                accumulate(source.array(), source.rowStart(low + k), weights.weights[row * weights.taps + k], sums,
                        length);
            }
            clip(sums, target.array(), target.rowStart(row), length);
        }
    }

    private static void accumulate(byte[] from, int start, int weight, int[] sums, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] += (from[start + i] & 0xFF) * weight;
        }
    }

    private static void clip(int[] sums, byte[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = clip(sums[i]);
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
    }
}
