package fathom.evaluation.steps;

import java.util.Arrays;

/**
 * Estimates scale and shift between two lists of numbers of the same length, in float64. NaN means that the estimate is
 * not defined for these numbers.
 */
final class Fitting {
    /** Number of independent partial sums, so that additions need not wait for each other. */
    private static final int PARTS = 256;
    private static final double EPSILON = 1e-8;
    private static final int WEISZFELD_ROUNDS = 10;
    private static final double SMALLEST_SCALE = 1e-3;
    private static final int HUBER_ROUNDS = 20;
    private static final double HUBER_CHANGE = 1e-4;
    private static final double HUBER_CONSTANT = 1.345;
    private static final double MAD_TO_DEVIATION = 1.4826;

    /**
     * A line.
     *
     * @param scale the factor
     * @param shift added after the multiplication
     */
    record Line(double scale, double shift) {
        static final Line UNDEFINED = new Line(Double.NaN, Double.NaN);

        boolean isFinite() {
            return Double.isFinite(scale) && Double.isFinite(shift);
        }
    }

    private Fitting() {}

    /** Returns the median; the mean of the middle two of an even count, NaN of none or if a value is NaN. */
    static double median(double[] values) {
        double[] sorted = sorted(values);
        int count = sorted.length;
        if (count == 0 || Double.isNaN(sorted[count - 1])) {
            return Double.NaN;
        }
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    }

