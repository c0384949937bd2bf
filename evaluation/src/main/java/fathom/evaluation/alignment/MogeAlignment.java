package fathom.evaluation.alignment;

import java.util.Arrays;

import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.alignment.WeightedL1.PointFit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The alignments of MoGe's evaluation (Wang et al. 2024, appendix).
 *
 * <p>Depth and points are fitted to a sample of at most 64 × 64 counted pixels ({@link #sample}) with the smallest absolute
 * error, weighted by 1 / depth of the truth or 1 / distance of the true point. Affine inverse depth is fitted to all
 * counted pixels by least squares, and depth from it is at most the largest depth of the truth ({@link #depth}).
 *
 * <p>These fits reproduce MoGe's results, in float32, which differ from those of {@link WeightedL1} and {@link
 * WeightedLeastSquares} in some cases:
 *
 * <ul>
 * <li>Of lines with the same loss up to rounding, the one that PyTorch's order of additions favours is taken. Their
 * scales can differ by 1e-4.
 * <li>With a shift, pixels whose prediction equals that of the anchor do not count in the loss, so a line through
 * pixels with equal predictions can win.
 * <li>If a sampled prediction is infinite, the fit is the steepest one, with a shift the steepest one through the last pixel. If
 * one is NaN, scale and shift are NaN.
 * <li>Least squares has PyTorch's tolerance for dependent columns, which grows with the number of pixels. {@link
 * #leastSquares} weights the equations but not the column of ones.
 * </ul>
 *
 * <p>Source: {@code moge/utils/alignment.py} and {@code moge/test/metrics.py} of microsoft/MoGe, commit 0744441;
 * {@code masked_nearest_resize} of EasternJournalist/utils3d, commit 3fab839.
 */
public final class MogeAlignment {
    /** Rows and columns of the sample. */
    public static final int SAMPLE_SIDE = 64;

    private static final float SMALLEST_DIFFERENCE = 1e-7f;
    /** Losses in float32 that differ by less than this part can be in another order in float64. */
    private static final double FLOAT_ROUNDING = 2e-6;

    private MogeAlignment() {}

    /**
     * {@return the pixels that alignments are fitted to: row · W + column, at most 64 · 64 of them} The map is divided into 64 × 64
     * cells. Each takes the counted pixel nearest to its centre inside a window of the size of the cell, rounded up to
     * whole pixels; of equally near pixels the first in row-major order. A cell without one has none. Maps smaller than
     * 64 pixels repeat pixels.
     *
     * @param counted true for pixels that may be taken, [H, W]
     */
    public static int[] sample(Mask counted) {
        int[] sources = MaskedNearest.sources(counted, SAMPLE_SIDE, SAMPLE_SIDE);
        int[] pixels = new int[sources.length];
        int used = 0;
        for (int source : sources) {
            if (source >= 0) {
                pixels[used++] = source;
            }
        }
        return Arrays.copyOf(pixels, used);
    }

    /**
     * {@return whether {@link #scaleShift} has no counterpart in MoGe: all sampled predictions are equal and the truths are
     * not}
     *
     * @param prediction depth, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static boolean isUndetermined(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        DepthSample sample = depthSample(prediction, truth, counted);
        if (!sample.allEqual()) {
            return false;
        }
        for (float depth : sample.target) {
            if (depth != sample.target[0]) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the scale of scale-invariant depth; shift 0}
     *
     * @param prediction depth, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static Fit scale(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        DepthSample sample = depthSample(prediction, truth, counted);
        FloatL1.Best best = new FloatL1(sample.values, sample.target, sample.weights, 1).solve(-1);
        return new Fit(best.scale(), 0, best.loss());
    }

    /**
     * {@return the scale of scale-invariant depth if the loss of a pixel is at most {@code truncation}; shift 0}
     *
     * @param prediction depth, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @param truncation the largest loss of a pixel, a part of its depth, above 0
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static Fit truncatedScale(Plane prediction, Plane truth, Mask counted, double truncation)
            throws UnscorableException {
        DepthSample sample = depthSample(prediction, truth, counted);
        return new AnchoredL1(sample.values, sample.target, sample.weights, 1, AnchoredL1.Ties.LEFT_OUT)
                .truncatedScale(truncation);
    }

    /**
     * {@return the scale and shift of affine depth} The loss is that of all sampled pixels. If all sampled predictions are
     * equal, the fit is {@link WeightedL1#scaleShift}: scale 0. MoGe then divides a difference of two truths, which depend on
     * the order that an unstable sort leaves, by 1e-7.
     *
     * @param prediction depth, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static Fit scaleShift(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        DepthSample sample = depthSample(prediction, truth, counted);
        if (sample.allEqual()) {
            return WeightedL1.scaleShift(sample.values, sample.target, sample.weights);
        }
        Line line = line(sample.values, sample.target, sample.weights, 1, SMALLEST_DIFFERENCE, true);
        float shift = sample.target[line.anchor] - line.scale * sample.values[line.anchor];
        Fit fit = new Fit(line.scale, shift, Double.NaN);
        double loss = 0;
        for (int i = 0; i < sample.values.length; i++) {
            loss += sample.weights[i] * Math.abs(aligned(sample.values[i], fit) - sample.target[i]);
        }
        return new Fit(line.scale, shift, loss);
    }

    /**
     * {@return the scale and shift of affine inverse depth: plain least squares to 1 / truth on all counted pixels} The
     * loss is NaN.
     *
     * @param inverseDepth prediction, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static Fit inverseScaleShift(Plane inverseDepth, Plane truth, Mask counted) throws UnscorableException {
        int[] pixels = counted(inverseDepth, truth, counted);
        double[] x = new double[pixels.length];
        double[] ones = new double[pixels.length];
        double[] y = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            x[i] = at(inverseDepth, pixels[i]);
            ones[i] = 1;
            y[i] = 1 / at(truth, pixels[i]);
        }
        return solved(x, ones, y);
    }

    /**
     * {@return scale and shift of affine depth by least squares on all counted pixels, where equations are weighted by
     * 1 / truth but the shift is not} It minimises Σ (√w · scale · value + shift − √w · truth)². The loss is NaN.
     *
     * @param prediction depth, [H, W]
     * @param truth depth, above 0 where counted, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is counted
     */
    public static Fit leastSquares(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        int[] pixels = counted(prediction, truth, counted);
        double[] x = new double[pixels.length];
        double[] ones = new double[pixels.length];
        double[] y = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            float depth = at(truth, pixels[i]);
            double weight = Math.sqrt(1 / depth);
            x[i] = weight * at(prediction, pixels[i]);
            ones[i] = 1;
            y[i] = weight * depth;
        }
        return solved(x, ones, y);
    }

    /**
     * {@return scale · value + shift, each step rounded to float32, [H, W]}
     *
     * @param values predictions, [H, W]
     * @param fit the alignment
     */
    public static Plane aligned(Plane values, Fit fit) {
        float[] aligned = values.toArray();
        for (int i = 0; i < aligned.length; i++) {
            aligned[i] = aligned(aligned[i], fit);
        }
        return Plane.wrap(aligned, values.height(), values.width());
    }

    /**
     * {@return 1 / max(inverse depth, smallest), [H, W]}
     *
     * @param inverseDepth aligned inverse depth, [H, W]
     * @param smallest the smallest inverse depth; for scores, MoGe takes 1 / the largest counted depth of the truth, for
     *            boundaries 1e-6
     */
    public static Plane depth(Plane inverseDepth, double smallest) {
        float[] depth = inverseDepth.toArray();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 / Math.max(depth[i], (float) smallest);
        }
        return Plane.wrap(depth, inverseDepth.height(), inverseDepth.width());
    }

    /**
     * {@return the scale of scale-invariant points; shift 0}
     *
     * @param points predicted points, [H, W, 3]
     * @param truth measured points, [H, W, 3]
     * @param counted true for pixels that count, [H, W]
     * @throws IllegalArgumentException if the lengths differ
     * @throws UnscorableException if no pixel is counted
     */
    public static PointFit pointScale(float[] points, float[] truth, Mask counted) throws UnscorableException {
        PointSample sample = new PointSample(points, truth, counted);
        FloatL1.Best best = new FloatL1(sample.values, sample.target, sample.weights, 3).solve(-1);
        return new PointFit(best.scale(), 0, 0, 0, best.loss());
    }

    /**
     * {@return the scale and shift of affine points}
     *
     * @param points predicted points, [H, W, 3]
     * @param truth measured points, [H, W, 3]
     * @param counted true for pixels that count, [H, W]
     * @throws IllegalArgumentException if the lengths differ
     * @throws UnscorableException if no pixel is counted
     */
    public static PointFit pointScaleShift(float[] points, float[] truth, Mask counted) throws UnscorableException {
        PointSample sample = new PointSample(points, truth, counted);
        Line line = line(sample.values, sample.target, sample.weights, 3, 1, true, true, true);
        float[] shift = new float[3];
        for (int axis = 0; axis < 3; axis++) {
            int i = 3 * line.anchor + axis;
            shift[axis] = sample.target[i] - line.scale * sample.values[i];
        }
        return new PointFit(line.scale, shift[0], shift[1], shift[2], Double.NaN);
    }

    /**
     * {@return the shift of metric points; scale 1}
     *
     * @param points predicted points, [H, W, 3]
     * @param truth measured points, [H, W, 3]
     * @param counted true for pixels that count, [H, W]
     * @throws IllegalArgumentException if the lengths differ
     * @throws UnscorableException if no pixel is counted
     */
    public static PointFit pointShift(float[] points, float[] truth, Mask counted) throws UnscorableException {
        PointSample sample = new PointSample(points, truth, counted);
        return new AnchoredL1(sample.values, sample.target, sample.weights, 3, AnchoredL1.Ties.LEFT_OUT).shift();
    }

    /** The sampled points and their weights. */
    private static final class PointSample {
        final float[] values;
        final float[] target;
        final float[] weights;

        PointSample(float[] points, float[] truth, Mask counted) throws UnscorableException {
            int size = 3 * counted.array().length;
            if (points.length != size || truth.length != size) {
                throw new IllegalArgumentException("points, truth: expected " + size + " numbers each, found "
                        + points.length + " and " + truth.length);
            }
            int[] pixels = required(sample(counted));
            values = new float[3 * pixels.length];
            target = new float[values.length];
            weights = new float[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                System.arraycopy(points, 3 * pixels[i], values, 3 * i, 3);
                System.arraycopy(truth, 3 * pixels[i], target, 3 * i, 3);
                double x = target[3 * i];
                double y = target[3 * i + 1];
                double z = target[3 * i + 2];
                weights[i] = 1 / (float) Math.sqrt(x * x + y * y + z * z);
            }
        }
    }

    /** The sampled predictions, truths and weights. */
    private static final class DepthSample {
        final float[] values;
        final float[] target;
        final float[] weights;

        DepthSample(Plane prediction, Plane truth, int[] pixels) {
            values = new float[pixels.length];
            target = new float[pixels.length];
            weights = new float[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                values[i] = at(prediction, pixels[i]);
                target[i] = at(truth, pixels[i]);
                weights[i] = 1 / target[i];
            }
        }

        boolean allEqual() {
            for (float value : values) {
                if (value != values[0]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static DepthSample depthSample(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        requireShapes(prediction, truth, counted);
        return new DepthSample(prediction, truth, required(sample(counted)));
    }

    private static int[] counted(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        requireShapes(prediction, truth, counted);
        int[] pixels = new int[counted.count()];
        int used = 0;
        for (int pixel = 0; pixel < counted.array().length; pixel++) {
            if (counted.array()[pixel]) {
                pixels[used++] = pixel;
            }
        }
        return required(pixels);
    }

    private static int[] required(int[] pixels) throws UnscorableException {
        if (pixels.length == 0) {
            throw new UnscorableException("there is no pixel to align the prediction on");
        }
        return pixels;
    }

    private static void requireShapes(Plane prediction, Plane truth, Mask counted) {
        prediction.requireSameShape("truth", truth);
        if (counted.height() != truth.height() || counted.width() != truth.width()) {
            throw new IllegalArgumentException("counted: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + counted.height() + ", " + counted.width() + "]");
        }
    }

    private static float at(Plane plane, int pixel) {
        return plane.array()[plane.rowStart(pixel / plane.width()) + pixel % plane.width()];
    }

    private static float aligned(float value, Fit fit) {
        return value * (float) fit.scale() + (float) fit.shift();
    }

    /** LAPACK scales a matrix with infinite elements by 0: only the factor of that column becomes NaN. */
    private static Fit solved(double[] x, double[] ones, double[] y) {
        boolean infinite = false;
        for (double value : x) {
            if (Double.isNaN(value)) {
                return new Fit(Double.NaN, Double.NaN, Double.NaN);
            }
            infinite |= Double.isInfinite(value);
        }
        if (infinite) {
            return new Fit(Double.NaN, 0, Double.NaN);
        }
        WeightedLeastSquares.Solution solution = WeightedLeastSquares.solve(x, ones, y);
        return new Fit(solution.first(), solution.second(), Double.NaN);
    }

    /**
     * The line through a point with the smallest loss in float32, the last one of equals. It is searched among those with
     * the smallest losses in float64. If they are undefined or all 0, the last point decides.
     */
    private static Line line(float[] values, float[] target, float[] weights, int axes, float smallestDifference,
            boolean... shifted) {
        FloatL1 problem = new FloatL1(values, target, weights, axes);
        int anchor = weights.length - 1;
        FloatL1.Best best = problem.solve(anchor, shifted);
        if (best.loss() > 0 && best.loss() < Float.POSITIVE_INFINITY) {
            double[] losses = new AnchoredL1(values, target, weights, axes, AnchoredL1.Ties.LEFT_OUT)
                    .losses(FLOAT_ROUNDING, shifted);
            for (int i = losses.length - 2; i >= 0; i--) {
                if (losses[i] < Double.POSITIVE_INFINITY) {
                    FloatL1.Best candidate = problem.solve(i, shifted);
                    if (candidate.loss() < best.loss()) {
                        best = candidate;
                        anchor = i;
                    }
                }
            }
        }
        int second = best.index();
        int first = anchor * axes + second % axes;
        float difference = values[second] == values[first] ? smallestDifference : values[second] - values[first];
        return new Line(anchor, (target[second] - target[first]) / difference);
    }

    /**
     * A line through a point.
     *
     * @param anchor the point
     * @param scale the slope
     */
    private record Line(int anchor, float scale) {}
}
