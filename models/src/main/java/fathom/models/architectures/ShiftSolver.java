package fathom.models.architectures;

/**
 * Shift and focal length of a point map that is right up to them, as {@code recover_focal_shift} of microsoft/MoGe finds them:
 * the shift s of depth, and with it the focal length F, for which F·(x, y)/(z + s) lies nearest to the pixels' places. The
 * search is MINPACK's lmdif (Moré, Garbow, Hillstrom 1980) for one unknown, started at 0 and stopped early as the reference
 * stops it, so that its answer is the reference's, not the minimum.
 */
final class ShiftSolver {
    private static final double FUNCTION_TOLERANCE = 1e-3;
    private static final double STEP_TOLERANCE = 1e-8;
    private static final double GRADIENT_TOLERANCE = 1e-8;
    private static final double FIRST_BOUND = 100;
    private static final int MOST_EVALUATIONS = 200;
    private static final double ACCEPTED_RATIO = 1e-4;
    private static final double DIFFERENCE_STEP = Math.sqrt(Math.ulp(1.0));

    private static final int FEWEST_POINTS = 2;

    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] u;
    private final double[] v;
    private final double statedFocal;

    /**
     * For points (x, y, z) seen at (u, v).
     *
     * @param statedFocal the focal length if it is known, else NaN
     */
    ShiftSolver(double[] x, double[] y, double[] z, double[] u, double[] v, double statedFocal) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.u = u;
        this.v = v;
        this.statedFocal = statedFocal;
    }

    /** The focal length for a shift, relative to half the picture's diagonal. */
    double focal(double shift) {
        if (!Double.isNaN(statedFocal)) {
            return statedFocal;
        }
        if (z.length < FEWEST_POINTS) {
            return 1;
        }
        double across = 0;
        double square = 0;
        for (int i = 0; i < z.length; i++) {
            double depth = z[i] + shift;
            double qx = x[i] / depth;
            double qy = y[i] / depth;
            across += qx * u[i] + qy * v[i];
            square += qx * qx + qy * qy;
        }
        return across / square;
    }

    private double[] residuals(double shift) {
        double focal = focal(shift);
        double[] residuals = new double[2 * z.length];
        for (int i = 0; i < z.length; i++) {
            double depth = z[i] + shift;
            residuals[2 * i] = focal * (x[i] / depth) - u[i];
            residuals[2 * i + 1] = focal * (y[i] / depth) - v[i];
        }
        return residuals;
    }

    /** The shift; 0 where there are too few points to tell. */
    double shift() {
        if (z.length < FEWEST_POINTS) {
            return 0;
        }
        double at = 0;
        double[] residuals = residuals(at);
        double norm = norm(residuals);
        double atNorm = 0;
        double bound = FIRST_BOUND;
        double damping = 0;
        boolean first = true;
        int evaluations = 1;
        while (true) {
            double h = at == 0 ? DIFFERENCE_STEP : DIFFERENCE_STEP * Math.abs(at);
            double[] ahead = residuals(at + h);
            evaluations++;
            double slope = 0;
            double gradient = 0;
            for (int i = 0; i < ahead.length; i++) {
                double derivative = (ahead[i] - residuals[i]) / h;
                slope += derivative * derivative;
                gradient += derivative * residuals[i];
            }
            slope = Math.sqrt(slope);
            if (norm == 0 || slope == 0 || Math.abs(gradient) / (norm * slope) <= GRADIENT_TOLERANCE) {
                return at;
            }
            double ratio = 0;
            while (ratio < ACCEPTED_RATIO) {
                double step = gradient / (slope * slope);
                if (Math.abs(step) <= 1.1 * bound) {
                    damping = 0;
                } else {
                    damping = Math.abs(gradient) / bound - slope * slope;
                    step = gradient / (slope * slope + damping);
                }
                double length = Math.abs(step);
                if (first) {
                    bound = Math.min(bound, length);
                }
                double[] trial = residuals(at - step);
                evaluations++;
                double trialNorm = norm(trial);
                double actual = 0.1 * trialNorm < norm ? 1 - (trialNorm / norm) * (trialNorm / norm) : -1;
                double along = slope * length / norm;
                double damped = Math.sqrt(damping) * length / norm;
                double predicted = along * along + 2 * damped * damped;
                double directional = -(along * along + damped * damped);
                ratio = predicted == 0 ? 0 : actual / predicted;
                if (ratio <= 0.25) {
                    double shrink = actual >= 0 ? 0.5 : 0.5 * directional / (directional + 0.5 * actual);
                    if (0.1 * trialNorm >= norm || shrink < 0.1) {
                        shrink = 0.1;
                    }
                    bound = shrink * Math.min(bound, length / 0.1);
                    damping /= shrink;
                } else if (damping == 0 || ratio >= 0.75) {
                    bound = length / 0.5;
                    damping *= 0.5;
                }
                if (ratio >= ACCEPTED_RATIO) {
                    at -= step;
                    residuals = trial;
                    norm = trialNorm;
                    atNorm = Math.abs(at);
                    first = false;
                }
                boolean settled = Math.abs(actual) <= FUNCTION_TOLERANCE && predicted <= FUNCTION_TOLERANCE
                        && 0.5 * ratio <= 1;
                // Written so that residuals that are no numbers end the search too.
                if (settled || bound <= STEP_TOLERANCE * atNorm || evaluations >= MOST_EVALUATIONS || Double.isNaN(
                        ratio)) {
                    return at;
                }
            }
        }
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
