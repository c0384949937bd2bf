package fathom.evaluation.metrics;

import java.util.Arrays;

/**
 * Sums over the counted pixels of one sample, or of several: everything that pixelwise metrics are computed from. p is the
 * prediction, g the truth, e = ln p − ln g. Sums are float64, in a fixed order.
 *
 * <p>{@link #add} pools two samples; the mean over the pixels of a dataset is the metric of the pooled sums.
 *
 * @see PixelErrors
 */
public final class PixelSums {
    private final double[] thresholds;
    private final long[] within;
    private long pixels;
    double absolute;
    double squared;
    double absoluteRelative;
    double squaredRelative;
    double squaredRatio;
    double absoluteByPrediction;
    double log;
    double logSquared;
    double logAbsolute;
    double inverseAbsolute;
    double inverseSquared;

    PixelSums(double[] thresholds) {
        this.thresholds = thresholds.clone();
        this.within = new long[thresholds.length];
    }

    void count(long more) {
        pixels += more;
    }

    void countWithin(int threshold, long more) {
        within[threshold] += more;
    }

    /**
     * Adds the sums of another sample.
     *
     * @param other sums with the same thresholds
     * @throws IllegalArgumentException if the thresholds differ
     */
    public void add(PixelSums other) {
        if (!Arrays.equals(thresholds, other.thresholds)) {
            throw new IllegalArgumentException("other: expected the thresholds " + Arrays.toString(thresholds)
                    + ", found " + Arrays.toString(other.thresholds));
        }
        pixels += other.pixels;
        absolute += other.absolute;
        squared += other.squared;
        absoluteRelative += other.absoluteRelative;
        squaredRelative += other.squaredRelative;
        squaredRatio += other.squaredRatio;
        absoluteByPrediction += other.absoluteByPrediction;
        log += other.log;
        logSquared += other.logSquared;
        logAbsolute += other.logAbsolute;
        inverseAbsolute += other.inverseAbsolute;
        inverseSquared += other.inverseSquared;
        for (int i = 0; i < within.length; i++) {
            within[i] += other.within[i];
        }
    }

    /** {@return the number of pixels, n} */
    public long pixels() {
        return pixels;
    }

    /** {@return mean |p − g|} */
    public double mae() {
        return absolute / pixels;
    }

    /** {@return mean (p − g)²} */
    public double mse() {
        return squared / pixels;
    }

    /** {@return √ mean (p − g)²} */
    public double rmse() {
        return Math.sqrt(squared / pixels);
    }

    /** {@return mean |p − g| / g} */
    public double absRel() {
        return absoluteRelative / pixels;
    }

    /** {@return mean |p − g| / p} */
    public double absRelByPrediction() {
        return absoluteByPrediction / pixels;
    }

    /** {@return mean (p − g)² / g} */
    public double sqRel() {
        return squaredRelative / pixels;
    }

    /** {@return mean (p − g)² / g²} */
    public double sqRelSquared() {
        return squaredRatio / pixels;
    }

    /** {@return √ mean e²} */
    public double rmseLog() {
        return Math.sqrt(logSquared / pixels);
    }

    /** {@return mean e} */
    public double logMean() {
        return log / pixels;
    }

    /** {@return mean |e|} */
    public double maeLog() {
        return logAbsolute / pixels;
    }

    /** {@return mean |log₁₀ p − log₁₀ g|} */
    public double log10() {
        return logAbsolute / pixels / Math.log(10);
    }

    /**
     * {@return √ (mean e² − lambda · (mean e)²)} A difference below 0 by rounding counts as 0.
     *
     * @param lambda weight of the common factor: 1 ignores it, 0 counts it fully
     */
    public double logDeviation(double lambda) {
        double mean = log / pixels;
        double variance = logSquared / pixels - lambda * mean * mean;
        return Math.sqrt(variance < 0 ? 0 : variance);
    }

    /** {@return the standard deviation of e with n − 1; NaN for one pixel} */
    public double logStandardDeviation() {
        double mean = log / pixels;
        double sum = logSquared - pixels * mean * mean;
        return Math.sqrt((sum < 0 ? 0 : sum) / (pixels - 1));
    }

    /** {@return mean |1/p − 1/g|} */
    public double inverseMae() {
        return inverseAbsolute / pixels;
    }

    /** {@return √ mean (1/p − 1/g)²} */
    public double inverseRmse() {
        return Math.sqrt(inverseSquared / pixels);
    }

    /**
     * {@return the share of pixels with max(p/g, g/p) below {@code threshold}; NaN if there is no pixel}
     *
     * @param threshold one of the thresholds that were counted
     * @throws IllegalArgumentException if it was not counted
     */
    public double share(double threshold) {
        for (int i = 0; i < thresholds.length; i++) {
            if (thresholds[i] == threshold) {
                return (double) within[i] / pixels;
            }
        }
        throw new IllegalArgumentException(
                "threshold: expected one of " + Arrays.toString(thresholds) + ", found " + threshold);
    }
}
