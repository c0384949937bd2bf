package fathom.evaluation.errors;

import fathom.evaluation.metrics.PixelSums;

/**
 * The errors of the pixels whose depth, or distance to an edge, is in a range.
 *
 * @param from the least value of the range
 * @param to the end of the range, not included; may be infinite
 * @param sums what the pixelwise metrics of these pixels are computed from, with the threshold 1.25
 */
public record ErrorBin(double from, double to, PixelSums sums) {
    /** {@return the number of pixels} */
    public long pixels() {
        return sums.pixels();
    }

    /** {@return the mean absolute error in the unit of the truth, NaN if there is no pixel} */
    public double mae() {
        return sums.mae();
    }

    /** {@return the mean absolute relative error, NaN if there is no pixel} */
    public double absRel() {
        return sums.absRel();
    }

    /** {@return the share of pixels with max(p/g, g/p) &lt; 1.25, NaN if there is no pixel} */
    public double delta1() {
        return sums.share(ErrorBins.DELTA);
    }

    /**
     * Adds the pixels of the same bin of another sample.
     *
     * @param other the other bin
     * @throws IllegalArgumentException if its range is another one
     */
    public void add(ErrorBin other) {
        if (other.from != from || other.to != to) {
            throw new IllegalArgumentException(
                    "other: expected the range " + from + " to " + to + ", found " + other.from + " to " + other.to);
        }
        sums.add(other.sums);
    }
}
