package fathom.evaluation.parity.toolkits;

import java.util.Arrays;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelSums;
import fathom.raster.Plane;

/** Sums over lists of pixels, the form after masking. */
final class Lists {
    private Lists() {}

    /** Returns the sums over two lists of the same length. */
    static PixelSums sums(PixelErrors errors, float[] truth, float[] prediction) {
        double[] values = new double[Math.max(prediction.length, 1)];
        boolean[] counted = new boolean[values.length];
        for (int i = 0; i < prediction.length; i++) {
            values[i] = prediction[i];
            counted[i] = true;
        }
        return errors.sums(Plane.wrap(Arrays.copyOf(truth, values.length), 1, values.length), values, counted);
    }
}
