package fathom.raster.resampling;

import java.util.Arrays;

import fathom.raster.RgbImage;
import fathom.raster.resampling.AxisWeights.Axis;

/**
 * {@code cv2.resize} of 8-bit RGB (OpenCV 4, modules/imgproc/src/resize.cpp, the plain C++ code): interpolation with
 * fixed-point weights of 11 bits per axis, and INTER_AREA, which averages in float32.
 */
final class OpenCvBytes {
    private static final int UNIT = 1 << 11;
    private static final int CHANNELS = RgbImage.CHANNELS;

    private OpenCvBytes() {}

    private static Axis axis(int from, int to, boolean bothShrink, int unit) {
        return new Axis(from, to, (double) from / to, bothShrink, unit);
    }

    static void linear(RgbImage source, RgbImage target) {
        boolean halves = source.height() == 2 * target.height() && source.width() == 2 * target.width();
        if (halves) {
            area(source, target);
        } else {
            interpolateLinear(source, target, OpenCvAxis.linearStops(source.height(), target.height()),
                    OpenCvAxis.linearStops(source.width(), target.width()));
        }
    }

    static void area(RgbImage source, RgbImage target) {
        if (source.height() < target.height() || source.width() < target.width()) {
            interpolateLinear(source, target, OpenCvAxis.areaStops(source.height(), target.height()),
                    OpenCvAxis.areaStops(source.width(), target.width()));
        } else if (source.height() % target.height() == 0 && source.width() % target.width() == 0) {
            averageBlocks(source, target);
        } else {
            averageArea(source, target);
        }
    }

    /** Rows of the source whose columns are already combined, cached as long as they are needed. */
    private static final class Stretched {
        private final RgbImage source;
        private final AxisWeights columns;
        private final int[][] rows;
        private final int[] held;

        Stretched(RgbImage source, AxisWeights columns, int slots) {
            this.source = source;
            this.columns = columns;
            this.rows = new int[slots][columns.length() * CHANNELS];
            this.held = new int[slots];
            Arrays.fill(held, -1);
        }

        int[] row(int row) {
            int slot = row % rows.length;
            if (held[slot] != row) {
                combineColumns(source.array(), source.rowStart(row), columns, rows[slot]);
                held[slot] = row;
            }
            return rows[slot];
        }
    }

    private static void interpolateLinear(RgbImage source, RgbImage target, OpenCvAxis.Stops rows,
            OpenCvAxis.Stops columns) {
        Axis axis = axis(source.width(), target.width(), false, UNIT);
        Stretched stretched = new Stretched(source, OpenCvAxis.weights(axis, columns), 2);
        int last = source.height() - 1;
        for (int row = 0; row < target.height(); row++) {
            int low = rows.low(row);
            float fraction = rows.fraction(row);
            combineTwoRows(stretched.row(Math.clamp(low, 0, last)), stretched.row(Math.clamp(low + 1, 0, last)),
                    (int) Math.rint((1f - fraction) * UNIT), (int) Math.rint(fraction * UNIT), target.array(),
                    target.rowStart(row));
        }
    }

    /** Resizes with INTER_CUBIC. OpenCV's vector code combines the rows in float32. */
    static void cubic(RgbImage source, RgbImage target) {
        AxisWeights columns = OpenCvAxis.cubic(axis(source.width(), target.width(), false, UNIT));
        AxisWeights rows = OpenCvAxis.cubic(axis(source.height(), target.height(), false, UNIT));
        Stretched stretched = new Stretched(source, columns, rows.taps());
        float[] sums = new float[target.width() * CHANNELS];
        for (int row = 0; row < target.height(); row++) {
            Arrays.fill(sums, 0);
            for (int k = rows.count()[row] - 1; k >= 0; k--) {
                float weight = rows.weights()[row * rows.taps() + k] / (UNIT * UNIT);
                accumulate(stretched.row(rows.first()[row] + k), weight, sums);
            }
            round(sums, target.array(), target.rowStart(row));
        }
    }

    /** Resizes with INTER_LANCZOS4. */
    static void lanczos4(RgbImage source, RgbImage target) {
        AxisWeights columns = OpenCvAxis.lanczos4(axis(source.width(), target.width(), false, UNIT));
        AxisWeights rows = OpenCvAxis.lanczos4(axis(source.height(), target.height(), false, UNIT));
        Stretched stretched = new Stretched(source, columns, rows.taps());
        long[] sums = new long[target.width() * CHANNELS];
        for (int row = 0; row < target.height(); row++) {
            Arrays.fill(sums, 1L << 21);
            for (int k = 0; k < rows.count()[row]; k++) {
                accumulate(stretched.row(rows.first()[row] + k), (int) rows.weights()[row * rows.taps() + k], sums);
            }
            clip(sums, target.array(), target.rowStart(row));
        }
    }

