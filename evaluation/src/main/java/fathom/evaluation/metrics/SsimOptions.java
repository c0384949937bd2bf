package fathom.evaluation.metrics;

import fathom.formats.json.JsonValue.Members;

/**
 * Options of structural similarity, with the meaning that {@code structural_similarity} of scikit-image gives them.
 *
 * <p>{@link #DEFAULT} is exact for comparisons with results of scikit-image; {@link #WANG_2004} is the published
 * definition. The two give different numbers for the same images, so a result is meaningless without its options. An
 * image must have at least {@code window} × {@code window} pixels.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="ssim"}
 *
 * @param window side of the sliding window, pixels, odd, at least 3; if {@code gaussian}, it follows from {@code sigma}
 * @param gaussian whether the pixels of a window have Gaussian weights instead of equal weights
 * @param sigma standard deviation of the Gaussian, pixels, above 0
 * @param sampleCovariance whether covariances are divided by n − 1 instead of n, the number of pixels of a window
 * @param k1 constant that stabilises the means, a fraction of the data range
 * @param k2 constant that stabilises the variances, a fraction of the data range
 * @see ImageMetrics
 */
public record SsimOptions(int window, boolean gaussian, double sigma, boolean sampleCovariance, double k1, double k2) {
    /** The radius of scikit-image's Gaussian, in standard deviations. */
    private static final double TRUNCATE = 3.5;

    /** The defaults of scikit-image: 7×7, equal weights, sample covariance, K1 0.01, K2 0.03. */
    public static final SsimOptions DEFAULT = new SsimOptions(7, false, 1.5, true, 0.01, 0.03);

    /**
     * The published definition (Wang et al., <i>Image quality assessment: from error visibility to structural
     * similarity</i>, IEEE TIP 13, 2004): 11×11 Gaussian of sigma 1.5, population covariance.
     */
    public static final SsimOptions WANG_2004 = gaussian(1.5, false);

    /**
     * Validates the options.
     *
     * @throws IllegalArgumentException if an option is outside its limits
     */
    public SsimOptions {
        if (window < 3 || window % 2 == 0) {
            throw new IllegalArgumentException("SSIM window: expected an odd side of at least 3, found " + window);
        }
        if (!(sigma > 0 && sigma <= 1000)) {
            throw new IllegalArgumentException("SSIM sigma: expected pixels above 0 and at most 1000, found " + sigma);
        }
        if (!(k1 >= 0 && k2 >= 0)) {
            throw new IllegalArgumentException("SSIM K1 and K2: expected 0 or more, found " + k1 + " and " + k2);
        }
    }

    /**
     * {@return the defaults with Gaussian weights, in the window that scikit-image derives from {@code sigma}}
     *
     * @param sigma standard deviation of the Gaussian, pixels, above 0
     * @param sampleCovariance whether covariances are divided by n − 1 instead of n
     */
    public static SsimOptions gaussian(double sigma, boolean sampleCovariance) {
        int radius = (int) (TRUNCATE * sigma + 0.5);
        return new SsimOptions(2 * radius + 1, true, sigma, sampleCovariance, 0.01, 0.03);
    }

    /** {@return these options as part of the definition of a protocol} */
    public Members definition() {
        Members weights = gaussian ? Members.NONE.with("gaussian", sigma) : Members.NONE.with("uniform", true);
        return Members.NONE.with("window", window).with("weights", weights)
                .with("covariance", sampleCovariance ? "sample" : "population").with("k1", k1).with("k2", k2);
    }

    /** Returns the factor of the variance of a window of n pixels: n/(n − 1) or 1. */
    double covarianceNorm() {
        double n = (double) window * window;
        return sampleCovariance ? n / (n - 1) : 1;
    }

    /**
     * Requires that an image of [height, width] contains a window.
     *
     * @throws IllegalArgumentException if it is smaller
     */
    void requireFits(int height, int width) {
        if (!fits(height, width)) {
            throw new IllegalArgumentException(tooSmall(height, width));
        }
    }

    /** Returns whether an image of [height, width] contains a window. */
    boolean fits(int height, int width) {
        return height >= window && width >= window;
    }

    /**
     * {@return the reason why an image of [height, width] has no structural similarity with these options}
     *
     * @param height rows of the image
     * @param width columns of the image
     */
    public String tooSmall(int height, int width) {
        return "SSIM needs pictures of at least " + window + "×" + window + " pixels, one window; found " + width + "×"
                + height + " (width×height)";
    }
}
