package fathom.evaluation.metrics;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * How much the slopes of a predicted and a measured depth map differ. With the residual R = log(prediction) − log(truth):
 *
 * <pre>
 * pair error(step)  = mean over pairs of valid pixels, step columns or step rows apart, of |R_a − R_b|
 * {@link #of}       = pair error(1)
 * {@link #multiScale} = Σ over steps 1, 2, 4, 8 of (Σ over pairs on the grid of that step of |R_a − R_b|) / valid grid pixels
 * </pre>
 *
 * <p>Neither changes if the prediction is multiplied by a constant; a blurred edge costs at each pixel that it is wide. The
 * logarithms are natural; 0 is best.
 *
 * <p>Source of the multi-scale form: Z. Li and N. Snavely, <i>MegaDepth</i>, CVPR 2018, equation 4 (log depth, four scales
 * made by taking every second pixel of the scale before); Ranftl et al., <i>Towards Robust Monocular Depth
 * Estimation</i>, 2022, equation 11, use it with aligned inverse depth and divide by the pixels of each scale, as here. It
 * is a training loss there; as a metric, compare only values of the same form.
 */
public final class GradientError {
    private static final int[] STEPS = {1, 2, 4, 8};

    private GradientError() {}

    /**
     * {@return the mean absolute difference of the log-depth gradients of neighbouring pixels}
     *
     * @param prediction predicted depth, above 0, any scale, [H, W]
     * @param truth measured depth, above 0 where counted, [H, W]
     * @param counted true for the pixels to compare, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if a counted pixel of a map is not above 0 and finite, or no two neighbours are
     *         counted
     */
    public static double of(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        Sums sums = new Sums(residuals(prediction, truth, counted), counted, 1);
        if (sums.pairs == 0) {
            throw new UnscorableException("no two neighbouring pixels are counted");
        }
        return sums.sum / sums.pairs;
    }

    /**
     * {@return the gradient error summed over four scales} Scale k is every 2ᵏ-th row and column, without smoothing. A scale
     * without a counted pixel adds 0.
     *
     * @param prediction predicted depth, above 0, any scale, [H, W]
     * @param truth measured depth, above 0 where counted, [H, W]
     * @param counted true for the pixels to compare, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if a counted pixel of a map is not above 0 and finite, or no pixel is counted
     */
    public static double multiScale(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        double[] residuals = residuals(prediction, truth, counted);
        if (counted.count() == 0) {
            throw new UnscorableException("no pixel is counted");
        }
        double error = 0;
        for (int step : STEPS) {
            Sums sums = new Sums(residuals, counted, step);
            error += sums.pixels == 0 ? 0 : sums.sum / sums.pixels;
        }
        return error;
    }

    private static double[] residuals(Plane prediction, Plane truth, Mask counted) throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        if (counted.height() != truth.height() || counted.width() != truth.width()) {
            throw new IllegalArgumentException("counted: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + counted.height() + ", " + counted.width() + "]");
        }
        double[] residuals = new double[truth.size()];
        for (int row = 0, at = 0; row < truth.height(); row++) {
            int p = prediction.rowStart(row);
            int t = truth.rowStart(row);
            for (int i = 0; i < truth.width(); i++, at++) {
                if (counted.array()[at]) {
                    residuals[at] = log("prediction", prediction.array()[p + i], row, i)
                            - log("truth", truth.array()[t + i], row, i);
                }
            }
        }
        return residuals;
    }

    private static double log(String what, float value, int row, int column) throws UnscorableException {
        if (!(value > 0 && value <= Float.MAX_VALUE)) {
            throw new UnscorableException("the " + what + " is " + value + " at row " + row + ", column " + column
                    + ", and has no logarithm; leave out or clip such pixels");
        }
        return Math.log(value);
    }

    /** The pixels and pairs of the grid of every {@code step}-th row and column. */
    private static final class Sums {
        private double sum;
        private long pairs;
        private long pixels;

        Sums(double[] residuals, Mask counted, int step) {
            boolean[] valid = counted.array();
            int width = counted.width();
            for (int row = 0; row < counted.height(); row += step) {
                for (int column = 0; column < width; column += step) {
                    int at = row * width + column;
                    if (!valid[at]) {
                        continue;
                    }
                    pixels++;
                    if (column + step < width && valid[at + step]) {
                        add(residuals[at + step] - residuals[at]);
                    }
                    if (row + step < counted.height() && valid[at + step * width]) {
                        add(residuals[at + step * width] - residuals[at]);
                    }
                }
            }
        }

        private void add(double difference) {
            sum += Math.abs(difference);
            pairs++;
        }
    }
}
