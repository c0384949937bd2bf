package fathom.rendering;

import java.util.Arrays;

import fathom.raster.Mask;
import fathom.raster.Plane;

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
        float[] sorted = valid(values, valid);
        if (sorted.length == 0) {
            return new ValueRange(0, 1);
        }
        Arrays.sort(sorted);
        double min = percentile(sorted, low);
        double max = percentile(sorted, high);
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

    private static double percentile(float[] sorted, double percent) {
        double at = percent / 100 * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]);
    }

    private static float[] valid(Plane values, Mask valid) {
        requireSameShape(values, valid);
        float[] kept = new float[values.size()];
        int count = 0;
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++, at++) {
                float value = values.array()[from + i];
                if (valid.array()[at] && Float.isFinite(value)) {
                    kept[count++] = value;
                }
            }
        }
        return Arrays.copyOf(kept, count);
    }

    static void requireSameShape(Plane values, Mask valid) {
        if (values.height() != valid.height() || values.width() != valid.width()) {
            throw new IllegalArgumentException(
                    "valid: expected [" + values.height() + ", " + values.width() + "], found ["
                            + valid.height() + ", " + valid.width() + "]");
        }
    }
}
