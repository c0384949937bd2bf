package fathom.evaluation.alignment;

import java.util.Locale;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * A change of scale and zero point: {@code scale · value + shift}.
 *
 * <p>Models that predict depth of an unknown scale or shift are aligned to the measurement before they are scored.
 * {@link #median} fits only the scale, {@link #leastSquares} both.
 *
 * <ul>
 * <li>{@link #median} is for {@link fathom.raster.DepthKind#SCALE_INVARIANT}. It is exact if the values are the target times a
 * constant. Outliers in fewer than half of the pixels change the scale little.
 * <li>{@link #leastSquares} is for {@link fathom.raster.DepthKind#AFFINE} in depth and for
 * {@link fathom.raster.DepthKind#AFFINE_INVERSE} in inverse depth. It is exact if the values are a linear function of the target.
 * A single outlier changes both numbers. The scale becomes negative if near and far are exchanged; check the sign if that
 * matters.
 * </ul>
 *
 * <p>Example: values 1, 2, 3, 4 and target 2, 4, 6, 80, whose last pixel is an outlier. The median gives scale 2, which
 * maps the first pixel to 2. Least squares gives scale 23.6 and shift −36, which maps it to −12.4.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="alignment"}
 *
 * @param scale the factor
 * @param shift added after the multiplication, in the unit of the target
 * @see fathom.evaluation.protocols.ArticleAlignedProtocol
 */
public record Alignment(double scale, double shift) {
    /** The identity: scale 1, shift 0. */
    public static final Alignment NONE = new Alignment(1, 0);

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public Alignment {
        if (!Double.isFinite(scale) || !Double.isFinite(shift)) {
            throw new IllegalArgumentException(
                    "alignment: expected finite numbers, found scale " + scale + " and shift " + shift);
        }
    }

    /**
     * {@return the alignment that maps the median of {@code values} to the median of {@code target}: scale =
     * median(target) / median(values), shift = 0} The median of an even count is the mean of the middle two. Source:
     * Monodepth2, {@code evaluate_depth.py}.
     *
     * @param values predicted depth, [H, W], any scale
     * @param target measured depth, [H, W]
     * @param counted true for the pixels to fit to
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted or the median of {@code values} is not above 0
     */
    public static Alignment median(Plane values, Plane target, Mask counted) throws UnscorableException {
        requireShapes(values, target, counted);
        ValueStatistics from = ValueStatistics.of(values, counted);
        requireSome(from.count());
        double median = from.median();
        if (!(median > 0)) {
            throw new UnscorableException(
                    "the prediction's median is " + median + ", so no scale maps it to the median of the measurement");
        }
        return new Alignment(ValueStatistics.of(target, counted).median() / median, 0);
    }

    /**
     * {@return the alignment with the smallest squared error over the counted pixels: scale = cov(values, target) /
     * var(values), shift = mean(target) − scale · mean(values), in float64} If all values are equal, the scale is 0 and
     * the shift is the mean of the target. Source: Marigold, {@code align_depth_least_square}; MiDaS (Ranftl et al.
     * 2020) uses the same fit with inverse depth.
     *
     * @param values prediction, [H, W]
     * @param target measurement in the domain of the values (depth or inverse depth), [H, W]
     * @param counted true for the pixels to fit to
     * @throws IllegalArgumentException if the shapes differ
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

    /**
     * {@return a new plane of {@code scale · value + shift}} Values that are not finite remain not finite.
     *
     * @param values prediction, [H, W]
     */
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
