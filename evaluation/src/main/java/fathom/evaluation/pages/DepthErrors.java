package fathom.evaluation.pages;

import java.util.List;

/**
 * Where the error is, over depth and over pixels, in metres.
 *
 * @param truth name of the field of measured depth
 * @param method which samples were read and how predictions became metres
 * @param shares how the error is distributed over the pixels, one per prediction
 * @param charts the charts
 */
public record DepthErrors(String truth, String method, List<Share> shares, List<PageChart> charts) {
    /** Copies the lists. */
    public DepthErrors {
        shares = List.copyOf(shares);
        charts = List.copyOf(charts);
    }

    /**
     * The share of the absolute error that the worst pixels of a sample carry, averaged over samples.
     *
     * @param prediction name of the prediction field
     * @param samples number of samples
     * @param worst1 the share of the worst 1 % of the pixels, 0 to 1
     * @param worst5 that of the worst 5 %
     * @param worst20 that of the worst 20 %
     */
    public record Share(String prediction, int samples, double worst1, double worst5, double worst20) {}
}
