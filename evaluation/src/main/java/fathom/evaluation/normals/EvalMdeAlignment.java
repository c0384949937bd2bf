package fathom.evaluation.normals;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * A least-squares fit of a prediction to measured depth, as EvalMDE fits before its accuracies ({@code
 * evalmde/utils/depth.py}, {@code align}, commit ea9e21c). Solutions are rounded to float32, and the aligned depth is
 * computed in float32.
 *
 * <p>If the pixels do not decide scale and shift, the fit is the solution with the smallest scale² + shift². In depth that
 * is so if all values are equal (NumPy's {@code lstsq}, float64). In inverse depth it is so if the ratio of the singular
 * values of [values, 1] is at most n · 2⁻²³ (torch's {@code lstsq}, float32, driver {@code gelsy}), which already happens for
 * a large map with little relief: the second row of R is dropped. torch 1.13 does so with the columns in this order in most
 * calls, and in the opposite order in others on the same values. If all inverse values are 0, scale and shift are 0.
 *
 * @param scale the factor
 * @param shift added after the multiplication
 * @param aligned aligned depth, [H, W]
 */
public record EvalMdeAlignment(float scale, float shift, Plane aligned) {
    private static final float LEAST = 1e-4f;

    /** Where a fit is computed, and the smallest aligned value. */
    public enum Space {
        /** Depth, at least 1e-4: {@code depth_affine_lst_sq_clip_by_0}. */
        DEPTH,
        /** Inverse depth, at least 1e-4: {@code disparity_affine_clip_by_0}. */
        INVERSE_DEPTH,
        /** Inverse depth, at least 1 / the largest measured depth: {@code disparity_affine}. */
        INVERSE_DEPTH_WITHIN_TRUTH
    }

    /**
     * {@return the fit}
     *
     * @param prediction predicted depth, up to scale and shift, [H, W]; it is inverted if the space is inverse depth
     * @param truth measured depth, [H, W]
     * @param valid true where the truth is a measurement, [H, W]
     * @param space where the fit is computed
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if the space is depth and a valid pixel of the prediction is not finite, or if the space is
     *         {@link Space#INVERSE_DEPTH_WITHIN_TRUTH} and no pixel is valid; EvalMDE fails there
     */
    public static EvalMdeAlignment fit(Plane prediction, Plane truth, Mask valid, Space space)
            throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        float[] x = ValueStatistics.selected(prediction, valid);
        float[] y = ValueStatistics.selected(truth, valid);
        if (space == Space.DEPTH) {
            for (float value : x) {
                if (!Float.isFinite(value)) {
                    throw new UnscorableException(
                            "the prediction is " + value + " at a measured pixel, so it cannot be fitted in depth");
                }
            }
            float[] solution = depthSolution(x, y);
            float[] depth = prediction.toArray();
            for (int i = 0; i < depth.length; i++) {
                depth[i] = atLeast(depth[i] * solution[0] + solution[1], LEAST);
            }
            return of(solution, depth, prediction);
        }
        float least = LEAST;
        if (space == Space.INVERSE_DEPTH_WITHIN_TRUTH) {
            if (y.length == 0) {
                throw new UnscorableException("there is no measured pixel to align the prediction on");
            }
            least = (float) (1.0 / ValueStatistics.of(truth, valid).max());
        }
        invert(x);
        invert(y);
        float[] solution = inverseSolution(x, y);
        float[] depth = prediction.toArray();
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 / atLeast(1 / depth[i] * solution[0] + solution[1], least);
        }
        return of(solution, depth, prediction);
    }

    private static EvalMdeAlignment of(float[] solution, float[] depth, Plane prediction) {
        return new EvalMdeAlignment(solution[0], solution[1],
                Plane.wrap(depth, prediction.height(), prediction.width()));
    }

    /** Returns scale and shift as NumPy's {@code lstsq} does for finite values; 0 and 0 if there is none. */
    private static float[] depthSolution(float[] x, float[] y) {
        if (x.length > 0 && allZero(x)) {
            return new float[]{0, (float) mean(y)};
        }
        return x.length == 0 ? new float[2] : leastSquares(x, y, Math.ulp(1.0) * Math.max(x.length, 2));
    }

    /** Returns scale and shift as torch's {@code lstsq} does, which has no error for values that are not finite. */
    private static float[] inverseSolution(float[] x, float[] y) {
        boolean infinite = false;
        for (float value : x) {
            if (Float.isNaN(value)) {
                return new float[]{Float.NaN, Float.NaN};
            }
            infinite |= Float.isInfinite(value);
        }
        if (infinite) {
            return new float[]{Float.NaN, 0};
        }
        return allZero(x) ? new float[2] : leastSquares(x, y, Math.ulp(1f) * Math.max(x.length, 2));
    }

    /**
     * Returns the solution of [x, 1] · (scale, shift) ≈ y by a QR decomposition without pivoting. If the ratio of the
     * singular values is at most {@code leastRatio}, the second row of R is dropped and the smallest solution is returned.
     */
    private static float[] leastSquares(float[] x, float[] y, double leastRatio) {
        int n = x.length;
        double sumX = 0;
        double sumY = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            sumX += x[i];
            sumY += y[i];
            xx += (double) x[i] * x[i];
            xy += (double) x[i] * y[i];
        }
        double meanX = sumX / n;
        double meanY = sumY / n;
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < n; i++) {
            double dx = x[i] - meanX;
            variance += dx * dx;
            covariance += dx * (y[i] - meanY);
        }
        double squares = xx + n; // s₁² + s₂²
        double determinant = n * variance; // s₁² · s₂²
        double larger = (squares + Math.sqrt(Math.max(0, squares * squares - 4 * determinant))) / 2;
        if (n > 1 && determinant > square(leastRatio * larger)) {
            double scale = covariance / variance;
            return new float[]{(float) scale, (float) (meanY - scale * meanX)};
        }
        // R = (‖x‖, Σx/‖x‖)
        double ratio = sumX / xx;
        double scale = xy / xx / (1 + ratio * ratio);
        return new float[]{(float) scale, (float) (scale * ratio)};
    }

    private static double square(double value) {
        return value * value;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static boolean allZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static void invert(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 / values[i];
        }
    }

    /** Returns the larger value; NaN remains NaN. */
    private static float atLeast(float value, float least) {
        return value < least ? least : value;
    }
}
