package fathom.evaluation.alignment;

import java.util.Arrays;
import java.util.SplittableRandom;

import fathom.evaluation.metrics.UnscorableException;

/**
 * A fit of scale, or of scale and shift, to points of which fewer than half may be wrong: reweighted least trimmed
 * squares.
 *
 * <p>Least trimmed squares minimises the sum of the h smallest squared residuals, h = (n + p + 1) / 2 of n points with p
 * unknowns, so any values of the other points have no effect. The minimum is searched as in FAST-LTS: from lines through
 * one point (scale) or two points (scale and shift), least squares is repeated over the h points nearest to the line. The
 * last step is one least-squares fit to all points within 2.5 standard deviations of that line; the deviation is 1.4826 times the
 * median of the absolute residuals. The starts are drawn with a fixed seed, so equal points give equal numbers.
 *
 * <p>Sources: Rousseeuw and Leroy, <i>Robust Regression and Outlier Detection</i>, 1987, sections 4 and 5.1; Rousseeuw and Van
 * Driessen, <i>Computing LTS Regression for Large Data Sets</i>, 2006.
 *
 * @param alignment maps predicted values to the target
 * @param points the number of points, n
 * @param inliers the number of points that the last fit used
 * @param residual the root of the mean squared residual of the inliers, in the unit of the target
 * @see Alignment#leastSquares
 */
public record RobustFit(Alignment alignment, int points, int inliers, double residual) {
    /** The name of the estimator, for tables and provenance. */
    public static final String ESTIMATOR = "reweighted least trimmed squares";

    private static final long SEED = 0;
    /** The number of lines from which the search starts; all pairs are tried if there are fewer. */
    private static final int STARTS = 500;
    /** The number of points on which the starts are compared. */
    private static final int COMPARED = 1000;
    /** The number of starts that are continued until they no longer improve. */
    private static final int CONTINUED = 10;
    private static final int FIRST_STEPS = 2;
    private static final int MAX_STEPS = 50;
    /** The deviation of a normal distribution divided by its median absolute deviation. */
    private static final double NORMAL = 1.4826;
    private static final double CUTOFF = 2.5;
    /** Residuals below this share of the largest target are rounding errors. */
    private static final double ROUNDING = 1e-6;

    /**
     * {@return the fit of the scale: target ≈ scale · value}
     *
     * @param values the prediction at the points
     * @param target the known numbers, as many
     * @throws IllegalArgumentException if the lengths differ
     * @throws UnscorableException if there is no point, or every value is 0
     */
    public static RobustFit scale(double[] values, double[] target) throws UnscorableException {
        return fit(new FitPoints(values, target, false));
    }

    /**
     * {@return the fit of scale and shift: target ≈ scale · value + shift}
     *
     * @param values the prediction at the points
     * @param target the known numbers, as many
     * @throws IllegalArgumentException if the lengths differ
     * @throws UnscorableException if there are fewer than two points, or all values are equal
     */
    public static RobustFit scaleAndShift(double[] values, double[] target) throws UnscorableException {
        return fit(new FitPoints(values, target, true));
    }

    private static RobustFit fit(FitPoints points) throws UnscorableException {
        points.requireEnough();
        int n = points.count();
        int kept = Math.min(n, (n + points.unknowns() + 1) / 2);
        Alignment best = Alignment.NONE;
        double smallest = Double.POSITIVE_INFINITY;
        for (Alignment start : starts(points)) {
            Alignment line = start;
            double sum = points.trimmedSum(line, kept);
            for (int step = 0; step < MAX_STEPS; step++) {
                Alignment next = points.nearest(line, kept);
                double nextSum = points.trimmedSum(next, kept);
                if (!(nextSum < sum)) {
                    break;
                }
                line = next;
                sum = nextSum;
            }
            if (sum < smallest) {
                smallest = sum;
                best = line;
            }
        }
        double[] residuals = points.residuals(best);
        double deviation = NORMAL * (1 + 5.0 / Math.max(1, n - points.unknowns())) * median(residuals);
        double limit = Math.max(CUTOFF * deviation, ROUNDING * points.largestTarget());
        Alignment last = points.within(residuals, limit, best);
        double sum = 0;
        int inliers = 0;
        for (int i = 0; i < n; i++) {
            if (residuals[i] <= limit) {
                double error = points.error(last, i);
                sum += error * error;
                inliers++;
            }
        }
        return new RobustFit(last, n, inliers, Math.sqrt(sum / inliers));
    }

    /** Returns the lines to continue: those with the smallest trimmed sums after two steps on a part of the points. */
    private static Alignment[] starts(FitPoints all) {
        SplittableRandom random = new SplittableRandom(SEED);
        FitPoints some = all.some(COMPARED, random);
        int n = some.count();
        int kept = Math.min(n, (n + some.unknowns() + 1) / 2);
        record Start(Alignment line, double sum) {}
        Start[] starts = some.lines(STARTS, random).map(line -> {
            Alignment moved = line;
            for (int step = 0; step < FIRST_STEPS; step++) {
                moved = some.nearest(moved, kept);
            }
            return new Start(moved, some.trimmedSum(moved, kept));
        }).toArray(Start[]::new);
        Arrays.sort(starts, (a, b) -> Double.compare(a.sum(), b.sum()));
        return Arrays.stream(starts).limit(CONTINUED).map(Start::line).toArray(Alignment[]::new);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