    private static void combineColumns(byte[] from, int start, AxisWeights columns, int[] to) {
        int[] first = columns.first();
        int[] count = columns.count();
        float[] w = columns.weights();
        for (int i = 0, out = 0; i < columns.length(); i++, out += CHANNELS) {
            int in = start + first[i] * CHANNELS;
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int k = i * columns.taps(), end = k + count[i]; k < end; k++, in += CHANNELS) {
                int weight = (int) w[k];
                red += (from[in] & 0xFF) * weight;
                green += (from[in + 1] & 0xFF) * weight;
                blue += (from[in + 2] & 0xFF) * weight;
            }
            to[out] = red;
            to[out + 1] = green;
            to[out + 2] = blue;
        }
    }

    /** Computes what {@code VResizeLinear} computes for bytes: the low bits are dropped in two steps. */
    private static void combineTwoRows(int[] a, int[] b, int wa, int wb, byte[] to, int at) {
        for (int i = 0; i < a.length; i++) {
            to[at + i] = (byte) ((((wa * (a[i] >> 4)) >> 16) + ((wb * (b[i] >> 4)) >> 16) + 2) >> 2);
        }
    }

    private static void accumulate(int[] from, int weight, long[] sums) {
        for (int i = 0; i < from.length; i++) {
            sums[i] += (long) from[i] * weight;
        }
    }

    private static void accumulate(int[] from, float weight, float[] sums) {
        for (int i = 0; i < from.length; i++) {
            sums[i] += from[i] * weight;
        }
    }

    private static void round(float[] sums, byte[] to, int at) {
        for (int i = 0; i < sums.length; i++) {
            to[at + i] = (byte) Math.max(0, Math.min(255, (int) Math.rint(sums[i])));
        }
    }

    private static void clip(long[] sums, byte[] to, int at) {
        for (int i = 0; i < sums.length; i++) {
            to[at + i] = (byte) Math.max(0, Math.min(255, sums[i] >> 22));
        }
    }

    /**
     * Computes what {@code ResizeAreaFast} computes: means of whole blocks. Means of 2x2 blocks round halves up, others
     * to even.
     */
    private static void averageBlocks(RgbImage source, RgbImage target) {
        int blockHeight = source.height() / target.height();
        int blockWidth = source.width() / target.width();
        float share = 1f / (blockHeight * blockWidth);
        boolean two = blockHeight == 2 && blockWidth == 2;
        byte[] from = source.array();
        int[] sums = new int[target.width() * CHANNELS];
        for (int row = 0; row < target.height(); row++) {
            Arrays.fill(sums, 0);
            for (int inner = 0; inner < blockHeight; inner++) {
                int in = source.rowStart(row * blockHeight + inner);
                for (int out = 0; out < sums.length; out += CHANNELS) {
                    for (int k = 0; k < blockWidth; k++, in += CHANNELS) {
                        sums[out] += from[in] & 0xFF;
                        sums[out + 1] += from[in + 1] & 0xFF;
                        sums[out + 2] += from[in + 2] & 0xFF;
                    }
                }
            }
            int at = target.rowStart(row);
            for (int i = 0; i < sums.length; i++) {
                target.array()[at + i] = (byte) (two ? (sums[i] + 2) >> 2 : (int) Math.rint(sums[i] * share));
            }
        }
    }

    /** Computes what {@code ResizeArea} computes: float32 sums, in the order of the rows. */
    private static void averageArea(RgbImage source, RgbImage target) {
        AxisWeights columns = OpenCvAxis.area(axis(source.width(), target.width(), true, 0));
        AxisWeights rows = OpenCvAxis.area(axis(source.height(), target.height(), true, 0));
        int length = target.width() * CHANNELS;
        float[] combined = new float[length];
        float[] sums = new float[length];
        for (int row = 0; row < target.height(); row++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < rows.count()[row]; k++) {
                averageColumns(source.array(), source.rowStart(rows.first()[row] + k), columns, combined);
                float weight = rows.weights()[row * rows.taps() + k];
                for (int i = 0; i < length; i++) {
                    sums[i] += weight * combined[i];
                }
            }
            round(sums, target.array(), target.rowStart(row));
        }
    }

    private static void averageColumns(byte[] from, int start, AxisWeights columns, float[] to) {
        float[] w = columns.weights();
        for (int i = 0, out = 0; i < columns.length(); i++, out += CHANNELS) {
            int in = start + columns.first()[i] * CHANNELS;
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int k = i * columns.taps(), end = k + columns.count()[i]; k < end; k++, in += CHANNELS) {
                red += (from[in] & 0xFF) * w[k];
                green += (from[in + 1] & 0xFF) * w[k];
                blue += (from[in + 2] & 0xFF) * w[k];
            }
            to[out] = red;
            to[out + 1] = green;
            to[out + 2] = blue;
        }
    }
}
