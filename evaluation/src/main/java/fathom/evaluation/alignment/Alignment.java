package fathom.evaluation.alignment;

import java.util.Locale;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * Values brought to another scale and zero: {@code scale · value + shift}. Models that leave these unknown are scored after the
 * two are fitted to the measurement.
 *
 * @param scale the factor
 * @param shift what is added after it, in the unit aligned to
 */
public record Alignment(double scale, double shift) {
    /** No change. */
    public static final Alignment NONE = new Alignment(1, 0);

    public Alignment {
        if (!Double.isFinite(scale) || !Double.isFinite(shift)) {
            throw new IllegalArgumentException(
                    "alignment: expected finite numbers, found scale " + scale + " and shift " + shift);
        }
    }

    /**
     * The scale that brings the median of {@code values} to the median of {@code target} over the {@code counted} pixels, shift
     * 0. The median of an even count is the mean of the middle two. Source: Monodepth2, {@code evaluate_depth.py}.
     *
     * @throws UnscorableException if no pixel is counted or the median of {@code values} is not above 0
     */
    public static Alignment median(Plane values, Plane target, Mask counted) throws UnscorableException {
        requireShapes(values, target, counted);
        ValueStatistics from = ValueStatistics.of(values, counted);
        requireSome(from.count());
        double median = from.median();
        if (!(median > 0)) {
            throw new UnscorableException(
                    "the prediction's median is " + median + ", so no scale brings it to that of the measurement");
        }
        return new Alignment(ValueStatistics.of(target, counted).median() / median, 0);
    }

    /**
     * The scale and shift that bring {@code values} closest to {@code target} in squared error over the {@code counted} pixels.
     * Equal values get scale 0 and the target's mean. Source: Marigold, {@code align_depth_least_square}; MiDaS (Ranftl et al.
     * 2020) does the same with inverse depth.
     *
     * @throws UnscorableException if no pixel is counted
     */
    public static Alignment leastSquares(Plane values, Plane target, Mask counted) throws UnscorableException {
        requireShapes(values, target, counted);
        float[] x = ValueStatistics.selected(values, counted);
        float[] y = ValueStatistics.selected(target, counted);
        requireSome(x.length);
        double meanX = mean(x);
        double meanY = mean(y);
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - meanX;
            variance += dx * dx;
            covariance += dx * (y[i] - meanY);
        }
        double scale = variance > 0 ? covariance / variance : 0;
        return new Alignment(scale, meanY - scale * meanX);
    }

    /** A new plane of {@code scale · value + shift}; values that are not finite stay so. */
    public Plane applied(Plane values) {
        Plane aligned = Plane.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                aligned.array()[at++] = (float) (scale * values.array()[from + i] + shift);
            }
        }
        return aligned;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.6g · value + %.6g", scale, shift);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void requireShapes(Plane values, Plane target, Mask counted) {
        values.requireSameShape("target", target);
        if (counted.height() != values.height() || counted.width() != values.width()) {
            throw new IllegalArgumentException("counted: expected [" + values.height() + ", " + values.width()
                    + "], found [" + counted.height() + ", " + counted.width() + "]");
        }
    }

    private static void requireSome(int count) throws UnscorableException {
        if (count == 0) {
            throw new UnscorableException("there is no pixel to align the prediction on");
        }
    }
}
