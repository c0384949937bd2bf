package fathom.evaluation.points;

/**
 * The distances between two clouds: from each point of one to the nearest point of the other. Both are empty if one of
 * the clouds is empty.
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
     * @throws IllegalArgumentException if a coordinate is NaN or infinite
     */
    public static NearestDistances between(float[] prediction, float[] truth) {
        if (prediction.length == 0 || truth.length == 0) {
            return new NearestDistances(new double[0], new double[0]);
        }
        return new NearestDistances(roots(KdTree.of(truth).squaredDistances(prediction)),
                roots(KdTree.of(prediction).squaredDistances(truth)));
    }

    private static double[] roots(double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
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
