package fathom.evaluation.boundaries;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The boundary F1 of MoGe-2 (Wang et al. 2025).
 *
 * <p>A pixel q in the disc of a radius around a pixel p is beyond a boundary at threshold t if depth(q) / depth(p) is
 * above 1 + t. Ordered pairs are compared between prediction and truth; both pixels must be counted, and p must be at
 * least the radius away from the border. The F1 of ten thresholds from 0.05 to 0.25 are averaged with the threshold as
 * weight. Ratios and thresholds are float32. Depth is metric or has been aligned: a scale does not matter, a shift
 * does.
 *
 * <p>Source: {@code boundary_f1} in {@code moge/test/metrics.py} of microsoft/MoGe, commit 0744441. There, precision
 * and recall have each other's names, which does not change F1.
 */
public final class MogeBoundaries {
    private static final float FIRST = 0.05f;
    private static final float LAST = 0.25f;
    private static final int COUNT = 10;

    private MogeBoundaries() {}

    /**
     * {@return the boundary F1, from 0 to 1, higher is better}
     *
     * @param prediction depth, [H, W]
     * @param truth depth, [H, W]
     * @param counted true for pixels that count
     * @param radius of the disc in pixels, at least 1; MoGe reports 1, 2 and 3
     * @throws IllegalArgumentException if the shapes differ or the radius is below 1
     * @throws UnscorableException if a side of the map is shorter than 2 · radius + 1
     */
    public static double f1(Plane prediction, Plane truth, Mask counted, int radius) throws UnscorableException {
        prediction.requireSameShape("truth", truth);
        int height = truth.height();
        int width = truth.width();
        if (counted.height() != height || counted.width() != width) {
            throw new IllegalArgumentException("counted: expected [" + height + ", " + width + "], found ["
                    + counted.height() + ", " + counted.width() + "]");
        }
        if (radius < 1) {
            throw new IllegalArgumentException("radius: expected at least 1, found " + radius);
        }
        if (Math.min(height, width) < 2 * radius + 1) {
            throw new UnscorableException("boundaries within " + radius + " pixels need a map of at least "
                    + (2 * radius + 1) + "×" + (2 * radius + 1) + " pixels; this one has " + width + "×" + height);
        }
        float[] p = prediction.toArray();
        float[] t = truth.toArray();
        boolean[] valid = counted.array();
        float[] thresholds = thresholds();
        float[] ratios = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            ratios[i] = (float) (1 + (double) thresholds[i]);
        }
        // Element k counts the pairs that pass the first k thresholds and not the next one.
        long[] both = new long[COUNT + 1];
        long[] inPrediction = new long[COUNT + 1];
        long[] inTruth = new long[COUNT + 1];
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                if (dx * dx + dy * dy > radius * radius || (dx == 0 && dy == 0)) {
                    continue;
                }
                int offset = dy * width + dx;
                for (int row = radius; row < height - radius; row++) {
                    for (int i = row * width + radius, end = (row + 1) * width - radius; i < end; i++) {
                        if (valid[i] && valid[i + offset]) {
                            int passedByPrediction = passed(p[i + offset] / p[i], ratios);
                            int passedByTruth = passed(t[i + offset] / t[i], ratios);
                            inPrediction[passedByPrediction]++;
                            inTruth[passedByTruth]++;
                            both[Math.min(passedByPrediction, passedByTruth)]++;
                        }
                    }
                }
            }
        }
        return weightedF1(thresholds, both, inPrediction, inTruth);
    }

    private static double weightedF1(float[] thresholds, long[] both, long[] inPrediction, long[] inTruth) {
        double sum = 0;
        double weights = 0;
        long agreed = 0;
        long predicted = 0;
        long measured = 0;
        for (int i = COUNT - 1; i >= 0; i--) {
            agreed += both[i + 1];
            predicted += inPrediction[i + 1];
            measured += inTruth[i + 1];
            sum += agreed == 0 ? 0 : thresholds[i] * (2.0 * agreed / (predicted + measured));
            weights += thresholds[i];
        }
        return sum / weights;
    }

    /** The number of thresholds below the ratio; they ascend. NaN passes none. */
    private static int passed(float ratio, float[] ratios) {
        int passed = 0;
        while (passed < COUNT && ratio > ratios[passed]) {
            passed++;
        }
        return passed;
    }

    /** As {@code torch.linspace} computes them: from both ends. */
    private static float[] thresholds() {
        float[] thresholds = new float[COUNT];
        float step = (LAST - FIRST) / (COUNT - 1);
        for (int i = 0; i < COUNT; i++) {
            thresholds[i] = i < COUNT / 2 ? FIRST + step * i : LAST - step * (COUNT - 1 - i);
        }
        return thresholds;
    }
}
