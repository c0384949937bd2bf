package fathom.evaluation.alignment;

import fathom.evaluation.metrics.UnscorableException;

/**
 * Fits that minimise a weighted sum of absolute errors: Σ weight · |scale · value + shift − target|.
 *
 * <p>Outliers change these fits less than {@link Alignment#leastSquares}. All arithmetic is in float64. Algorithms:
 *
 * <ol>
 * <li>The best scale without shift is a weighted median of target / value with weight · |value| as weight: it is found by
 * selection in O(n) on average.
 * <li>If the error of each pixel is truncated, the loss is piecewise linear with minima only at the quotients target /
 * value: all of them are compared in one sweep, O(n log n).
 * <li>The best line with a shift passes through at least one pixel. Each pixel is tried as that anchor: the shift follows
 * from it and the scale is case 1 for the differences from it, O(n²).
 * </ol>
 *
 * <p>Arrays are not changed. Weights are at least 0; a pixel of weight 0 has no influence. If a value, target or weight is
 * not finite, the numbers of the fit are NaN. Source: {@code moge/utils/alignment.py} of microsoft/MoGe states the same
 * problems; {@link MogeAlignment} reproduces its results where they are not the optimum.
 */
public final class WeightedL1 {
    private WeightedL1() {}

    /**
     * A scale and a shift. The numbers are NaN if the values do not determine them.
     *
     * @param scale the factor
     * @param shift added after the multiplication, in the unit of the target
     * @param loss the minimised sum
     */
    public record Fit(double scale, double shift, double loss) {
        /**
         * {@return the alignment with these numbers}
         *
         * @throws UnscorableException if a number is not finite
         */
        public Alignment alignment() throws UnscorableException {
            if (!Double.isFinite(scale) || !Double.isFinite(shift)) {
                throw new UnscorableException("the prediction has no finite alignment: scale " + scale + ", shift "
                        + shift + "; check it for NaN and infinite values");
            }
            return new Alignment(scale, shift);
        }
    }

    /**
     * A scale and a shift of points. The numbers are NaN if the points do not determine them.
     *
     * @param scale the factor of all coordinates
     * @param shiftX added to x after the multiplication
     * @param shiftY added to y after the multiplication
     * @param shiftZ added to z after the multiplication
     * @param loss the minimised sum
     */
    public record PointFit(double scale, double shiftX, double shiftY, double shiftZ, double loss) {}

    /**
     * {@return the scale with the smallest loss; shift 0} If several scales have the smallest loss, the lowest quotient
     * target / value among them; 0 if all values are 0.
     *
     * @param values predictions, [n]
     * @param target measurements, [n]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no value
     */
    public static Fit scale(float[] values, float[] target, float[] weights) {
        return new AnchoredL1(values, target, weights, 1, AnchoredL1.Ties.COUNTED).scale();
    }

    /**
     * {@return the scale with the smallest sum of min(truncation, weight · |scale · value − target|); shift 0}
     *
     * @param values predictions, [n]
     * @param target measurements, [n]
     * @param weights at least 0, [n]
     * @param truncation the largest loss of a pixel, above 0
     * @throws IllegalArgumentException if the lengths differ, there is no value or the truncation is not above 0
     */
    public static Fit truncatedScale(float[] values, float[] target, float[] weights, double truncation) {
        if (!(truncation > 0)) {
            throw new IllegalArgumentException("truncation: expected above 0, found " + truncation);
        }
        return new AnchoredL1(values, target, weights, 1, AnchoredL1.Ties.COUNTED).truncatedScale(truncation);
    }

    /**
     * {@return the scale and shift with the smallest loss} If all values are equal, the scale is 0 and the shift is a
     * weighted median of the target.
     *
     * @param values predictions, [n]
     * @param target measurements, [n]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no value
     */
    public static Fit scaleShift(float[] values, float[] target, float[] weights) {
        PointFit fit = new AnchoredL1(values, target, weights, 1, AnchoredL1.Ties.COUNTED).scaleShift(true);
        return new Fit(fit.scale(), fit.shiftX(), fit.loss());
    }

    /**
     * {@return the scale with the smallest loss over all coordinates; shift 0}
     *
     * @param points predicted points, [n, 3]
     * @param target measured points, [n, 3]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no point
     */
    public static PointFit pointScale(float[] points, float[] target, float[] weights) {
        Fit fit = new AnchoredL1(points, target, weights, 3, AnchoredL1.Ties.COUNTED).scale();
        return new PointFit(fit.scale(), 0, 0, 0, fit.loss());
    }

    /**
     * {@return the scale and shift along z with the smallest loss over all coordinates}
     *
     * @param points predicted points, [n, 3]
     * @param target measured points, [n, 3]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no point
     */
    public static PointFit pointScaleZShift(float[] points, float[] target, float[] weights) {
        return new AnchoredL1(points, target, weights, 3, AnchoredL1.Ties.COUNTED).scaleShift(false, false, true);
    }

    /**
     * {@return the scale and shift with the smallest loss among those that map one of the points to its target exactly}
     * A shift that takes each axis from another point can have a smaller loss; MoGe does not try those.
     *
     * @param points predicted points, [n, 3]
     * @param target measured points, [n, 3]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no point
     */
    public static PointFit pointScaleShift(float[] points, float[] target, float[] weights) {
        return new AnchoredL1(points, target, weights, 3, AnchoredL1.Ties.COUNTED).scaleShift(true, true, true);
    }

    /**
     * {@return the shift with the smallest loss; scale 1} It is a weighted median of the differences per axis.
     *
     * @param points predicted points, [n, 3]
     * @param target measured points, [n, 3]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ or there is no point
     */
    public static PointFit pointShift(float[] points, float[] target, float[] weights) {
        return new AnchoredL1(points, target, weights, 3, AnchoredL1.Ties.COUNTED).shift();
    }
}
