package fathom.models.moge;

/**
 * Solves the shift and focal length of a point map, as {@code recover_focal_shift} of microsoft/MoGe does: the shift s
 * of depth and the focal length F for which F·(x, y)/(z + s) is nearest to the pixels' positions. The search is
 * MINPACK's lmdif (Moré, Garbow, Hillstrom 1980) for one unknown.
 *
 * <p>The search must stop where the reference stops. The reference calls
 * {@code scipy.optimize.least_squares(method="lm", ftol=1e-3)} from 0 and stops far from the minimum. The expected
 * answer is the reference's, not the minimum, so neither tolerances nor the order of the operations may be improved.
 */
final class ShiftSolver {
    private static final double FUNCTION_TOLERANCE = 1e-3;
    private static final double STEP_TOLERANCE = 1e-8;
    private static final double GRADIENT_TOLERANCE = 1e-8;
    private static final double FIRST_BOUND = 100;
    private static final int MAX_EVALUATIONS = 200;
    private static final double ACCEPTED_RATIO = 1e-4;
    private static final double DIFFERENCE_STEP = Math.sqrt(Math.ulp(1.0));

    private static final int MIN_POINTS = 2;

    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] u;
    private final double[] v;
    private final double statedFocal;

    /**
     * Creates the solver for points (x, y, z) seen at (u, v).
     *
     * @param statedFocal the focal length if it is known, otherwise NaN
     */
    ShiftSolver(double[] x, double[] y, double[] z, double[] u, double[] v, double statedFocal) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.u = u;
        this.v = v;
        this.statedFocal = statedFocal;
    }

    /** Returns the focal length for a shift, relative to half the picture's diagonal. */
    double focal(double shift) {
        if (!Double.isNaN(statedFocal)) {
            return statedFocal;
        }
        if (z.length < MIN_POINTS) {
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

    /** Returns the shift; 0 if there are too few points. */
    double shift() {
        return z.length < MIN_POINTS ? 0 : new Search().run();
    }

    /**
     * The derivative of the residuals at the current shift.
     *
     * @param norm its Euclidean norm
     * @param gradient its product with the residuals: the slope of half their squared norm
     */
    private record Derivative(double norm, double gradient) {}

    /**
     * A step that was tried.
     *
     * @param step the decrement of the shift
     * @param norm of the residuals at the new shift
     * @param actual relative reduction of the squared norm; −1 if the norm grew tenfold or more
     * @param predicted the reduction that the linear model predicts
     * @param directional directional derivative of the scaled squared norm along the step
     */
    private record Trial(double step, double norm, double actual, double predicted, double directional) {
        double length() {
            return Math.abs(step);
        }

        /** Returns actual over predicted reduction; NaN if residuals are not numbers. */
        double ratio() {
            return predicted == 0 ? 0 : actual / predicted;
        }

        boolean isAccepted() {
            return ratio() >= ACCEPTED_RATIO;
        }
    }

    /** One run of lmdif. Names are those of MINPACK's parameters in words: fnorm, delta, par, nfev. */
    private final class Search {
        private double shift;
        private double[] residuals = residuals(0);
        /** The residuals of the last trial. */
        private double[] tried = residuals;
        private double norm = norm(residuals);
        private double bound = FIRST_BOUND;
        private double damping;
        private boolean hasMoved;
        private int evaluations = 1;

        /** Returns the shift at which the search stops. */
        double run() {
            while (true) {
                Derivative derivative = derivative();
                if (isStationary(derivative) || endsWhileStepping(derivative)) {
                    return shift;
                }
            }
        }

        /** Computes the derivative by forward difference, MINPACK's fdjac2. */
        private Derivative derivative() {
            double h = shift == 0 ? DIFFERENCE_STEP : DIFFERENCE_STEP * Math.abs(shift);
            double[] ahead = residuals(shift + h);
            evaluations++;
            double square = 0;
            double gradient = 0;
            for (int i = 0; i < ahead.length; i++) {
                double derivative = (ahead[i] - residuals[i]) / h;
                square += derivative * derivative;
                gradient += derivative * residuals[i];
            }
            return new Derivative(Math.sqrt(square), gradient);
        }

        /** Returns whether derivative and residuals are orthogonal within the tolerance. */
        private boolean isStationary(Derivative derivative) {
            return norm == 0 || derivative.norm == 0
                    || Math.abs(derivative.gradient) / (norm * derivative.norm) <= GRADIENT_TOLERANCE;
        }

        /** Tries shorter and shorter steps until one is accepted; returns whether the search ends with one of them. */
        private boolean endsWhileStepping(Derivative derivative) {
            while (true) {
                Trial trial = trial(derivative);
                adjust(trial);
                if (trial.isAccepted()) {
                    accept(trial);
                }
                if (isEnd(trial)) {
                    return true;
                }
                if (trial.isAccepted()) {
                    return false;
                }
            }
        }

        /** Evaluates the step to the minimum of the linear model, damped so that it stays near the bound. */
        private Trial trial(Derivative derivative) {
            double slope = derivative.norm;
            double step = derivative.gradient / (slope * slope);
            if (Math.abs(step) <= 1.1 * bound) {
                damping = 0;
            } else {
                damping = Math.abs(derivative.gradient) / bound - slope * slope;
                step = derivative.gradient / (slope * slope + damping);
            }
            double length = Math.abs(step);
            if (!hasMoved) {
                bound = Math.min(bound, length);
            }
            tried = residuals(shift - step);
            evaluations++;
            double trialNorm = norm(tried);
            double actual = 0.1 * trialNorm < norm ? 1 - (trialNorm / norm) * (trialNorm / norm) : -1;
            double along = slope * length / norm;
            double damped = Math.sqrt(damping) * length / norm;
            return new Trial(step, trialNorm, actual, along * along + 2 * damped * damped,
                    -(along * along + damped * damped));
        }

        /** Tightens or widens the bound on the next step, depending on how well the model predicted this one. */
        private void adjust(Trial trial) {
            if (trial.ratio() <= 0.25) {
                double shrink = trial.actual >= 0
                        ? 0.5
                        : 0.5 * trial.directional / (trial.directional + 0.5 * trial.actual);
                if (0.1 * trial.norm >= norm || shrink < 0.1) {
                    shrink = 0.1;
                }
                bound = shrink * Math.min(bound, trial.length() / 0.1);
                damping /= shrink;
            } else if (damping == 0 || trial.ratio() >= 0.75) {
                bound = trial.length() / 0.5;
                damping *= 0.5;
            }
        }

        private void accept(Trial trial) {
            shift -= trial.step;
            residuals = tried;
            norm = trial.norm;
            hasMoved = true;
        }

        /**
         * Returns whether the search ends, at the accepted shift or the previous one: the reduction is small, the bound
         * is small compared with the shift, or the evaluations are used up. Residuals that are not numbers end it too.
         */
        private boolean isEnd(Trial trial) {
            boolean isSettled = Math.abs(trial.actual) <= FUNCTION_TOLERANCE && trial.predicted <= FUNCTION_TOLERANCE
                    && 0.5 * trial.ratio() <= 1;
            return isSettled || bound <= STEP_TOLERANCE * Math.abs(shift) || evaluations >= MAX_EVALUATIONS
                    || Double.isNaN(trial.ratio());
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
