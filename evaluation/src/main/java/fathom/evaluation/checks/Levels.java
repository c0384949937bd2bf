package fathom.evaluation.checks;

import java.util.Arrays;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The different values of a map, at the pixels of a grid.
 *
 * @param pixels the number of pixels with a value
 * @param distinct the number of different values
 * @param smallest the smallest value
 * @param largest the largest value
 * @param step the distance of neighbouring levels if the values, or their reciprocals, are equally spaced; 0 otherwise
 * @param reciprocal whether the reciprocals are equally spaced
 * @param varied whether the values vary along rows and along columns; a ramp along one side has few values in any encoding
 */
record Levels(int pixels, int distinct, float smallest, float largest, double step, boolean reciprocal,
        boolean varied) {
    /** The number of values of a byte. */
    static final int BYTE = 256;
    /** Fewer different values are a drawing, not a depth map. */
    private static final int DRAWING = 16;
    private static final int MIN_PIXELS = 1000;
    private static final int VARIED = 4;
    /** The deviation from equal distances, in steps. */
    private static final double DEVIATION = 0.02;
    /** 8 bits divide the largest value into at most so many steps; finer steps are those of another encoding. */
    private static final double STEPS = 400;

    /** Returns the levels of the finite values. */
    static Levels of(Plane values) {
        return of(values, (_, _) -> true);
    }

    /** Returns the levels of the finite values that are counted. */
    static Levels of(Plane values, Mask counted) {
        return of(values, counted::get);
    }

    /** A choice of pixels. */
    private interface Counted {
        boolean test(int row, int column);
    }

    private static Levels of(Plane values, Counted counted) {
        PixelGrid grid = PixelGrid.of(values.height(), values.width());
        float[] found = new float[grid.rows() * grid.columns()];
        float[] line = new float[grid.columns()];
        int count = 0;
        int changesAlong = 0;
        int changesAcross = 0;
        float[] above = new float[grid.columns()];
        Arrays.fill(above, Float.NaN);
        for (int i = 0; i < grid.rows(); i++) {
            int row = grid.row(i);
            for (int j = 0; j < grid.columns(); j++) {
                int column = grid.column(row, j);
                float value = counted.test(row, column) ? values.get(row, column) : Float.NaN;
                line[j] = value;
                if (Float.isFinite(value)) {
                    found[count++] = value;
                    changesAlong += j > 0 && isOther(line[j - 1], value) ? 1 : 0;
                    changesAcross += isOther(above[j], value) ? 1 : 0;
                }
            }
            System.arraycopy(line, 0, above, 0, line.length);
        }
        float[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        float[] distinct = distinct(sorted);
        int n = distinct.length;
        boolean varied = changesAlong > count / VARIED / VARIED && changesAcross > count / VARIED / VARIED;
        if (n < 2 || n > BYTE) {
            return new Levels(count, n, n == 0 ? 0 : distinct[0], n == 0 ? 0 : distinct[n - 1], 0, false, varied);
        }
        double step = step(distinct);
        boolean reciprocal = false;
        if (step == 0 && distinct[0] > 0) {
            float[] inverse = new float[n];
            for (int i = 0; i < n; i++) {
                inverse[i] = 1 / distinct[n - 1 - i];
            }
            step = step(inverse);
            reciprocal = step > 0;
        }
        return new Levels(count, n, distinct[0], distinct[n - 1], step, reciprocal, varied);
    }

    private static boolean isOther(float neighbour, float value) {
        return Float.isFinite(neighbour) && neighbour != value;
    }

    private static float[] distinct(float[] sorted) {
        float[] distinct = new float[sorted.length];
        int count = 0;
        for (float value : sorted) {
            if (count == 0 || value != distinct[count - 1]) {
                distinct[count++] = value;
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    /** Returns the distance of equally spaced values, of which some may be missing; 0 if they are not equally spaced. */
    private static double step(float[] distinct) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < distinct.length; i++) {
            smallest = Math.min(smallest, (double) distinct[i] - distinct[i - 1]);
        }
        double range = (double) distinct[distinct.length - 1] - distinct[0];
        double steps = Math.rint(range / smallest);
        if (steps >= BYTE) {
            return 0;
        }
        double step = range / steps;
        for (float value : distinct) {
            double place = (value - distinct[0]) / step;
            if (Math.abs(place - Math.rint(place)) > DEVIATION) {
                return 0;
            }
        }
        return step;
    }

    /** Returns whether there are at most 256 levels and enough pixels to say so. */
    boolean isByte() {
        return pixels >= MIN_PIXELS && distinct > DRAWING && distinct <= BYTE && varied;
    }

    /** Returns whether the levels are equally spaced over the whole range, as those of a byte. */
    boolean isSpacedAsByte() {
        double end = reciprocal ? 1.0 / smallest : Math.max(Math.abs(smallest), Math.abs(largest));
        return step > 0 && step * STEPS >= end;
    }
}
