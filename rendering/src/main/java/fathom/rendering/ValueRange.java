package fathom.rendering;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * The values that the two ends of a colormap stand for.
 *
 * @param min what the first colour stands for
 * @param max what the last colour stands for, above {@code min}
 */
public record ValueRange(double min, double max) {
    public ValueRange {
        if (!(min < max && Double.isFinite(min) && Double.isFinite(max))) {
            throw new IllegalArgumentException(
                    "range: expected two finite values, the first below the second, found " + min + " and " + max);
        }
    }

    /** From the least to the greatest finite value where {@code valid} is true. */
    public static ValueRange full(Plane values, Mask valid) {
        return percentiles(values, valid, 0, 100);
    }

    /**
     * Between two percentiles of the finite values where {@code valid} is true, interpolated as NumPy does. If all values are
     * equal, the range is a little around them; if there are none, it is 0 to 1.
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

    /** Where {@code value} lies, 0 at {@link #min()}, 1 at {@link #max()}, beyond them outside. */
    public double share(double value) {
        return (value - min) / (max - min);
    }

    static void requireSameShape(Plane values, Mask valid) {
        if (values.height() != valid.height() || values.width() != valid.width()) {
            throw new IllegalArgumentException(
                    "valid: expected [" + values.height() + ", " + values.width() + "], found ["
                            + valid.height() + ", " + valid.width() + "]");
        }
    }
}
