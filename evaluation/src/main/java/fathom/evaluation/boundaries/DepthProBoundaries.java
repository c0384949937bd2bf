package fathom.evaluation.boundaries;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The scale-invariant boundary scores of Depth Pro (Bochkovskii et al. 2024, section 4).
 *
 * <p>Two neighbouring pixels are a boundary at ratio t if the inverse depth of one is more than t times that of the
 * other. There are four kinds: the left, top, right or bottom pixel is the nearer one. Precision and recall are means
 * of the four kinds; a kind without a boundary counts as 0. The scores over all thresholds use ten ratios from 1.05 to
 * 1.25, weighted by the ratio. Depth may have any unit or scale.
 *
 * <p>Inverse depth is 1 / max(depth, 1e-6) in float32, so a missing pixel that is stored as 0 becomes the nearest point
 * of the map and creates boundaries. Use {@link #f1(Plane, Plane, Mask)} if pixels are missing: a pair with NaN is
 * never a boundary.
 *
 * <p>Source: {@code src/depth_pro/eval/boundary_metrics.py} of apple/ml-depth-pro, commit 9efe5c1. EvalMDE calls it
 * with NaN at missing pixels.
 */
public final class DepthProBoundaries {
    private static final double FIRST = 1.05;
    private static final double LAST = 1.25;
    private static final int COUNT = 10;
    private static final float SMALLEST_DEPTH = 1e-6f;
    private static final float MATTE = 0.1f;

    private DepthProBoundaries() {}

    /**
     * The scores at one ratio, each from 0 to 1. All are 0 if no boundary agrees.
     *
     * @param f1 the harmonic mean of precision and recall
     * @param precision the share of the boundaries of the prediction that are boundaries of the truth
     * @param recall the share of the boundaries of the truth that are boundaries of the prediction
     */
    public record Scores(double f1, double precision, double recall) {}

    /**
     * {@return the boundary F1 over all thresholds, from 0 to 1, higher is better} {@code SI_boundary_F1} of the source.
     *
     * @param prediction depth, [H, W], any scale; NaN where it does not count
     * @param truth depth, [H, W]; NaN where it does not count
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double f1(Plane prediction, Plane truth) {
        prediction.requireSameShape("truth", truth);
        float[] predicted = inverse(prediction);
        float[] measured = inverse(truth);
        double[] ratios = ratios();
        double sum = 0;
        double weights = 0;
        for (double ratio : ratios) {
            sum += ratio * scores(predicted, measured, truth.height(), truth.width(), (float) ratio).f1();
            weights += ratio;
        }
        return sum / weights;
    }

    /**
     * {@return the boundary F1 over all thresholds between counted pixels}
     *
     * @param prediction depth, [H, W], any scale
     * @param truth depth, [H, W]
     * @param counted true for pixels that count
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double f1(Plane prediction, Plane truth, Mask counted) {
        return f1(nanOutside(prediction, counted), nanOutside(truth, counted));
    }

    /**
     * {@return the scores at one ratio} {@code boundary_f1} of the source.
     *
     * @param prediction depth, [H, W], any scale
     * @param truth depth, [H, W]
     * @param ratio the smallest ratio of inverse depths at a boundary, above 1; compared as float32
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Scores scores(Plane prediction, Plane truth, double ratio) {
        prediction.requireSameShape("truth", truth);
        return scores(inverse(prediction), inverse(truth), truth.height(), truth.width(), (float) ratio);
    }

    /**
     * {@return the boundary recall over all thresholds against an alpha matte} Alpha above 0.1 is foreground.
     *
     * @param prediction depth, [H, W], any scale
     * @param alpha opacity of the foreground, 0 to 1, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double recall(Plane prediction, Plane alpha) {
        return recall(prediction, Mask.where(alpha, value -> value > MATTE));
    }

    /**
     * {@return the boundary recall over all thresholds against a foreground, from 0 to 1} The boundaries of the
     * prediction are thinned first: of each run of neighbouring boundaries of one kind, in a row for left and right, in
     * a column for top and bottom, only the one with the largest ratio remains, the first one of equals. {@code
     * SI_boundary_Recall} of the source.
     *
     * @param prediction depth, [H, W], any scale
     * @param foreground true for the nearer object, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double recall(Plane prediction, Mask foreground) {
        if (foreground.height() != prediction.height() || foreground.width() != prediction.width()) {
            throw new IllegalArgumentException("foreground: expected [" + prediction.height() + ", "
                    + prediction.width() + "], found [" + foreground.height() + ", " + foreground.width() + "]");
        }
        float[] predicted = inverse(prediction);
        double sum = 0;
        double weights = 0;
        for (double ratio : ratios()) {
            double recall = 0;
            for (Side side : Side.values()) {
                recall += side.thinnedRecall(predicted, foreground.array(), prediction.height(), prediction.width(),
                        (float) ratio);
            }
            sum += ratio * recall / Side.values().length;
            weights += ratio;
        }
        return sum / weights;
    }

    private static Scores scores(float[] predicted, float[] measured, int height, int width, float ratio) {
        double precision = 0;
        double recall = 0;
        for (Side side : Side.values()) {
            long both = 0;
            long inPrediction = 0;
            long inTruth = 0;
            int far = side.step(width);
            for (int row = 0; row < height - side.rows(); row++) {
                for (int i = row * width, end = i + width - side.columns(); i < end; i++) {
                    int near = side.first() ? i : i + far;
                    int other = side.first() ? i + far : i;
                    boolean p = predicted[near] / predicted[other] > ratio;
                    boolean t = measured[near] / measured[other] > ratio;
                    inPrediction += p ? 1 : 0;
                    inTruth += t ? 1 : 0;
                    both += p && t ? 1 : 0;
                }
            }
            precision += (double) both / Math.max(inPrediction, 1);
            recall += (double) both / Math.max(inTruth, 1);
        }
        precision /= Side.values().length;
        recall /= Side.values().length;
        if (precision + recall == 0) {
            return new Scores(0, 0, 0);
        }
        return new Scores(2 * (recall * precision) / (recall + precision), precision, recall);
    }

    /** Which pixel of a pair of neighbours is the nearer one. */
    private enum Side {
        LEFT(true, true), TOP(false, true), RIGHT(true, false), BOTTOM(false, false);

        private final boolean horizontal;
        private final boolean first;

        Side(boolean horizontal, boolean first) {
            this.horizontal = horizontal;
            this.first = first;
        }

        boolean first() {
            return first;
        }

        int rows() {
            return horizontal ? 0 : 1;
        }

        int columns() {
            return horizontal ? 1 : 0;
        }

        int step(int width) {
            return horizontal ? 1 : width;
        }

        double thinnedRecall(float[] inverse, boolean[] foreground, int height, int width, float ratio) {
            int step = step(width);
            int lines = horizontal ? height : width;
            int lineStep = horizontal ? width : 1;
            int pairs = (horizontal ? width : height) - 1;
            long inTruth = 0;
            long both = 0;
            for (int line = 0; line < lines; line++) {
                int best = -1;
                float largest = 0;
                for (int pair = 0, i = line * lineStep; pair < pairs; pair++, i += step) {
                    inTruth += boundary(foreground, i, step) ? 1 : 0;
                    float value = first ? inverse[i] / inverse[i + step] : inverse[i + step] / inverse[i];
                    if (value > ratio) {
                        if (best < 0 || value > largest) {
                            best = i;
                            largest = value;
                        }
                    } else if (best >= 0) {
                        both += boundary(foreground, best, step) ? 1 : 0;
                        best = -1;
                    }
                }
                if (best >= 0) {
                    both += boundary(foreground, best, step) ? 1 : 0;
                }
            }
            return (double) both / Math.max(inTruth, 1);
        }

        private boolean boundary(boolean[] foreground, int i, int step) {
            return first ? foreground[i] && !foreground[i + step] : foreground[i + step] && !foreground[i];
        }
    }

    private static double[] ratios() {
        double[] ratios = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            ratios[i] = i == COUNT - 1 ? LAST : FIRST + i * ((LAST - FIRST) / (COUNT - 1));
        }
        return ratios;
    }

    private static float[] inverse(Plane depth) {
        float[] values = depth.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 / Math.max(values[i], SMALLEST_DEPTH);
        }
        return values;
    }

    private static Plane nanOutside(Plane values, Mask counted) {
        if (counted.height() != values.height() || counted.width() != values.width()) {
            throw new IllegalArgumentException("counted: expected [" + values.height() + ", " + values.width()
                    + "], found [" + counted.height() + ", " + counted.width() + "]");
        }
        float[] copy = values.toArray();
        for (int i = 0; i < copy.length; i++) {
            if (!counted.array()[i]) {
                copy[i] = Float.NaN;
            }
        }
        return Plane.wrap(copy, values.height(), values.width());
    }
}
