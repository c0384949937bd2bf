package fathom.evaluation.alignment;

/**
 * Least squares with two unknowns, in float64.
 *
 * <p>{@link #scaleShift} is the usual weighted fit of scale and shift. {@link #solve} takes any two columns and decides,
 * as LAPACK's {@code gelsy} does, how many of them are independent: if the smaller singular value is below the tolerance
 * times the larger one, the column with the larger norm determines the direction, and the solution is the shortest one. With two
 * columns, a pivoted QR decomposition gives the singular values exactly.
 */
public final class WeightedLeastSquares {
    /** The distance from 1 to the next float32: the tolerance of PyTorch for float32 is this times the longer side. */
    private static final double FLOAT_EPSILON = Math.ulp(1f);

    private WeightedLeastSquares() {}

    /**
     * The two unknowns.
     *
     * @param first the factor of the first column
     * @param second the factor of the second column
     */
    public record Solution(double first, double second) {}

    /**
     * {@return the scale and shift with the smallest Σ weight · (scale · value + shift − target)²} If all values are equal, the
     * scale is 0 and the shift is the weighted mean of the target. NaN if the sum of weights is 0 or a number is not
     * finite.
     *
     * @param values predictions, [n]
     * @param target measurements, [n]
     * @param weights at least 0, [n]
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Solution scaleShift(float[] values, float[] target, float[] weights) {
        requireLength("target", values.length, target.length);
        requireLength("weights", values.length, weights.length);
        double sum = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i];
            meanX += (double) weights[i] * values[i];
            meanY += (double) weights[i] * target[i];
        }
        meanX /= sum;
        meanY /= sum;
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < values.length; i++) {
            double dx = values[i] - meanX;
            variance += weights[i] * dx * dx;
            covariance += weights[i] * dx * (target[i] - meanY);
        }
        double scale = variance == 0 ? 0 : covariance / variance;
        return new Solution(scale, meanY - scale * meanX);
    }

    /**
     * {@return the factors of two columns with the smallest squared error, as {@code torch.linalg.lstsq} finds them on a
     * CPU in float32: columns count as dependent if the ratio of their singular values is below 1.19e-7 · max(n, 2)}
     *
     * @param first the first column, [n]
     * @param second the second column, [n]
     * @param target the right-hand side, [n]
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Solution solve(double[] first, double[] second, double[] target) {
        return solve(first, second, target, FLOAT_EPSILON * Math.max(first.length, 2));
    }

    /**
     * {@return the factors of two columns with the smallest squared error} Both are 0 if both columns are 0. NaN if a
     * number is not finite.
     *
     * @param first the first column, [n]
     * @param second the second column, [n]
     * @param target the right-hand side, [n]
     * @param tolerance the largest ratio of the singular values at which the columns count as dependent
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Solution solve(double[] first, double[] second, double[] target, double tolerance) {
        requireLength("second", first.length, second.length);
        requireLength("target", first.length, target.length);
        double firstNorm = Math.sqrt(dot(first, first));
        double secondNorm = Math.sqrt(dot(second, second));
        if (firstNorm == 0 && secondNorm == 0) {
            return new Solution(0, 0);
        }
        if (secondNorm > firstNorm) {
            Solution exchanged = pivoted(second, secondNorm, first, target, tolerance);
            double ofFirst = exchanged.second();
            double ofSecond = exchanged.first();
            return new Solution(ofFirst, ofSecond);
        }
        return pivoted(first, firstNorm, second, target, tolerance);
    }

    /** The norm of the first column is not the smaller one. */
    private static Solution pivoted(double[] first, double norm, double[] second, double[] target, double tolerance) {
        double r12 = dot(first, second) / norm;
        double t1 = dot(first, target) / norm;
        double[] rest = new double[second.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = second[i] - r12 * first[i] / norm;
        }
        double r22 = Math.sqrt(dot(rest, rest));
        // Singular values of [[norm, r12], [0, r22]]: their product is the determinant, their squares sum to the trace.
        double squares = norm * norm + r12 * r12 + r22 * r22;
        double product = norm * r22;
        double larger = Math.sqrt((squares + Math.sqrt(Math.max(0, squares * squares - 4 * product * product))) / 2);
        if (product / larger <= tolerance * larger) {
            double share = t1 / (norm * norm + r12 * r12);
            return new Solution(norm * share, r12 * share);
        }
        double b = dot(rest, target) / (r22 * r22);
        return new Solution((t1 - r12 * b) / norm, b);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void requireLength(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(what + ": expected " + expected + " numbers, found " + found);
        }
    }
}
