package fathom.evaluation.steps;

/** How the unknowns of a prediction are fitted to the truth. p is the prediction, g the truth, s the scale, t the shift. */
public enum AlignMethod {
    /** Nothing is fitted. */
    NONE("none", "is not aligned"),
    /** s = median(g) / median(p); the median of an even count is the mean of the middle two, as NumPy's. */
    MEDIAN("ratio-of-medians", "is multiplied by the ratio of the medians of truth and prediction"),
    /**
     * s = median(g) / median(max(p, 0.001)); the median of an even count is the lower of the middle two, as PyTorch's.
     */
    LOWER_MEDIAN("ratio-of-lower-medians",
            "is multiplied by the ratio of the medians of truth and prediction (of an even count, the lower middle value; at least 0.001)"),
    /** s = median(g / p). */
    MEDIAN_OF_RATIOS("median-of-ratios", "is multiplied by the median of the ratios of truth and prediction"),
    /** s minimises Σ (s·p − g)². */
    SCALE("least-squares-scale", "is multiplied by the scale with the smallest squared error"),
    /** s minimises Σ |s·p − g| approximately: ten rounds of reweighting (Weiszfeld), at least 0.001. */
    LEAST_ABSOLUTE_SCALE("least-absolute-scale",
            "is multiplied by the scale with the smallest absolute error, found by ten rounds of reweighting"),
    /** s and t minimise Σ (s·p + t − g)² in depth. */
    DEPTH("least-squares-of-depth", "gets the scale and the shift with the smallest squared error of depth"),
    /** s and t minimise the squared error of inverse depth. */
    INVERSE("least-squares-of-inverse-depth",
            "gets the scale and the shift with the smallest squared error of inverse depth"),
    /** s and t minimise the squared error of the logarithm of depth: d = exp(t) · p^s. */
    LOG("least-squares-of-log-depth", "gets the factor and the exponent with the smallest squared error of log depth"),
    /** As {@link #INVERSE}, with Huber weights: at most 20 rounds, 1.345 standard deviations estimated from the MAD. */
    ROBUST_INVERSE("huber-of-inverse-depth",
            "gets the scale and the shift with the smallest Huber error of inverse depth"),
    /** s and t match median and mean absolute deviation from the median, in depth (MiDaS' robust normalisation). */
    MEDIAN_DEVIATION_DEPTH("median-and-deviation-of-depth",
            "gets the scale and the shift that match median and mean absolute deviation of depth"),
    /** The same in inverse depth. */
    MEDIAN_DEVIATION_INVERSE("median-and-deviation-of-inverse-depth",
            "gets the scale and the shift that match median and mean absolute deviation of inverse depth"),
    /** s minimises Σ |s·p − g| / g over a sample of 64×64 pixels, exactly (MoGe). */
    WEIGHTED_SCALE("weighted-l1-scale",
            "is multiplied by the scale with the smallest relative error over a sample of 64×64 pixels"),
    /** s and t minimise Σ |s·p + t − g| / g over a sample of 64×64 pixels (MoGe). */
    WEIGHTED_DEPTH("weighted-l1-of-depth",
            "gets the scale and the shift with the smallest relative error over a sample of 64×64 pixels");

    private final String label;
    private final String words;

    AlignMethod(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** {@return the word of protocol files} */
    public String label() {
        return label;
    }

    /** {@return what happens to a prediction, the predicate of a sentence} */
    public String words() {
        return words;
    }

    /** {@return whether the method is a sum of squares, which a value that is not finite makes undefined} */
    public boolean isLeastSquares() {
        return switch (this) {
            case SCALE, LEAST_ABSOLUTE_SCALE, DEPTH, INVERSE, LOG, ROBUST_INVERSE -> true;
            case NONE, MEDIAN, LOWER_MEDIAN, MEDIAN_OF_RATIOS, MEDIAN_DEVIATION_DEPTH, MEDIAN_DEVIATION_INVERSE,
                    WEIGHTED_SCALE, WEIGHTED_DEPTH ->
                false;
        };
    }

    /** {@return whether the fit is of inverse depth} */
    public boolean isInverse() {
        return switch (this) {
            case INVERSE, ROBUST_INVERSE, MEDIAN_DEVIATION_INVERSE -> true;
            case NONE, MEDIAN, LOWER_MEDIAN, MEDIAN_OF_RATIOS, SCALE, LEAST_ABSOLUTE_SCALE, DEPTH, LOG,
                    MEDIAN_DEVIATION_DEPTH, WEIGHTED_SCALE, WEIGHTED_DEPTH ->
                false;
        };
    }
}
