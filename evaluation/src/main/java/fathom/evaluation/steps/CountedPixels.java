package fathom.evaluation.steps;

import fathom.raster.Plane;

/** The pixels that count, as lists in row-major order. */
public final class CountedPixels {
    private final double[] truth;
    private final double[] prediction;

    private CountedPixels(int count) {
        truth = new double[count];
        prediction = new double[count];
    }

    /** Returns the counted pixels of two maps of one shape. */
    static CountedPixels of(Plane truth, Plane prediction, boolean[] counted, int count) {
        CountedPixels pixels = new CountedPixels(count);
        int width = truth.width();
        for (int row = 0, next = 0; row < truth.height() && next < count; row++) {
            int g = truth.rowStart(row);
            int p = prediction.rowStart(row);
            next = next + width < count
                    ? pixels.takeRow(truth.array(), g, prediction.array(), p, counted, row * width, width, next)
                    : pixels.takeEnd(truth.array(), g, prediction.array(), p, counted, row * width, width, next);
        }
        return pixels;
    }

    /** Appends the counted pixels of a row and returns the next index; without branches, so it may write one pixel too many. */
    private int takeRow(float[] g, int startG, float[] p, int startP, boolean[] counted, int at, int width, int next) {
        int index = next;
        for (int i = 0; i < width; i++) {
            truth[index] = g[startG + i];
            prediction[index] = p[startP + i];
            index += counted[at + i] ? 1 : 0;
        }
        return index;
    }

    private int takeEnd(float[] g, int startG, float[] p, int startP, boolean[] counted, int at, int width, int next) {
        int index = next;
        for (int i = 0; i < width; i++) {
            if (counted[at + i]) {
                truth[index] = g[startG + i];
                prediction[index++] = p[startP + i];
            }
        }
        return index;
    }

    /** Returns the counted pixels of two maps of one shape; the prediction is in row-major order. */
    static CountedPixels of(Plane truth, double[] prediction, boolean[] counted, int count) {
        CountedPixels pixels = new CountedPixels(count);
        int width = truth.width();
        for (int row = 0, next = 0; row < truth.height() && next < count; row++) {
            int start = truth.rowStart(row);
            for (int i = 0; i < width; i++) {
                if (counted[row * width + i]) {
                    pixels.truth[next] = truth.array()[start + i];
                    pixels.prediction[next++] = prediction[row * width + i];
                }
            }
        }
        return pixels;
    }

    /** {@return the number of pixels} */
    public int count() {
        return truth.length;
    }

    /** {@return measured depth, metres; not to be changed} */
    public double[] truth() {
        return truth;
    }

    /** {@return predicted depth; not to be changed} */
    public double[] prediction() {
        return prediction;
    }
}
