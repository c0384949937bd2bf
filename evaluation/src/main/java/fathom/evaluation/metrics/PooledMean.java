package fathom.evaluation.metrics;

/** How the numbers of samples combine to the number over all their pixels. */
public enum PooledMean {
    /** Σ n·v / Σ n. */
    MEAN,
    /** √(Σ n·v² / Σ n). */
    ROOT,
    /** The population standard deviation of e, from that of each sample and its mean of e; 100 times it for SILog. */
    DEVIATION,
    /** The number over all pixels does not follow from the numbers of the samples. */
    NONE;

    /**
     * {@return the number over all pixels; NaN if there is none} Samples whose number is NaN are left out.
     *
     * @param values the number of each sample
     * @param pixels the number of pixels of each sample
     * @param logMeans the mean of ln p − ln g of each sample; used by {@link #DEVIATION} only
     * @param factor the factor of a deviation: 100 or 1
     */
    public double of(double[] values, double[] pixels, double[] logMeans, double factor) {
        double count = 0;
        double sum = 0;
        double logs = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || !(pixels[i] > 0)) {
                continue;
            }
            double value = values[i];
            count += pixels[i];
            sum += pixels[i] * switch (this) {
                case MEAN, NONE -> value;
                case ROOT -> value * value;
                case DEVIATION -> value * value / (factor * factor) + logMeans[i] * logMeans[i];
            };
            logs += this == DEVIATION ? pixels[i] * logMeans[i] : 0;
        }
        if (count == 0) {
            return Double.NaN;
        }
        return switch (this) {
            case MEAN -> sum / count;
            case ROOT -> Math.sqrt(sum / count);
            case DEVIATION -> factor * Math.sqrt(Math.max(sum / count - Math.pow(logs / count, 2), 0));
            case NONE -> Double.NaN;
        };
    }
}
