package fathom.evaluation.errors;

import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The error at each pixel of exactly what a protocol compares. Its mean is the metric of the same name, up to the rounding
 * of each value to float32. The ratio of {@link ErrorKind#DELTA} is computed in float64.
 *
 * @param kind what the values are
 * @param values the errors, [H, W]; NaN where {@code counted} is false
 * @param counted true for the pixels that are compared, [H, W]
 */
public record ErrorMap(ErrorKind kind, Plane values, Mask counted) {
    private static final double DELTA = 1.25;
    /** The number of classes of {@link ErrorKind#DELTA}. */
    public static final int CLASSES = 4;

    /**
     * Computes the errors of a kind.
     *
     * @param maps what a protocol compares
     * @param kind the kind
     * @return the errors, [H, W]
     */
    public static ErrorMap of(ScoredMaps maps, ErrorKind kind) {
        Plane truth = maps.truth();
        Plane prediction = maps.prediction();
        boolean[] counted = maps.counted().array();
        Plane values = Plane.allocate(truth.height(), truth.width());
        for (int row = 0, at = 0; row < truth.height(); row++) {
            int g = truth.rowStart(row);
            int p = prediction.rowStart(row);
            for (int i = 0; i < truth.width(); i++, at++) {
                values.array()[at] = counted[at]
                        ? (float) error(kind, prediction.array()[p + i], truth.array()[g + i])
                        : Float.NaN;
            }
        }
        return new ErrorMap(kind, values, maps.counted());
    }

    private static double error(ErrorKind kind, double p, double g) {
        return switch (kind) {
            case SIGNED -> p - g;
            case ABSOLUTE -> Math.abs(p - g);
            case RELATIVE -> Math.abs(p - g) / g;
            case DELTA -> deltaClass(Math.max(p / g, g / p));
        };
    }

    private static int deltaClass(double ratio) {
        double threshold = DELTA;
        for (int power = 0; power < CLASSES - 1; power++) {
            if (ratio < threshold) {
                return power;
            }
            threshold *= DELTA;
        }
        return CLASSES - 1;
    }

    /** {@return the mean over the counted pixels in float64, NaN if there is none} */
    public double mean() {
        double sum = 0;
        long pixels = 0;
        for (int at = 0; at < values.size(); at++) {
            if (counted.array()[at]) {
                sum += values.array()[at];
                pixels++;
            }
        }
        return sum / pixels;
    }

    /**
     * {@return the share of the counted pixels that have a value, NaN if no pixel is counted}
     *
     * @param value for example a class of {@link ErrorKind#DELTA}
     */
    public double share(float value) {
        long equal = 0;
        long pixels = 0;
        for (int at = 0; at < values.size(); at++) {
            if (counted.array()[at]) {
                pixels++;
                equal += values.array()[at] == value ? 1 : 0;
            }
        }
        return (double) equal / pixels;
    }
}
