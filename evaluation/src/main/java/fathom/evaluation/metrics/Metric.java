package fathom.evaluation.metrics;

/**
 * One number that says how far a prediction is from the truth. This list is the only place that names metrics: tables, JSON
 * and the browser enumerate it, so a new metric is one constant here and the protocol that computes it.
 */
public enum Metric {
    /** Root of the mean squared error. */
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

    /** Which way a metric improves. */
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

    /** The name stored on prediction fields, in JSON and in CSV headings, for example {@code "rmse"}. */
    public String key() {
        return key;
    }

    /** What people read above a column: the key in capitals. */
    public String title() {
        return name();
    }

    /** The unit, empty for a pure number; levels are those of the compared pictures, 0 to 255 in 8 bits. */
    public String unit() {
        return unit;
    }

    /** Which way it improves. */
    public Better better() {
        return better;
    }

    /** Digits after the point in a table for people. */
    public int decimals() {
        return decimals;
    }

    /** The definition in one line. */
    public String formula() {
        return formula;
    }

    /** Whose definition it is. */
    public String source() {
        return source;
    }

    /** Whether {@code value} is better than {@code other}; false if either is NaN. */
    public boolean isBetter(double value, double other) {
        return switch (better) {
            case LOWER -> value < other;
            case HIGHER -> value > other;
        };
    }
}
