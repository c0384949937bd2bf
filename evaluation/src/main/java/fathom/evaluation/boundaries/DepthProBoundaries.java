package fathom.evaluation.boundaries;

import fathom.raster.Plane;

/** Scale-invariant boundary F1 of Depth Pro ({@code boundary_metrics.py}, {@code SI_boundary_F1}). */
public final class DepthProBoundaries {
    private DepthProBoundaries() {}

    /**
     * {@return the weighted F1 over ten thresholds, 0 to 1} NaN pixels take part in no boundary.
     *
     * @param prediction depth, [H, W]
     * @param truth depth, [H, W]
     */
    public static double f1(Plane prediction, Plane truth) {
        int height = truth.height();
        int width = truth.width();
        float[] p = inverse(prediction);
        float[] t = inverse(truth);
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < 10; k++) {
            double threshold = 1.05 + k * (1.25 - 1.05) / 9;
            sum += threshold * f1(p, t, height, width, (float) threshold);
            weights += threshold;
        }
        return sum / weights;
    }

    private static double f1(float[] p, float[] t, int height, int width, float threshold) {
        double recall = 0;
        double precision = 0;
        for (int direction = 0; direction < 4; direction++) {
            int step = direction < 2 ? 1 : width;
            int rows = direction < 2 ? height : height - 1;
            int columns = direction < 2 ? width - 1 : width;
            boolean forward = direction % 2 == 0;
            long both = 0;
            long predicted = 0;
            long measured = 0;
            for (int row = 0; row < rows; row++) {
                for (int i = row * width; i < row * width + columns; i++) {
                    boolean a = forward ? p[i + step] / p[i] > threshold : p[i] / p[i + step] > threshold;
                    boolean b = forward ? t[i + step] / t[i] > threshold : t[i] / t[i + step] > threshold;
                    predicted += a ? 1 : 0;
                    measured += b ? 1 : 0;
                    both += a && b ? 1 : 0;
                }
            }
            recall += 0.25 * both / Math.max(measured, 1);
            precision += 0.25 * both / Math.max(predicted, 1);
        }
        return recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);
    }

    private static float[] inverse(Plane depth) {
        float[] values = depth.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 / Math.max(values[i], 1e-6f);
        }
        return values;
    }
}
