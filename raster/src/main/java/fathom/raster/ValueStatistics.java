package fathom.raster;

import java.util.Arrays;

/**
 * Order statistics of float32 values, which are sorted once. Immutable.
 *
 * <p>Definitions, for n values v[0] ≤ … ≤ v[n − 1]:
 * <ul>
 * <li>{@link #quantile quantile(q)}: linear between the two values nearest to position q · (n − 1), in float64; the default of
 * {@code numpy.percentile(a, 100 * q)};
 * <li>{@link #median}: v[(n − 1) / 2] for odd n, the mean of the middle two in float64 for even n; {@code numpy.median};
 * <li>{@link #upperMedian}: v[n / 2], which is one of the values;
 * <li>{@link #lowerMedian(float[])}: v[(n − 1) / 2], which is one of the values; {@code torch.median}.
 * </ul>
 * Positions are rounded down. The page has a copy of the quantile for values that only the browser holds
 * ({@code server/web/src/model/range.ts}).
 */
public final class ValueStatistics {
    private final float[] sorted;

    private ValueStatistics(float[] owned) {
        Arrays.sort(owned);
        this.sorted = owned;
    }

    /** Statistics of all {@code values}, which are copied. NaN counts as larger than infinity. */
    public static ValueStatistics of(float[] values) {
        return new ValueStatistics(values.clone());
    }

    /** Statistics of the values where {@code counted}, of the same shape, is true. NaN counts as larger than infinity. */
    public static ValueStatistics of(Plane values, Mask counted) {
        return new ValueStatistics(selected(values, counted));
    }

    /** Statistics of the finite values. */
    public static ValueStatistics ofFinite(Plane values) {
        return of(values, Mask.ofFinite(values));
    }

    /** Statistics of the finite values where {@code valid}, of the same shape, is true. */
    public static ValueStatistics ofFinite(Plane values, Mask valid) {
        requireSameShape(values, valid);
        return of(values, valid.and(Mask.ofFinite(values)));
    }

    /** A new array of the values where {@code counted}, of the same shape, is true, row by row. */
    public static float[] selected(Plane values, Mask counted) {
        requireSameShape(values, counted);
        float[] selected = new float[counted.count()];
        boolean[] flags = counted.array();
        float[] array = values.array();
        for (int row = 0, at = 0, to = 0; row < values.height(); row++) {
            for (int from = values.rowStart(row), end = from + values.width(); from < end; from++, at++) {
                if (flags[at]) {
                    selected[to++] = array[from];
                }
            }
        }
        return selected;
    }

    private static void requireSameShape(Plane values, Mask mask) {
        Shapes.requireSame("mask", values.height(), values.width(), mask.height(), mask.width());
    }

    /** The lower median of values that are sorted already, without allocation: for loops over pixels. */
    public static float lowerMedian(float[] sorted) {
        requireSome(sorted.length);
        return sorted[(sorted.length - 1) / 2];
    }

    /** Number of values, n. */
    public int count() {
        return sorted.length;
    }

    /** The smallest value. */
    public float min() {
        requireSome(sorted.length);
        return sorted[0];
    }

    /** The largest value. */
    public float max() {
        requireSome(sorted.length);
        return sorted[sorted.length - 1];
    }

    /** The median: the mean of the middle two values if their number is even. */
    public double median() {
        requireSome(sorted.length);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The upper median: the larger of the middle two values if their number is even. */
    public float upperMedian() {
        requireSome(sorted.length);
        return sorted[sorted.length / 2];
    }

    /**
     * A quantile, linear between the two nearest values.
     *
     * @param q from 0, the smallest value, to 1, the largest
     */
    public double quantile(double q) {
        requireSome(sorted.length);
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile: expected 0 to 1, found " + q);
        }
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]);
    }

    /** The values in ascending order: a new array. */
    public float[] toArray() {
        return sorted.clone();
    }

    private static void requireSome(int count) {
        if (count == 0) {
            throw new IllegalStateException("statistics: expected at least one value, found none");
        }
    }
}
