package fathom.evaluation.alignment;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fathom.evaluation.metrics.UnscorableException;

/** Pairs of a predicted value and a target, with the lines and residuals that a robust fit computes from them. */
final class FitPoints {
    private final double[] x;
    private final double[] y;
    private final boolean shifted;

    /**
     * Creates the points over both arrays, which are not copied.
     *
     * @param shifted whether a line has a shift in addition to a scale
     */
    FitPoints(double[] x, double[] y, boolean shifted) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "target: expected " + x.length + " numbers, one for each value, found " + y.length);
        }
        this.x = x;
        this.y = y;
        this.shifted = shifted;
    }

    int count() {
        return x.length;
    }

    int unknowns() {
        return shifted ? 2 : 1;
    }

    /** Throws if the points do not determine a line. */
    void requireEnough() throws UnscorableException {
        if (x.length < unknowns()) {
            throw new UnscorableException("expected at least " + (shifted ? "two points" : "one point")
                    + " to align the prediction on, found " + x.length);
        }
        if (shifted && Arrays.stream(x).allMatch(value -> value == x[0])) {
            throw new UnscorableException(
                    "the prediction is " + x[0] + " at every point, so they do not determine a scale");
        }
        if (!shifted && Arrays.stream(x).allMatch(value -> value == 0)) {
            throw new UnscorableException("the prediction is 0 at every point, so no scale maps it to the targets");
        }
    }

    double error(Alignment line, int i) {
        return line.scale() * x[i] + line.shift() - y[i];
    }

    /** Returns the absolute residuals. */
    double[] residuals(Alignment line) {
        double[] residuals = new double[x.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = Math.abs(error(line, i));
        }
        return residuals;
    }

    double largestTarget() {
        double largest = 0;
        for (double value : y) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Returns the sum of the {@code kept} smallest squared residuals. */
    double trimmedSum(Alignment line, int kept) {
        double[] residuals = residuals(line);
        Arrays.sort(residuals);
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += residuals[i] * residuals[i];
        }
        return sum;
    }

    /** Returns the least-squares line of the {@code kept} points that are nearest to {@code line}. */
    Alignment nearest(Alignment line, int kept) {
        double[] residuals = residuals(line);
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        return within(residuals, sorted[kept - 1], line);
    }

    /**
     * Returns the least-squares line of the points whose residual is at most {@code limit}; {@code otherwise} if these
     * points do not determine a line.
     */
    Alignment within(double[] residuals, double limit, Alignment otherwise) {
        double sumX = 0;
        double sumY = 0;
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            if (residuals[i] <= limit) {
                sumX += x[i];
                sumY += y[i];
                count++;
            }
        }
        double meanX = shifted ? sumX / count : 0;
        double meanY = shifted ? sumY / count : 0;
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < x.length; i++) {
            if (residuals[i] <= limit) {
                variance += (x[i] - meanX) * (x[i] - meanX);
                covariance += (x[i] - meanX) * (y[i] - meanY);
            }
        }
        if (!(variance > 0)) {
            return otherwise;
        }
        double scale = covariance / variance;
        return new Alignment(scale, meanY - scale * meanX);
    }

    /** Returns at most {@code limit} of the points, drawn without replacement. */
    FitPoints some(int limit, SplittableRandom random) {
        if (x.length <= limit) {
            return this;
        }
        int[] drawn = IntStream.range(0, x.length).toArray();
        for (int i = 0; i < limit; i++) {
            int other = random.nextInt(i, drawn.length);
            int swapped = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = swapped;
        }
        double[] someX = new double[limit];
        double[] someY = new double[limit];
        for (int i = 0; i < limit; i++) {
            someX[i] = x[drawn[i]];
            someY[i] = y[drawn[i]];
        }
        return new FitPoints(someX, someY, shifted);
    }

    /**
     * Returns lines through one point, or through two if there is a shift: all lines, or {@code limit} drawn ones if there
     * are more; the least-squares line of all points in addition.
     */
    Stream<Alignment> lines(int limit, SplittableRandom random) {
        double[] everywhere = new double[x.length];
        Stream<Alignment> first = Stream.of(within(everywhere, 0, Alignment.NONE));
        int n = x.length;
        if (!shifted) {
            return Stream.concat(first, IntStream.range(0, Math.min(n, limit)).filter(i -> x[i] != 0)
                    .mapToObj(i -> new Alignment(y[i] / x[i], 0)));
        }
        IntStream pairs = (long) n * n <= 2L * limit ? IntStream.range(0, n * n) : random.ints(limit, 0, n * n);
        return Stream.concat(first, pairs.filter(pair -> x[pair / n] != x[pair % n]).mapToObj(pair -> {
            int i = pair / n;
            int j = pair % n;
            double scale = (y[j] - y[i]) / (x[j] - x[i]);
            return new Alignment(scale, y[i] - scale * x[i]);
        }));
    }
}
