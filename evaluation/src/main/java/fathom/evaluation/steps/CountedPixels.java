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
            int p = prediction.rowStart(row);
            next = gather(prediction.array(), p, counted, row * width, width, pixels.prediction, next);
        }
        pixels.gatherTruth(truth, counted);
        return pixels;
    }

    /** Returns the counted pixels of two maps of one shape; the prediction is in row-major order. */
    static CountedPixels of(Plane truth, double[] prediction, boolean[] counted, int count) {
        CountedPixels pixels = new CountedPixels(count);
        for (int at = 0, next = 0; next < count; at++) {
            if (counted[at]) {
                pixels.prediction[next++] = prediction[at];
            }
        }
        pixels.gatherTruth(truth, counted);
        return pixels;
    }

    private void gatherTruth(Plane map, boolean[] counted) {
        int width = map.width();
        for (int row = 0, next = 0; row < map.height() && next < truth.length; row++) {
            next = gather(map.array(), map.rowStart(row), counted, row * width, width, truth, next);
        }
    }

    /** Appends the counted values of a row, without a branch as long as a whole row fits, and returns the next index. */
    private static int gather(float[] from, int start, boolean[] counted, int at, int width, double[] to, int next) {
        int index = next;
        if (index + width < to.length) {
            for (int i = 0; i < width; i++) {
                to[index] = from[start + i];
                index += counted[at + i] ? 1 : 0;
            }
            return index;
        }
        for (int i = 0; i < width; i++) {
            if (counted[at + i]) {
                to[index++] = from[start + i];
            }
        }
        return index;
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
