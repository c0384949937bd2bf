package fathom.raster.resampling;

import java.util.Arrays;

import fathom.raster.Plane;

/**
 * Applies the weights of two axes to a plane. If the number of rows shrinks, rows are combined first, one output row at
 * a time and without an intermediate plane. If it grows, columns are combined first, so that each input row is
 * stretched once.
 */
final class SeparableResize {
    /** Sums of more terms than this are accumulated in float64. */
    private static final int SHORT_SUM = 8;

    private SeparableResize() {}

    static void run(Plane source, Plane target, AxisWeights rows, AxisWeights columns) {
        if (rows.length() <= source.height()) {
            float[] combined = new float[source.width()];
            double[] sums = rows.taps() > SHORT_SUM ? new double[source.width()] : new double[0];
            for (int row = 0; row < target.height(); row++) {
                combineRows(source, rows, row, combined, 0, sums);
                combineColumns(combined, 0, columns, target.array(), target.rowStart(row));
            }
        } else {
            Plane stretched = Plane.allocate(source.height(), target.width());
            for (int row = 0; row < source.height(); row++) {
                combineColumns(source.array(), source.rowStart(row), columns, stretched.array(),
                        stretched.rowStart(row));
            }
            double[] sums = rows.taps() > SHORT_SUM ? new double[target.width()] : new double[0];
            for (int row = 0; row < target.height(); row++) {
                combineRows(stretched, rows, row, target.array(), target.rowStart(row), sums);
            }
        }
    }

    /** Writes output row {@code row}, a weighted sum of input rows, to {@code to} from index {@code at}. */
    private static void combineRows(Plane source, AxisWeights weights, int row, float[] to, int at, double[] sums) {
        int first = weights.first()[row];
        int count = weights.count()[row];
        int weight = row * weights.taps();
        float[] from = source.array();
        float[] w = weights.weights();
        int width = source.width();
        if (count == 1 && w[weight] == 1) {
            System.arraycopy(from, source.rowStart(first), to, at, width);
        } else if (count == 2) {
            add2(from, source.rowStart(first), source.rowStart(first + 1), w[weight], w[weight + 1], to, at, width);
        } else if (count == 4) {
            add4(from, source.rowStart(first), source.stride(), w, weight, to, at, width);
        } else if (count <= SHORT_SUM) {
            scale(from, source.rowStart(first), w[weight], to, at, width);
            for (int k = 1; k < count; k++) {
                accumulate(from, source.rowStart(first + k), w[weight + k], to, at, width);
            }
        } else {
            Arrays.fill(sums, 0);
            for (int k = 0; k < count; k++) {
                accumulate(from, source.rowStart(first + k), w[weight + k], sums, width);
            }
            for (int i = 0; i < width; i++) {
                to[at + i] = (float) sums[i];
            }
        }
    }

    private static void add2(float[] from, int a, int b, float wa, float wb, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = wa * from[a + i] + wb * from[b + i];
        }
    }

    private static void add4(float[] from, int a, int stride, float[] w, int weight, float[] to, int at, int length) {
        float w0 = w[weight];
        float w1 = w[weight + 1];
        float w2 = w[weight + 2];
        float w3 = w[weight + 3];
        int b = a + stride;
        int c = b + stride;
        int d = c + stride;
        for (int i = 0; i < length; i++) {
            to[at + i] = (w0 * from[a + i] + w1 * from[b + i]) + (w2 * from[c + i] + w3 * from[d + i]);
        }
    }

    private static void scale(float[] from, int a, float w, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = w * from[a + i];
        }
    }

    private static void accumulate(float[] from, int a, float w, float[] to, int at, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += w * from[a + i];
        }
    }

    private static void accumulate(float[] from, int a, double w, double[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += w * from[a + i];
        }
    }

    /** Writes one row of weighted sums of the input row that starts at index {@code start}. */
    private static void combineColumns(float[] from, int start, AxisWeights weights, float[] to, int at) {
        int[] first = weights.first();
        float[] w = weights.weights();
        int length = weights.length();
        switch (weights.taps()) {
            case 1 -> {
                for (int i = 0; i < length; i++) {
                    to[at + i] = w[i] * from[start + first[i]];
                }
            }
            case 2 -> combine2(from, start, weights, to, at);
            case 4 -> combine4(from, start, weights, to, at);
            default -> combineMany(from, start, weights, to, at);
        }
    }

    private static void combine2(float[] from, int start, AxisWeights weights, float[] to, int at) {
        int[] first = weights.first();
        int[] count = weights.count();
        float[] w = weights.weights();
        int length = weights.length();
        for (int i = 0; i < length; i++) {
            int a = start + first[i];
            to[at + i] = count[i] == 2 ? w[2 * i] * from[a] + w[2 * i + 1] * from[a + 1] : w[2 * i] * from[a];
        }
    }

    private static void combine4(float[] from, int start, AxisWeights weights, float[] to, int at) {
        int[] first = weights.first();
        int[] count = weights.count();
        float[] w = weights.weights();
        int length = weights.length();
        for (int i = 0; i < length; i++) {
            int a = start + first[i];
            int k = 4 * i;
            if (count[i] == 4) {
                to[at + i] = (w[k] * from[a] + w[k + 1] * from[a + 1])
                        + (w[k + 2] * from[a + 2] + w[k + 3] * from[a + 3]);
            } else {
                to[at + i] = sum(from, a, w, k, count[i]);
            }
        }
    }

    private static void combineMany(float[] from, int start, AxisWeights weights, float[] to, int at) {
        int[] first = weights.first();
        int[] count = weights.count();
        float[] w = weights.weights();
        int taps = weights.taps();
        int length = weights.length();
        for (int i = 0, k = 0; i < length; i++, k += taps) {
            to[at + i] = sum(from, start + first[i], w, k, count[i]);
        }
    }

    private static float sum(float[] from, int a, float[] w, int k, int count) {
        double sum = 0;
        for (int j = 0; j < count; j++) {
            sum += (double) w[k + j] * from[a + j];
        }
        return (float) sum;
    }
}
