package fathom.evaluation.metrics;

import fathom.formats.json.JsonValue.Members;

/**
 * How structural similarity is taken, with the meaning that scikit-image's {@code structural_similarity} gives each option.
 *
 * @param window side of the sliding window, pixels, odd; with {@code gaussian} it follows from {@code sigma}
 * @param gaussian whether pixels of a window are weighted by a Gaussian instead of equally
 * @param sigma standard deviation of that Gaussian, pixels
 * @param sampleCovariance whether covariances are divided by n − 1 instead of n, n being the pixels of a window
 * @param k1 stabiliser of the means, a fraction of the data range
 * @param k2 stabiliser of the variances, a fraction of the data range
 */
public record SsimOptions(int window, boolean gaussian, double sigma, boolean sampleCovariance, double k1, double k2) {
    /** How far scikit-image lets its Gaussian reach, in standard deviations. */
    private static final double TRUNCATE = 3.5;

    /** scikit-image's defaults: 7×7, equal weights, sample covariance, K1 0.01, K2 0.03. */
    public static final SsimOptions DEFAULT = new SsimOptions(7, false, 1.5, true, 0.01, 0.03);

    /**
     * The published definition (Wang et al., <i>Image quality assessment: from error visibility to structural
     * similarity</i>, IEEE TIP 13, 2004): 11×11 Gaussian of sigma 1.5, population covariance.
     */
    public static final SsimOptions WANG_2004 = gaussian(1.5, false);

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

    /** The defaults with Gaussian weights, in the window that scikit-image gives {@code sigma}. */
    public static SsimOptions gaussian(double sigma, boolean sampleCovariance) {
        int radius = (int) (TRUNCATE * sigma + 0.5);
        return new SsimOptions(2 * radius + 1, true, sigma, sampleCovariance, 0.01, 0.03);
    }

    /** Returns these options as a part of a protocol's definition. */
    public Members definition() {
        Members weights = gaussian ? Members.NONE.with("gaussian", sigma) : Members.NONE.with("uniform", true);
        return Members.NONE.with("window", window).with("weights", weights)
                .with("covariance", sampleCovariance ? "sample" : "population").with("k1", k1).with("k2", k2);
    }

    /** What an n-pixel window's variance is multiplied by: n/(n − 1) or 1. */
    double covarianceNorm() {
        double n = (double) window * window;
        return sampleCovariance ? n / (n - 1) : 1;
    }

    /** Throws {@link IllegalArgumentException} unless a [height, width] picture holds one window. */
    void requireFits(int height, int width) {
        if (!fits(height, width)) {
            throw new IllegalArgumentException(tooSmall(height, width));
        }
    }

    /** Whether a [height, width] picture holds one window. */
    boolean fits(int height, int width) {
        return height >= window && width >= window;
    }

    /** Why a [height, width] picture has no structural similarity under these options. */
    public String tooSmall(int height, int width) {
        return "SSIM needs pictures of at least " + window + "×" + window + " pixels, one window; found " + width + "×"
                + height + " (width×height)";
    }
}
