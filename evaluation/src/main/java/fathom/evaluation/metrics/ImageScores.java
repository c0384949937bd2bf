package fathom.evaluation.metrics;

/**
 * Three metrics of two images of the same size.
 *
 * @param mse mean squared error, in squared units of the images
 * @param psnr peak signal-to-noise ratio, dB; positive infinity if the images are identical
 * @param ssim mean structural similarity, −1 to 1; NaN if there is no window
 * @param pixels number of pixels that {@code mse} and {@code psnr} are computed over
 * @param windows number of windows that {@code ssim} is the mean of
 */
public record ImageScores(double mse, double psnr, double ssim, long pixels, long windows) {
    /** {@return the root of the mean squared error, in the unit of the images} */
    public double rmse() {
        return Math.sqrt(mse);
    }

    static ImageScores of(double mse, double range, double ssim, long pixels, long windows) {
        return new ImageScores(mse, ImageMetrics.psnr(mse, range), ssim, pixels, windows);
    }
}
