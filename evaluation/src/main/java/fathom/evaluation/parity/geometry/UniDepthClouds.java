package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.points.Chamfer;
import fathom.evaluation.points.F1Curve;
import fathom.evaluation.points.NearestDistances;
import fathom.evaluation.points.PointClouds;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** UniDepth's {@code eval_3d}: about 240 × 320 points of each cloud, sampled by {@code nearest-exact} resizing. */
final class UniDepthClouds {
    private static final int MOST_POINTS = 240 * 320;
    private static final double DEPTH_PER_THRESHOLD = 20;

    private UniDepthClouds() {}

    static ToolkitAnswer answer(ToolkitCase pair) throws IOException {
        if (pair.intrinsics().isEmpty()) {
            return PointCloudRecords.noCamera();
        }
        if (!(pair.min() > 0 && pair.max() > 0)) {
            return PointCloudRecords.noThresholds();
        }
        Intrinsics camera = pair.intrinsics().get();
        float[] thresholds = F1Curve.thresholds(pair.min(), pair.max() / DEPTH_PER_THRESHOLD, F1Curve.THRESHOLDS);
        Plane truth = pair.truth();
        Mask mask = PointCloudRecords.inRange(pair, truth);
        Map<String, Double> fit = Map.of("threshold_first", (double) thresholds[0], "threshold_last",
                (double) thresholds[thresholds.length - 1]);
        OptionalLong count = OptionalLong.of(mask.count());
        Mask sample = sample(mask);
        if (sample.count() == 0) {
            return new ToolkitAnswer.Numbers(Map.of(), fit, count);
        }
        float[] truePoints = PointClouds.unproject(truth, camera, sample);
        float[] predicted = PointClouds.unproject(pair.prediction(), camera, sample);
        if (!PointClouds.isFinite(predicted)) {
            return PointCloudRecords.notFinite();
        }
        NearestDistances distances = NearestDistances.between(predicted, truePoints);
        return new ToolkitAnswer.Numbers(Map.of("MSE_3d", meanDistance(truePoints, predicted), "chamfer",
                Chamfer.half(distances), "F1", F1Curve.area(distances, thresholds)), fit, count);
    }

    /**
     * {@return the pixels that {@code nearest-exact} resizing takes, and that are in the mask} A reduced size takes each
     * pixel at most once, so that the sample is a mask of the full map.
     */
    private static Mask sample(Mask mask) {
        float ratio = (float) Math.sqrt((float) MOST_POINTS / mask.count());
        if (!(ratio < 1)) {
            return mask;
        }
        int[] rows = taken(mask.height(), (int) (mask.height() * ratio));
        int[] columns = taken(mask.width(), (int) (mask.width() * ratio));
        Mask sample = Mask.filled(mask.height(), mask.width(), false);
        for (int row : rows) {
            for (int column : columns) {
                sample.set(row, column, mask.get(row, column));
            }
        }
        return sample;
    }

    private static int[] taken(int size, int newSize) {
        float scale = (float) size / newSize;
        int[] taken = new int[newSize];
        for (int i = 0; i < newSize; i++) {
            taken[i] = Math.min((int) ((i + 0.5f) * scale), size - 1);
        }
        return taken;
    }

    private static double meanDistance(float[] truth, float[] prediction) {
        double sum = 0;
        for (int i = 0; i < truth.length; i += 3) {
            double dx = truth[i] - prediction[i];
            double dy = truth[i + 1] - prediction[i + 1];
            double dz = truth[i + 2] - prediction[i + 2];
            sum += Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
        return sum / (truth.length / 3.0);
    }
}