    /** Returns the median; the lower of the middle two of an even count, NaN of none or if a value is NaN. */
    static double lowerMedian(double[] values) {
        double[] sorted = sorted(values);
        int count = sorted.length;
        return count == 0 || Double.isNaN(sorted[count - 1]) ? Double.NaN : sorted[(count - 1) / 2];
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns Σ p·g / Σ p², NaN if Σ p² is below 1e-8. */
    static double scale(double[] p, double[] g) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < p.length; i++) {
            product += p[i] * g[i];
            square += p[i] * p[i];
        }
        return p.length == 0 || square < EPSILON ? Double.NaN : product / square;
    }

    /** Returns the scale of {@link AlignMethod#LEAST_ABSOLUTE_SCALE}. */
    static double leastAbsoluteScale(double[] p, double[] g) {
        double meanP = Arrays.stream(p).sum() / p.length;
        if (p.length == 0 || Math.abs(meanP) < EPSILON) {
            return Double.NaN;
        }
        double scale = Arrays.stream(g).sum() / p.length / meanP;
        for (int round = 0; round < WEISZFELD_ROUNDS; round++) {
            double product = 0;
            double square = 0;
            for (int i = 0; i < p.length; i++) {
                double weight = 1 / (Math.abs(scale * p[i] - g[i]) + EPSILON);
                product += weight * p[i] * g[i];
                square += weight * p[i] * p[i];
            }
            scale = product / square;
        }
        return Math.max(scale, SMALLEST_SCALE);
    }

    /**
     * Returns the line with the smallest squared error. If there are several, because all p are equal or there is one
     * number, it is the one of the smallest scale² + shift², as {@code numpy.linalg.lstsq} gives it.
     */
    static Line leastSquares(double[] p, double[] g) {
        int count = p.length;
        double meanP = count == 0 ? 0 : sum(p) / count;
        double meanG = count == 0 ? 0 : sum(g) / count;
        double[] blockP = new double[PARTS];
        double[] blockG = new double[PARTS];
        double[] variances = new double[PARTS];
        double[] covariances = new double[PARTS];
        for (int from = 0; from < count; from += PARTS) {
            copy(p, from, blockP, meanP);
            copy(g, from, blockG, meanG);
            addMoments(blockP, blockG, meanP, meanG, variances, covariances);
        }
        double variance = total(variances);
        return line(count, meanP, meanG, variance, total(covariances), count, variance + count * meanP * meanP);
    }

    /** Copies {@value #PARTS} values to a block; if there are fewer, the rest of the block is filled. */
    private static void copy(double[] values, int from, double[] block, double rest) {
        int length = Math.min(PARTS, values.length - from);
        System.arraycopy(values, from, block, 0, length);
        Arrays.fill(block, length, PARTS, rest);
    }

    /** Returns the sum; it is not finite if a value is not. */
    static double sum(double[] values) {
        double[] block = new double[PARTS];
        double[] parts = new double[PARTS];
        for (int from = 0; from < values.length; from += PARTS) {
            copy(values, from, block, 0);
            for (int i = 0; i < PARTS; i++) {
                parts[i] += block[i];
            }
        }
        return total(parts);
    }

    private static double total(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    /** Adds the squared deviations from the mean of p and their products with those of g. */
    private static void addMoments(double[] p, double[] g, double meanP, double meanG, double[] variances,
            double[] covariances) {
        for (int i = 0; i < PARTS; i++) {
            double x = p[i] - meanP;
            variances[i] += x * x;
            covariances[i] += x * (g[i] - meanG);
        }
    }

    /** Returns Σ (s·p + t − g)². */
    static double squaredError(double[] p, double[] g, Line line) {
        double[] blockP = new double[PARTS];
        double[] blockG = new double[PARTS];
        double[] parts = new double[PARTS];
        int whole = p.length / PARTS * PARTS;
        for (int from = 0; from < whole; from += PARTS) {
            copy(p, from, blockP, 0);
            copy(g, from, blockG, 0);
            addSquaredErrors(blockP, blockG, line.scale(), line.shift(), parts);
        }
        double sum = total(parts);
        for (int i = whole; i < p.length; i++) {
            double difference = line.scale() * p[i] + line.shift() - g[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static void addSquaredErrors(double[] p, double[] g, double scale, double shift, double[] sums) {
        for (int i = 0; i < PARTS; i++) {
            double difference = scale * p[i] + shift - g[i];
            sums[i] += difference * difference;
        }
    }

    /** Returns the line that minimises Σ (s·a + t·b − g)². */
    private static Line leastSquares(double[] a, double[] b, double[] g) {
        int count = a.length;
        double sumB = 0;
        double sumAB = 0;
        double sumG = 0;
        for (int i = 0; i < count; i++) {
            sumB += b[i] * b[i];
            sumAB += a[i] * b[i];
            sumG += b[i] * g[i];
        }
        double slope = sumB == 0 ? 0 : sumAB / sumB;
        double level = sumB == 0 ? 0 : sumG / sumB;
        double variance = 0;
        double covariance = 0;
        double squareA = 0;
        for (int i = 0; i < count; i++) {
            double x = a[i] - slope * b[i];
            variance += x * x;
            covariance += x * (g[i] - level * b[i]);
            squareA += a[i] * a[i];
        }
        return line(sumB, slope, level, variance, covariance, count, squareA);
    }

    /**
     * Returns the line from the sums of a fit.
     *
     * @param sumB Σ b²
     * @param slope Σ a·b / Σ b²
     * @param level Σ b·g / Σ b²
     * @param variance Σ (a − slope·b)²
     * @param covariance Σ (a − slope·b)(g − level·b)
     * @param count the number of pixels
     * @param squareA Σ a²
     */
    private static Line line(double sumB, double slope, double level, double variance, double covariance, int count,
            double squareA) {
        // The product of the squared singular values is variance · sumB, their sum squareA + sumB.
        double sum = squareA + sumB;
        double smallest = sum == 0 ? 0 : Math.sqrt(variance * sumB) / sum;
        if (!(smallest > Math.ulp(1.0) * Math.max(count, 2))) {
            if (Double.isNaN(smallest)) {
                return Line.UNDEFINED;
            }
            double weight = slope * slope + 1;
            return new Line(level * slope / weight, level / weight);
        }
        double scale = covariance / variance;
        return new Line(scale, level - scale * slope);
    }

    /** Returns the line of {@link AlignMethod#ROBUST_INVERSE}, as plumbline's {@code align_scale_and_shift_robust}. */
    static Line huber(double[] p, double[] g) {
        Line line = leastSquares(p, g);
        double[] residuals = new double[p.length];
        double[] absolute = new double[p.length];
        double[] a = new double[p.length];
        double[] b = new double[p.length];
        double[] target = new double[p.length];
        for (int round = 0; round < HUBER_ROUNDS; round++) {
            for (int i = 0; i < p.length; i++) {
                residuals[i] = g[i] - (line.scale() * p[i] + line.shift());
            }
            double middle = median(residuals);
            for (int i = 0; i < p.length; i++) {
                absolute[i] = Math.abs(residuals[i] - middle);
            }
            double limit = HUBER_CONSTANT * Math.max(MAD_TO_DEVIATION * median(absolute), EPSILON);
            for (int i = 0; i < p.length; i++) {
                double size = Math.abs(residuals[i]);
                double weight = size > limit ? limit / Math.max(size, EPSILON) : 1;
                a[i] = p[i] * weight;
                b[i] = weight;
                target[i] = g[i] * weight;
            }
            Line next = leastSquares(a, b, target);
            double change = Math.max(Math.abs(next.scale() - line.scale()) / Math.max(Math.abs(line.scale()), EPSILON),
                    Math.abs(next.shift() - line.shift()) / Math.max(Math.abs(line.shift()), EPSILON));
            line = next;
            if (change < HUBER_CHANGE) {
                break;
            }
        }
        return line;
    }

    /** Returns the line that maps median and mean absolute deviation of p to those of g. */
    static Line medianAndDeviation(double[] p, double[] g) {
        double middleP = median(p);
        double middleG = median(g);
        double deviation = deviation(p, middleP);
        double scale = deviation > 0 ? deviation(g, middleG) / deviation : 0;
        return new Line(scale, middleG - scale * middleP);
    }

    private static double deviation(double[] values, double middle) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value - middle);
        }
        return sum / values.length;
    }
}
