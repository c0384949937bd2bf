package fathom.evaluation.points;

import java.util.Arrays;

/**
 * F1 over thresholds as UniDepth's {@code evaluation_depth.py} computes it. The thresholds are compared with
 * <em>squared</em> distances there, so that a threshold of 0.25 m accepts points up to 0.5 m away.
 */
public final class F1Curve {
    /** The number of thresholds that UniDepth uses. */
    public static final int THRESHOLDS = 100;

    private F1Curve() {}

    /**
     * {@return thresholds in equal steps of their logarithm, float32}
     *
     * @param first above 0
     * @param last above 0
     * @param count at least 2
     * @throws IllegalArgumentException if a number is outside its limits
     */
    public static float[] thresholds(double first, double last, int count) {
        if (!(first > 0 && last > 0) || count < 2) {
            throw new IllegalArgumentException(
                    "thresholds: expected at least 2 above 0, found " + count + " from " + first + " to " + last);
        }
        float[] thresholds = new float[count];
        double start = Math.log(first);
        double end = Math.log(last);
        double step = (end - start) / (count - 1);
        for (int i = 0; i < count; i++) {
            double logarithm = i < count / 2 ? start + step * i : end - step * (count - 1 - i);
            thresholds[i] = (float) Math.exp((float) logarithm);
        }
        return thresholds;
    }

    /**
     * {@return the area below F1 over the index of the threshold, by the trapezoidal rule, divided by the number of
     * thresholds: at most 1 − 1/n; NaN if one of the clouds is empty}
     *
     * @param distances of the two clouds
     * @param thresholds of squared distances
     */
    public static double area(NearestDistances distances, float[] thresholds) {
        double[] fromPrediction = sortedSquares(distances.fromPrediction());
        double[] fromTruth = sortedSquares(distances.fromTruth());
        if (fromPrediction.length == 0) {
            return Double.NaN;
        }
        double area = 0;
        double before = 0;
        for (int i = 0; i < thresholds.length; i++) {
            double f1 = new FScore(shareBelow(fromPrediction, thresholds[i]), shareBelow(fromTruth, thresholds[i]))
                    .f1();
            area += i == 0 ? 0 : (before + f1) / 2;
            before = f1;
        }
        return area / thresholds.length;
    }

    private static double[] sortedSquares(double[] distances) {
        double[] squares = new double[distances.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = distances[i] * distances[i];
        }
        Arrays.sort(squares);
        return squares;
    }

    private static double shareBelow(double[] sorted, double threshold) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / sorted.length;
    }
}
