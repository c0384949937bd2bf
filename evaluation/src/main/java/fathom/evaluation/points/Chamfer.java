package fathom.evaluation.points;

/** Chamfer distances of two clouds, in their unit; NaN if one is empty. Toolkits differ in what they add up. */
public final class Chamfer {
    private Chamfer() {}

    /**
     * {@return the mean distance from prediction to truth plus the mean distance from truth to prediction}
     *
     * @param distances of the two clouds
     */
    public static double sum(NearestDistances distances) {
        return mean(distances.fromPrediction(), Double.POSITIVE_INFINITY)
                + mean(distances.fromTruth(), Double.POSITIVE_INFINITY);
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
        return mean(distances.fromPrediction(), outlier) + mean(distances.fromTruth(), Double.POSITIVE_INFINITY);
    }

    private static double mean(double[] distances, double limit) {
        double sum = 0;
        int count = 0;
        for (double distance : distances) {
            if (distance < limit) {
                sum += distance;
                count++;
            }
        }
        return sum / count;
    }
}
