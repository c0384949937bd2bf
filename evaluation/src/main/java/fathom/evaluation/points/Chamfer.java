package fathom.evaluation.points;

import java.util.Arrays;

/** Chamfer distances of two clouds, in their unit; NaN if one is empty. Toolkits differ in what they add up. */
public final class Chamfer {
    private Chamfer() {}

    /**
     * {@return the mean distance from prediction to truth plus the mean distance from truth to prediction}
     *
     * @param distances of the two clouds
     */
    public static double sum(NearestDistances distances) {
        return mean(distances.fromPrediction()) + mean(distances.fromTruth());
    }

    /**
     * {@return half of {@link #sum}}
     *
     * @param distances of the two clouds
     */
    public static double half(NearestDistances distances) {
        return sum(distances) / 2;
    }

    /**
     * {@return {@link #sum} without predicted points of at least the distance {@code outlier}; NaN if none remains}
     *
     * @param distances of the two clouds
     * @param outlier in the unit of the clouds
     */
    public static double withoutOutliers(NearestDistances distances, double outlier) {
        double[] inliers = Arrays.stream(distances.fromPrediction()).filter(distance -> distance < outlier).toArray();
        return mean(inliers) + mean(distances.fromTruth());
    }

    private static double mean(double[] distances) {
        double sum = 0;
        for (double distance : distances) {
            sum += distance;
        }
        return sum / distances.length;
    }
}
