package fathom.inference.diffusion.ensembling;

import org.jspecify.annotations.Nullable;

/**
 * A search for a step along a line that satisfies the strong Wolfe conditions (Moré and Thuente, ACM TOMS 20, 1994),
 * with the constants of MINPACK-2 and SciPy.
 */
final class LineSearch {
    /** A point of the line: the step, the value of the function there, and its derivative along the line. */
    record Point(double step, double value, double slope) {
        /** Returns the point of the function minus the line {@code value + slope * step}. */
        Point minus(double slope) {
            return new Point(step, value - step * slope, this.slope - slope);
        }

        Point plus(double slope) {
            return new Point(step, value + step * slope, this.slope + slope);
        }
    }

    /** The function along the line. */
    interface Line {
        /** Returns value and derivative at {@code step}. */
        Point at(double step);
    }

    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double MIN_STEP = 1e-100;
    private static final double MAX_STEP = 1e100;
    private static final double MIN_BRACKET = 1e-14;
    private static final int MAX_EVALUATIONS = 100;

    private Point best;
    private Point other;
    private boolean bracketed;

    private LineSearch(Point start) {
        this.best = start;
        this.other = start;
    }

    /**
     * Returns the point found, or null if there is none.
     *
     * @param value the value of the function at step 0
     * @param slope its derivative there
     * @param before its value at the previous iterate, from which the first step is estimated
     */
    static @Nullable Point search(Line line, double value, double slope, double before) {
        if (!(slope < 0)) {
            return null;
        }
        double guess = Math.min(1, 1.01 * 2 * (value - before) / slope);
        return new LineSearch(new Point(0, value, slope)).run(line, guess < 0 ? 1 : guess);
    }

    private @Nullable Point run(Line line, double first) {
        Point start = best;
        double decrease = SUFFICIENT_DECREASE * start.slope();
        double width = MAX_STEP - MIN_STEP;
        double widthBefore = 2 * width;
        double least = 0;
        double most = 5 * first;
        boolean decreasing = true;
        double step = within(first, MIN_STEP, MAX_STEP);
        for (int evaluation = 0; evaluation < MAX_EVALUATIONS && Double.isFinite(step); evaluation++) {
            Point at = line.at(step);
            double allowed = start.value() + step * decrease;
            if (decreasing && at.value() <= allowed && at.slope() >= 0) {
                decreasing = false;
            }
            if (at.value() <= allowed && Math.abs(at.slope()) <= CURVATURE * -start.slope()) {
                return at;
            }
            if (bracketed && (step <= least || step >= most || most - least <= MIN_BRACKET * most)) {
                return null;
            }
            if (step == MAX_STEP || step == MIN_STEP) {
                return null;
            }
            if (decreasing && at.value() <= best.value() && at.value() > allowed) {
                // Until a step decreases enough, search the function minus the line of sufficient decrease.
                best = best.minus(decrease);
                other = other.minus(decrease);
                step = narrow(at.minus(decrease), least, most);
                best = best.plus(decrease);
                other = other.plus(decrease);
            } else {
                step = narrow(at, least, most);
            }
            if (bracketed) {
                double now = Math.abs(other.step() - best.step());
                if (now >= 0.66 * widthBefore) {
                    step = best.step() + 0.5 * (other.step() - best.step());
                }
                widthBefore = width;
                width = now;
                least = Math.min(best.step(), other.step());
                most = Math.max(best.step(), other.step());
            } else {
                least = step + 1.1 * (step - best.step());
                most = step + 4 * (step - best.step());
            }
            step = within(step, MIN_STEP, MAX_STEP);
            if (bracketed && (step <= least || step >= most || most - least <= MIN_BRACKET * most)) {
                step = best.step();
            }
        }
        return null;
    }

    /** Moves the bracket by the trial {@code at} and gives the next trial: MINPACK-2's {@code dcstep}. */
    private double narrow(Point at, double least, double most) {
        double signs = at.slope() * Math.signum(best.slope());
        double gap = at.step() - best.step();
        double theta = 3 * (best.value() - at.value()) / gap + best.slope() + at.slope();
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(best.slope()), Math.abs(at.slope())));
        double inner = theta / scale * (theta / scale) - best.slope() / scale * (at.slope() / scale);
        double next;
        if (at.value() > best.value()) { // higher: a minimum is bracketed
            double gamma = Math.copySign(scale * Math.sqrt(inner), gap);
            double ratio = (gamma - best.slope() + theta) / (gamma - best.slope() + gamma + at.slope());
            double cubic = best.step() + ratio * gap;
            double quadratic = best.step()
                    + best.slope() / ((best.value() - at.value()) / gap + best.slope()) / 2 * gap;
            next = Math.abs(cubic - best.step()) < Math.abs(quadratic - best.step())
                    ? cubic
                    : cubic + (quadratic - cubic) / 2;
            bracketed = true;
        } else if (signs < 0) { // lower, and the slope changed its sign: a minimum is bracketed
            double gamma = -Math.copySign(scale * Math.sqrt(inner), gap);
            double ratio = (gamma - at.slope() + theta) / (gamma - at.slope() + gamma + best.slope());
            double cubic = at.step() - ratio * gap;
            double secant = at.step() - at.slope() / (at.slope() - best.slope()) * gap;
            next = Math.abs(cubic - at.step()) > Math.abs(secant - at.step()) ? cubic : secant;
            bracketed = true;
        } else if (Math.abs(at.slope()) < Math.abs(best.slope())) { // lower, and flatter
            double gamma = -Math.copySign(scale * Math.sqrt(Math.max(0, inner)), gap);
            double ratio = (gamma - at.slope() + theta) / (gamma + (best.slope() - at.slope()) + gamma);
            double cubic = ratio < 0 && gamma != 0 ? at.step() - ratio * gap : gap > 0 ? most : least;
            double secant = at.step() - at.slope() / (at.slope() - best.slope()) * gap;
            boolean cubicNearer = Math.abs(cubic - at.step()) < Math.abs(secant - at.step());
            if (bracketed) {
                next = cubicNearer ? cubic : secant;
                double limit = at.step() + 0.66 * (other.step() - at.step());
                next = gap > 0 ? Math.min(limit, next) : Math.max(limit, next);
            } else {
                next = within(cubicNearer ? secant : cubic, least, most);
            }
        } else if (bracketed) { // lower, and no flatter
            next = cubicTowardsOther(at);
        } else {
            next = gap > 0 ? most : least;
        }
        if (at.value() > best.value()) {
            other = at;
        } else {
            if (signs < 0) {
                other = best;
            }
            best = at;
        }
        return next;
    }

    private double cubicTowardsOther(Point at) {
        double gap = at.step() - other.step();
        double theta = 3 * (at.value() - other.value()) / (other.step() - at.step()) + other.slope() + at.slope();
        double scale = Math.max(Math.abs(theta), Math.max(Math.abs(other.slope()), Math.abs(at.slope())));
        double inner = theta / scale * (theta / scale) - other.slope() / scale * (at.slope() / scale);
        double gamma = -Math.copySign(scale * Math.sqrt(inner), gap);
        double ratio = (gamma - at.slope() + theta) / (gamma - at.slope() + gamma + other.slope());
        return at.step() - ratio * gap;
    }

    private static double within(double step, double least, double most) {
        return Math.max(least, Math.min(most, step));
    }
}
