package fathom.evaluation.calibration;

import java.util.Arrays;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/**
 * Predicted and measured depths of one sample at the same pixels, with the means that a closed-form fit needs. Immutable.
 */
public final class DepthPairs {
    /** The largest number of pixels that are kept; they are spread evenly over the pixels with both depths. */
    public static final int MAX_PIXELS = 4000;

    private final float[] predicted;
    private final float[] measured;
    private final double meanX;
    private final double meanY;
    private final double meanSquare;
    private final double meanProduct;

    private DepthPairs(float[] predicted, float[] measured) {
        this.predicted = predicted;
        this.measured = measured;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < predicted.length; i++) {
            double logX = Math.log(predicted[i]);
            double logY = Math.log(measured[i]);
            x += logX;
            y += logY;
            xx += logX * logX;
            xy += logX * logY;
        }
        meanX = x / predicted.length;
        meanY = y / predicted.length;
        meanSquare = xx / predicted.length;
        meanProduct = xy / predicted.length;
    }

    /**
     * {@return the depths at the pixels that have both: measured depth, and a finite prediction above 0}
     *
     * @param predicted predicted depth, metric or up to scale, [H, W]
     * @param truth measured depth, of the same shape
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if there is no such pixel
     */
    public static DepthPairs of(Plane predicted, MeasuredDepth truth) throws UnscorableException {
        predicted.requireSameShape("truth", truth.metres());
        boolean[] flags = Mask.ofPositive(predicted).and(truth.valid()).array();
        int total = 0;
        for (boolean flag : flags) {
            total += flag ? 1 : 0;
        }
        if (total == 0) {
            throw new UnscorableException("no pixel has both a measured depth and a predicted depth above 0");
        }
        float[] x = new float[Math.min(total, MAX_PIXELS)];
        float[] y = new float[x.length];
        int width = predicted.width();
        int kept = 0;
        long seen = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                if (total <= MAX_PIXELS || (seen + 1) * MAX_PIXELS / total > seen * MAX_PIXELS / total) {
                    x[kept] = predicted.get(i / width, i % width);
                    y[kept++] = truth.metres().get(i / width, i % width);
                }
                seen++;
            }
        }
        return new DepthPairs(Arrays.copyOf(x, kept), Arrays.copyOf(y, kept));
    }

    /** {@return the number of pixels that are kept} */
    public int count() {
        return predicted.length;
    }

    double meanLogPredicted() {
        return meanX;
    }

    double meanLogMeasured() {
        return meanY;
    }

    /** Returns the mean of the squared logarithm of the predicted depths. */
    double meanSquare() {
        return meanSquare;
    }

    /** Returns the mean of the product of both logarithms. */
    double meanProduct() {
        return meanProduct;
    }

    /**
     * {@return AbsRel of the corrected prediction: mean |d − z| / z}
     *
     * @param correction the correction
     */
    public double absRel(Correction correction) {
        double sum = 0;
        for (int i = 0; i < predicted.length; i++) {
            sum += Math.abs(correction.corrected(predicted[i]) - measured[i]) / measured[i];
        }
        return sum / predicted.length;
    }
}
