package fathom.evaluation.parity.toolkits;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelSums;

/** Sums over lists of pixels, the form after masking. */
final class Lists {
    private Lists() {}

    /** Returns the sums over two lists of the same length. */
    static PixelSums sums(PixelErrors errors, float[] truth, float[] prediction) {
        return errors.sums(doubles(truth), doubles(prediction), prediction.length);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
