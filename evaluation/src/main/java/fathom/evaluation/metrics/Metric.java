package fathom.evaluation.metrics;

/**
 * A number that states how far a prediction is from the truth.
 *
 * <p>This list is the only place that names metrics: tables, JSON and the app enumerate it. To add a metric, add a
 * constant here and compute it in the protocol.
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><th>metric</th><th>range</th><th>identical images</th><th>better</th></tr>
 * <tr><td>{@link #RMSE}</td><td>0 to 255 levels</td><td>0</td><td>lower</td></tr>
 * <tr><td>{@link #PSNR}</td><td>0 dB to ∞</td><td>∞</td><td>higher</td></tr>
 * <tr><td>{@link #SSIM}</td><td>−1 to 1</td><td>1</td><td>higher</td></tr>
 * </table>
 *
 * <p>The ranges are those of 8-bit images. The mean of PSNR over samples is infinite if a single sample is identical. RMSE
 * and PSNR order two predictions of one image in the same way; SSIM can disagree with them, because it compares local
 * structure and tolerates a constant offset.
 *
 * @see ImageMetrics
 * @see Scores
 */
public enum Metric {
    /** Root of the mean squared error; finite for every pair of 8-bit images. */
    RMSE("rmse", "levels", Better.LOWER, 2, "√(mean (x − y)²)",
            "square root of skimage.metrics.mean_squared_error, scikit-image 0.19"),
    /** Peak signal-to-noise ratio. */
    PSNR("psnr", "dB", Better.HIGHER, 2, "10·log10(range² / mean (x − y)²)",
            "skimage.metrics.peak_signal_noise_ratio, scikit-image 0.19"),
    /** Mean structural similarity. */
    SSIM("ssim", "", Better.HIGHER, 4,
            "mean over 7×7 windows of (2·µx·µy + C1)(2·σxy + C2) / ((µx² + µy² + C1)(σx² + σy² + C2)), "
                    + "C1 = (0.01·range)², C2 = (0.03·range)²",
            "skimage.metrics.structural_similarity with its defaults, scikit-image 0.19; "
                    + "Wang, Bovik, Sheikh, Simoncelli, IEEE Transactions on Image Processing 13 (2004)");

    /** The direction in which a metric improves. */
    public enum Better {
        /** Smaller is better. */
        LOWER,
        /** Larger is better. */
        HIGHER
    }

    private final String key;
    private final String unit;
    private final Better better;
    private final int decimals;
    private final String formula;
    private final String source;

    Metric(String key, String unit, Better better, int decimals, String formula, String source) {
        this.key = key;
        this.unit = unit;
        this.better = better;
        this.decimals = decimals;
        this.formula = formula;
        this.source = source;
    }

    /** {@return the name stored in datasets, in JSON and in CSV headings, for example {@code "rmse"}} */
    public String key() {
        return key;
    }

    /** {@return the column heading: the key in capitals} */
    public String title() {
        return name();
    }

    /** {@return the unit, empty if there is none} Levels are the values of the compared 8-bit images, 0 to 255. */
    public String unit() {
        return unit;
    }

    /** {@return the direction in which the metric improves} */
    public Better better() {
        return better;
    }

    /** {@return the number of decimals in a table} */
    public int decimals() {
        return decimals;
    }

    /** {@return the definition in one line} */
    public String formula() {
        return formula;
    }

    /** {@return the library or paper that defines the metric} */
    public String source() {
        return source;
    }

    /**
     * {@return whether {@code value} is better than {@code other}; false if either is NaN}
     *
     * @param value a value of this metric
     * @param other the value to compare with
     */
    public boolean isBetter(double value, double other) {
        return switch (better) {
            case LOWER -> value < other;
            case HIGHER -> value > other;
        };
    }
}
