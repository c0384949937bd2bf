package fathom.evaluation.errors;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * The share of the absolute error that the worst pixels carry. If every pixel has the same error, the worst 1 % carry 1 %;
 * if the error is in few places, for example at edges or in one reflection, they carry most of it.
 *
 * @param pixels number of pixels with an error
 * @param worst1 the share of the sum of absolute errors that the worst 1 % of the pixels carry, 0 to 1; NaN if the sum is 0
 * @param worst5 that of the worst 5 %
 * @param worst20 that of the worst 20 %
 */
public record ErrorConcentration(int pixels, double worst1, double worst5, double worst20) {
    /**
     * Computes the shares. A share of the pixels is rounded up to whole pixels, so at least one pixel counts as worst.
     *
     * @param truth [H, W]
     * @param prediction in the unit of {@code truth}, [H, W]
     * @param counted true for the pixels that are compared, [H, W]; pixels without a finite error are left out
     * @return the shares
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ErrorConcentration of(Plane truth, Plane prediction, Mask counted) {
        truth.requireSameShape("prediction", prediction);
        Plane errors = Plane.allocate(truth.height(), truth.width());
        for (int row = 0, at = 0; row < truth.height(); row++) {
            int x = truth.rowStart(row);
            int y = prediction.rowStart(row);
            for (int i = 0; i < truth.width(); i++, at++) {
                errors.array()[at] = Math.abs(prediction.array()[y + i] - truth.array()[x + i]);
            }
        }
        float[] sorted = ValueStatistics.ofFinite(errors, counted).toArray();
        double sum = 0;
        for (float error : sorted) {
            sum += error;
        }
        return new ErrorConcentration(sorted.length, share(sorted, 0.01, sum), share(sorted, 0.05, sum),
                share(sorted, 0.20, sum));
    }

    private static double share(float[] sorted, double part, double sum) {
        if (sum == 0) {
            return Double.NaN;
        }
        double worst = 0;
        for (int i = sorted.length - (int) Math.ceil(part * sorted.length); i < sorted.length; i++) {
            worst += sorted[i];
        }
        return worst / sum;
    }
}
