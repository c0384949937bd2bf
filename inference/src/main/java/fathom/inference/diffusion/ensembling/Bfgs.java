package fathom.inference.diffusion.ensembling;

import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with gradients by forward differences (Nocedal and
 * Wright, Numerical Optimization, 2nd edition, Algorithm 6.1), with the constants of SciPy's {@code minimize}, so that a
 * run with few iterations stops at the same point. If the line search finds no step, the run ends.
 */
final class Bfgs {
    /** Square root of the distance between 1 and the next double. */
    private static final double DIFFERENCE_STEP = 0x1.0p-26;

    private final ToDoubleFunction<double[]> function;
    private final int size;

    private Bfgs(ToDoubleFunction<double[]> function, int size) {
        this.function = function;
        this.size = size;
    }

    /**
     * Returns the point that is reached from {@code start}.
     *
     * @param iterations the largest number of line searches
     * @param tolerance the run ends when no component of the gradient is larger
     */
    static double[] minimise(ToDoubleFunction<double[]> function, double[] start, int iterations, double tolerance) {
        return new Bfgs(function, start.length).minimise(start, iterations, tolerance);
    }

    private double[] minimise(double[] start, int iterations, double tolerance) {
        double[] x = start.clone();
        double value = function.applyAsDouble(x);
        double[] gradient = gradient(x, value);
        double[][] inverseHessian = identity();
        double before = value + norm(gradient) / 2;
        for (int k = 0; k < iterations && largest(gradient) > tolerance; k++) {
            double[] direction = descent(inverseHessian, gradient);
            LineSearch.@Nullable Point found = LineSearch.search(step -> along(x, direction, step), value,
                    dot(gradient, direction), before);
            if (found == null) {
                break;
            }
            double[] stepTaken = new double[size];
            double[] change = new double[size];
            double[] after = moved(x, direction, found.step());
            double[] gradientAfter = gradient(after, found.value());
            for (int i = 0; i < size; i++) {
                stepTaken[i] = after[i] - x[i];
                change[i] = gradientAfter[i] - gradient[i];
                x[i] = after[i];
            }
            before = value;
            value = found.value();
            gradient = gradientAfter;
            update(inverseHessian, stepTaken, change);
        }
        return x;
    }

    private LineSearch.Point along(double[] x, double[] direction, double step) {
        double[] at = moved(x, direction, step);
        double value = function.applyAsDouble(at);
        return new LineSearch.Point(step, value, dot(gradient(at, value), direction));
    }

    private double[] gradient(double[] x, double value) {
        double[] gradient = new double[size];
        double[] at = x.clone();
        for (int i = 0; i < size; i++) {
            at[i] = x[i] + DIFFERENCE_STEP;
            gradient[i] = (function.applyAsDouble(at) - value) / (at[i] - x[i]);
            at[i] = x[i];
        }
        return gradient;
    }

    /** H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ with ρ = 1 / yᵀs; ρ = 1000 if yᵀs is 0, as in SciPy. */
    private void update(double[][] h, double[] s, double[] y) {
        double product = dot(y, s);
        double rho = product == 0 ? 1000 : 1 / product;
        double[] hy = new double[size];
        for (int i = 0; i < size; i++) {
            hy[i] = dot(h[i], y);
        }
        double yhy = dot(y, hy);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                h[i][j] += rho * ((1 + rho * yhy) * s[i] * s[j] - hy[i] * s[j] - s[i] * hy[j]);
            }
        }
    }

    private double[] descent(double[][] inverseHessian, double[] gradient) {
        double[] direction = new double[size];
        for (int i = 0; i < size; i++) {
            direction[i] = -dot(inverseHessian[i], gradient);
        }
        return direction;
    }

    private double[] moved(double[] x, double[] direction, double step) {
        double[] moved = new double[size];
        for (int i = 0; i < size; i++) {
            moved[i] = x[i] + step * direction[i];
        }
        return moved;
    }

    private double[][] identity() {
        double[][] identity = new double[size][size];
        for (int i = 0; i < size; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    private static double largest(double[] a) {
        double largest = 0;
        for (double value : a) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
