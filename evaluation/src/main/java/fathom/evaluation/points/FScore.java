package fathom.evaluation.points;

/**
 * The share of points that are near the other cloud (Knapitsch et al., "Tanks and Temples", 2017).
 *
 * @param precision share of predicted points nearer to the truth than a threshold, 0 to 1; NaN if a cloud is empty
 * @param recall share of true points nearer to the prediction than the threshold, 0 to 1; NaN if a cloud is empty
 */
public record FScore(double precision, double recall) {
    /**
     * {@return the shares of distances below a threshold}
     *
     * @param distances of the two clouds
     * @param threshold in the unit of the clouds
     * @throws IllegalArgumentException if the threshold is not above 0
     */
    public static FScore at(NearestDistances distances, double threshold) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold: expected a distance above 0, found " + threshold);
        }
        return new FScore(share(distances.fromPrediction(), threshold), share(distances.fromTruth(), threshold));
    }

    private static double share(double[] distances, double threshold) {
        int count = 0;
        for (double distance : distances) {
            if (distance < threshold) {
                count++;
            }
        }
        return (double) count / distances.length;
    }

    /** {@return the harmonic mean of precision and recall; 0 if both are 0} */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /** {@return matched points over all points, P·R / (P + R − P·R); 0 if both are 0} */
    public double intersectionOverUnion() {
        double product = precision * recall;
        return precision + recall == 0 ? 0 : product / (precision + recall - product);
    }
}
