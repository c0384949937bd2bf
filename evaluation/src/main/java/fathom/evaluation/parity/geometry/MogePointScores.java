package fathom.evaluation.parity.geometry;

import fathom.evaluation.alignment.MogeAlignment;
import fathom.evaluation.alignment.WeightedL1.PointFit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.ToolkitCase;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The scores of points in one call of MoGe's {@code compute_metrics}. The predicted points are those of the predicted
 * depth through a camera with a focal length that is larger by a factor.
 */
final class MogePointScores {
    private static final double FOCAL_FACTOR = 1.07;
    private static final float EPSILON = 1e-6f;
    private static final float DELTA = 0.25f;

    private final float[] predicted;
    private final float[] measured;
    private final Mask counted;
    private final MogeScores scores;
    private final double focalOfWidth;

    MogePointScores(ToolkitCase pair, Plane prediction, Plane truth, Mask counted, MogeScores scores) {
        int width = truth.width();
        Intrinsics camera = pair.intrinsics()
                .orElse(new Intrinsics(width, width, (width - 1) / 2.0, (truth.height() - 1) / 2.0));
        this.predicted = points(prediction, camera, FOCAL_FACTOR);
        this.measured = points(truth, camera, 1);
        this.counted = counted;
        this.scores = scores;
        this.focalOfWidth = camera.fx() / width;
    }

    void shifted() throws UnscorableException {
        PointFit fit = MogeAlignment.pointShift(predicted, measured, counted);
        putShift("align_points_xyz_shift", fit);
        score("points_metric", fit);
    }

    void scaled() throws UnscorableException {
        PointFit fit = MogeAlignment.pointScale(predicted, measured, counted);
        scores.fitted("align_points_scale/scale", fit.scale());
        score("points_scale_invariant", fit);
    }

    void affine() throws UnscorableException {
        PointFit fit = MogeAlignment.pointScaleShift(predicted, measured, counted);
        scores.fitted("align_points_scale_xyz_shift/scale", fit.scale());
        putShift("align_points_scale_xyz_shift", fit);
        score("points_affine_invariant", fit);
    }

    /** The horizontal field of view, taking the optical axis to be in the centre; degrees. */
    void fieldOfView() {
        double difference = Math
                .toDegrees(2 * Math.atan(0.5 / (focalOfWidth * FOCAL_FACTOR)) - 2 * Math.atan(0.5 / focalOfWidth));
        scores.metric("fov_x/mae", Math.abs(difference));
        scores.metric("fov_x/deviation", difference);
    }

    private void putShift(String name, PointFit fit) {
        scores.fitted(name + "/shift/0", fit.shiftX());
        scores.fitted(name + "/shift/1", fit.shiftY());
        scores.fitted(name + "/shift/2", fit.shiftZ());
    }

    private void score(String name, PointFit fit) {
        double sum = 0;
        long near = 0;
        for (int i = 0, at = 0; at < measured.length; i++, at += 3) {
            if (counted.array()[i]) {
                double x = predicted[at] * fit.scale() + fit.shiftX();
                double y = predicted[at + 1] * fit.scale() + fit.shiftY();
                double z = predicted[at + 2] * fit.scale() + fit.shiftZ();
                double distance = norm(measured[at], measured[at + 1], measured[at + 2]);
                double error = norm(x - measured[at], y - measured[at + 1], z - measured[at + 2]);
                sum += error / (distance + EPSILON);
                near += error < DELTA * Math.min(distance, norm(x, y, z)) ? 1 : 0;
            }
        }
        scores.put(name, sum, near);
    }

    /** The points of a depth map, [H, W, 3]. */
    private static float[] points(Plane depth, Intrinsics camera, double focalFactor) {
        float[] values = depth.toArray();
        float[] points = new float[3 * values.length];
        for (int i = 0; i < values.length; i++) {
            int row = i / depth.width();
            int column = i % depth.width();
            double x = column - camera.cx();
            double y = row - camera.cy();
            points[3 * i] = (float) (x / (camera.fx() * focalFactor) * values[i]);
            points[3 * i + 1] = (float) (y / (camera.fy() * focalFactor) * values[i]);
            points[3 * i + 2] = values[i];
        }
        return points;
    }

    private static double norm(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
