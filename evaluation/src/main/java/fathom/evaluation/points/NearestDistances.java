package fathom.evaluation.points;

import java.util.Arrays;

/**
 * The distances between two clouds: from each point of one to the nearest point of the other. Both are empty if one of
 * the clouds is empty. A point with a coordinate that is NaN or infinite has an infinite distance and is the nearest
 * point of no other.
 */
public final class NearestDistances {
    private final double[] fromPrediction;
    private final double[] fromTruth;

    private NearestDistances(double[] fromPrediction, double[] fromTruth) {
        this.fromPrediction = fromPrediction;
        this.fromTruth = fromTruth;
    }

    /**
     * {@return the distances between a predicted and a true cloud}
     *
     * @param prediction [n, 3]
     * @param truth [m, 3], in the unit and the axes of the prediction
     */
    public static NearestDistances between(float[] prediction, float[] truth) {
        if (prediction.length == 0 || truth.length == 0) {
            return new NearestDistances(new double[0], new double[0]);
        }
        return new NearestDistances(distances(prediction, truth), distances(truth, prediction));
    }

    private static double[] distances(float[] from, float[] to) {
        double[] distances = new double[PointClouds.count(from)];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        float[] cloud = PointClouds.finite(to);
        if (cloud.length > 0) {
            double[] squares = KdTree.of(cloud).squaredDistances(PointClouds.finite(from));
            for (int i = 0, finite = 0; i < distances.length; i++) {
                if (PointClouds.isFinite(from, i)) {
                    distances[i] = Math.sqrt(squares[finite++]);
                }
            }
        }
        return distances;
    }

    /** {@return the distance from each predicted point to the truth, not copied} */
    public double[] fromPrediction() {
        return fromPrediction;
    }

    /** {@return the distance from each true point to the prediction, not copied} */
    public double[] fromTruth() {
        return fromTruth;
    }
}
