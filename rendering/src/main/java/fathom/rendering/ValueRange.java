package fathom.rendering;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * The values at the two ends of a colormap.
 *
 * @param min the value of the first colour
 * @param max the value of the last colour, above {@code min}
 */
public record ValueRange(double min, double max) {
    /**
     * Validates the values.
     *
     * @throws IllegalArgumentException if a value is not finite or the range is empty
     */
    public ValueRange {
        if (!(min < max && Double.isFinite(min) && Double.isFinite(max))) {
            throw new IllegalArgumentException(
                    "range: expected two finite values, the first below the second, found " + min + " and " + max);
        }
    }

    /**
     * {@return the range from the smallest to the largest finite value where {@code valid} is true}
     *
     * @param values [H, W]
     * @param valid true for the pixels to use, [H, W]
     */
    public static ValueRange full(Plane values, Mask valid) {
        return percentiles(values, valid, 0, 100);
    }

    /**
     * {@return the range between two percentiles of the finite values where {@code valid} is true, interpolated like
     * NumPy} If all values are equal, the range is slightly larger than this value on both sides. If there is no value,
     * the range is 0 to 1.
     *
     * @param values [H, W]
     * @param valid true for the pixels to use, [H, W]
     * @param low lower percentile, at least 0
     * @param high upper percentile, at most 100
     * @throws IllegalArgumentException if the percentiles are outside these limits or the shapes differ
     */
    public static ValueRange percentiles(Plane values, Mask valid, double low, double high) {
        if (!(low >= 0 && low < high && high <= 100)) {
            throw new IllegalArgumentException(
                    "percentiles: expected 0 ≤ low < high ≤ 100, found " + low + " and " + high);
        }
        requireSameShape(values, valid);
        ValueStatistics finite = ValueStatistics.ofFinite(values, valid);
        if (finite.count() == 0) {
            return new ValueRange(0, 1);
        }
        double min = finite.quantile(low / 100);
        double max = finite.quantile(high / 100);
        if (min < max) {
            return new ValueRange(min, max);
        }
        double margin = Math.max(0.5, Math.abs(min) * 1e-3);
        return new ValueRange(min - margin, min + margin);
    }

    /**
     * {@return the relative position of {@code value}: 0 at {@link #min()}, 1 at {@link #max()}, below 0 or above 1
     * outside}
     *
     * @param value any number
     */
    public double share(double value) {
        return (value - min) / (max - min);
    }

    static void requireSameShape(Plane values, Mask valid) {
        if (values.height() != valid.height() || values.width() != valid.width()) {
            throw new IllegalArgumentException("valid: expected [" + values.height() + ", " + values.width()
                    + "], found [" + valid.height() + ", " + valid.width() + "]");
        }
    }
}
