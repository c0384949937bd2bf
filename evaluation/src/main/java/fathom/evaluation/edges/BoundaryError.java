package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Distances between the depth edges of a prediction and annotated edges (iBims-1: Koch et al., "Evaluation of CNN-based
 * single-image depth estimation methods", 2018, section 3.2). Edges farther than {@link #REACH} do not match.
 *
 * @param accuracy mean distance from predicted edges to true ones, pixels; predicted edges that do not match are ignored
 * @param completeness mean distance from true edges to predicted ones, pixels, at most {@link #REACH}, except with
 *     {@link #monodepthBenchmark}
 * @param predictedEdges the number of edge pixels of the prediction before matching; 0 if there is no true edge
 */
public record BoundaryError(double accuracy, double completeness, int predictedEdges) {
    /** Distance from which edges do not match, pixels. */
    public static final double REACH = 10;

    private static final Canny IBIMS = new Canny(Math.sqrt(2), 0.15, 0.3);
    private static final Canny LOG_DEPTH = Canny.withSigma(1);
    private static final float SMALLEST_DEPTH = Math.ulp(1f);

    /**
     * {@return the error of the authors' Python script} Edges are those of the prediction scaled to 0…1 (σ √2, thresholds
     * 0.15 and 0.3); 0 is a missing prediction. The completeness is the mean over both predicted and true edges of the
     * distance to the other set. Both numbers are {@link #REACH} if no predicted edge matches, NaN if there is no true
     * edge.
     *
     * @param trueEdges annotated edges, [H, W]
     * @param prediction depth up to scale and shift, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static BoundaryError ibims(Mask trueEdges, Plane prediction) {
        requireSameShape(trueEdges, prediction);
        if (trueEdges.count() == 0) {
            return new BoundaryError(Double.NaN, Double.NaN, 0);
        }
        Mask predicted = IBIMS.edges(normalised(prediction));
        double[] toTruth = DistanceTransform.toNearest(trueEdges);
        double[] toPrediction = DistanceTransform.toNearest(predicted);
        int count = predicted.count();
        Mask close = within(predicted, toTruth);
        if (close.count() == 0) {
            return new BoundaryError(REACH, REACH, count);
        }
        double sum = sum(toTruth, predicted, REACH) + sum(toPrediction, trueEdges, REACH);
        return new BoundaryError(mean(toTruth, close), sum / (count + trueEdges.count()), count);
    }

    /**
     * {@return the error of the monodepth benchmark of Spencer et al.} Edges are those of the logarithm of the prediction
     * (σ 1, thresholds 0.1 and 0.2). The completeness is the mean distance from true edges, without limit. Both numbers
     * are {@link #REACH} if no predicted edge matches.
     *
     * @param trueEdges annotated edges where the truth is valid, [H, W]
     * @param prediction depth, [H, W], metres; a value that is not positive counts as log 1
     * @throws IllegalArgumentException if the shapes differ
     */
    public static BoundaryError monodepthBenchmark(Mask trueEdges, Plane prediction) {
        requireSameShape(trueEdges, prediction);
        Mask predicted = LOG_DEPTH.edges(logarithm(prediction));
        double[] toTruth = DistanceTransform.toNearest(trueEdges);
        Mask close = within(predicted, toTruth);
        if (close.count() == 0) {
            return new BoundaryError(REACH, REACH, predicted.count());
        }
        return new BoundaryError(mean(toTruth, close), mean(DistanceTransform.toNearest(predicted), trueEdges),
                predicted.count());
    }

    private static void requireSameShape(Mask edges, Plane prediction) {
        if (edges.height() != prediction.height() || edges.width() != prediction.width()) {
            throw new IllegalArgumentException("prediction: expected [" + edges.height() + ", " + edges.width()
                    + "], found [" + prediction.height() + ", " + prediction.width() + "]");
        }
    }

    private static Plane normalised(Plane prediction) {
        float[] values = prediction.toArray();
        float min = Float.NaN;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == 0) {
                values[i] = Float.NaN;
            }
            if (Float.isNaN(min) || values[i] < min) {
                min = values[i];
            }
        }
        float max = Float.NaN;
        for (int i = 0; i < values.length; i++) {
            values[i] -= min;
            if (Float.isNaN(max) || values[i] > max) {
                max = values[i];
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= max;
        }
        return Plane.wrap(values, prediction.height(), prediction.width());
    }

    private static Plane logarithm(Plane prediction) {
        float[] values = prediction.toArray();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isNaN(values[i])) {
                values[i] = values[i] > 0 ? (float) Math.log(Math.max(values[i], SMALLEST_DEPTH)) : 0;
            }
        }
        return Plane.wrap(values, prediction.height(), prediction.width());
    }

    private static Mask within(Mask edges, double[] distance) {
        boolean[] close = edges.array().clone();
        for (int i = 0; i < close.length; i++) {
            close[i] &= distance[i] < REACH;
        }
        return Mask.wrap(close, edges.height(), edges.width());
    }

    private static double sum(double[] distance, Mask mask, double limit) {
        double sum = 0;
        for (int i = 0; i < distance.length; i++) {
            if (mask.array()[i]) {
                sum += Math.min(distance[i], limit);
            }
        }
        return sum;
    }

    private static double mean(double[] distance, Mask mask) {
        return sum(distance, mask, Double.POSITIVE_INFINITY) / mask.count();
    }
}
