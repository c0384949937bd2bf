package fathom.raster;

import java.util.Arrays;

/**
 * Order statistics of float32 values. The values are sorted once, when the object is created. Immutable.
 *
 * <p>Definitions, for n values v[0] ≤ … ≤ v[n − 1]:
 * <ul>
 * <li>{@link #quantile quantile(q)}: linear interpolation between the two values nearest to position q · (n − 1), in
 * float64; equals the default of {@code numpy.percentile(a, 100 * q)};
 * <li>{@link #median}: v[(n − 1) / 2] for odd n, the mean of the middle two in float64 for even n; equals
 * {@code numpy.median};
 * <li>{@link #upperMedian}: v[n / 2], which is one of the values;
 * <li>{@link #lowerMedian(float[])}: v[(n − 1) / 2], which is one of the values; equals {@code torch.median}.
 * </ul>
 * Positions are rounded down. For odd n the three medians are equal. For the values 1, 2, 3, 10 they are 2.5 (median),
 * 3 (upper) and 2 (lower).
 *
 * <p>NaN sorts after infinity, so {@link #ofFinite(Plane)} is the usual way to create statistics of a depth map.
 * Statistics of no values can be created, but only {@link #count} and {@link #toArray} can then be called. Creation
 * costs O(n log n) time and one copy of the values.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="statistics"}
 *
 * <p>The app has a copy of the quantile for values that only the browser holds ({@code server/web/src/model/range.ts}).
 */
public final class ValueStatistics {
    private final float[] sorted;

    private ValueStatistics(float[] owned) {
        Arrays.sort(owned);
        this.sorted = owned;
    }

    /**
     * {@return statistics of all {@code values}, which are copied} NaN is larger than infinity.
     *
     * @param values the values
     */
    public static ValueStatistics of(float[] values) {
        return new ValueStatistics(values.clone());
    }

    /**
     * {@return statistics of the values where {@code counted} is true} NaN is larger than infinity.
     *
     * @param values the values
     * @param counted of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ValueStatistics of(Plane values, Mask counted) {
        return new ValueStatistics(selected(values, counted));
    }

    /**
     * {@return statistics of the finite values}
     *
     * @param values the values
     */
    public static ValueStatistics ofFinite(Plane values) {
        return of(values, Mask.ofFinite(values));
    }

    /**
     * {@return statistics of the finite values where {@code valid} is true}
     *
     * @param values the values
     * @param valid of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ValueStatistics ofFinite(Plane values, Mask valid) {
        requireSameShape(values, valid);
        return of(values, valid.and(Mask.ofFinite(values)));
    }

    /**
     * {@return a new array of the values where {@code counted} is true, row by row}
     *
     * @param values the values
     * @param counted of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
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

    /**
     * {@return the lower median of values that are already sorted, without allocation: for loops over pixels}
     *
     * @param sorted values in ascending order
     * @throws IllegalStateException if there is no value
     */
    public static float lowerMedian(float[] sorted) {
        requireSome(sorted.length);
        return sorted[(sorted.length - 1) / 2];
    }

    /** {@return the number of values, n} */
    public int count() {
        return sorted.length;
    }

    /**
     * {@return the smallest value}
     *
     * @throws IllegalStateException if there is no value
     */
    public float min() {
        requireSome(sorted.length);
        return sorted[0];
    }

    /**
     * {@return the largest value}
     *
     * @throws IllegalStateException if there is no value
     */
    public float max() {
        requireSome(sorted.length);
        return sorted[sorted.length - 1];
    }

    /**
     * {@return the median: the mean of the middle two values if their number is even}
     *
     * @throws IllegalStateException if there is no value
     */
    public double median() {
        requireSome(sorted.length);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : ((double) sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * {@return the upper median: the larger of the middle two values if their number is even}
     *
     * @throws IllegalStateException if there is no value
     */
    public float upperMedian() {
        requireSome(sorted.length);
        return sorted[sorted.length / 2];
    }

    /**
     * {@return a quantile, interpolated linearly between the two nearest values}
     *
     * @param q from 0, the smallest value, to 1, the largest
     * @throws IllegalArgumentException if {@code q} is outside 0 to 1
     * @throws IllegalStateException if there is no value
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

    /** {@return a new array of the values in ascending order} */
    public float[] toArray() {
        return sorted.clone();
    }

    private static void requireSome(int count) {
        if (count == 0) {
            throw new IllegalStateException("statistics: expected at least one value, found none");
        }
    }
}
