package fathom.evaluation.metrics;

/**
 * Three errors between two pictures of the same size.
 *
 * @param mse mean squared error, squared units of the pictures
 * @param psnr peak signal-to-noise ratio, dB; positive infinity where the pictures are identical
 * @param ssim mean structural similarity, −1 to 1; NaN where no window could be scored
 * @param pixels pixels that {@code mse} and {@code psnr} are taken over
 * @param windows windows that {@code ssim} is the mean of
 */
public record ImageScores(double mse, double psnr, double ssim, long pixels, long windows) {
    /** Root of the mean squared error, the unit of the pictures. */
    public double rmse() {
        return Math.sqrt(mse);
    }

    static ImageScores of(double mse, double range, double ssim, long pixels, long windows) {
        return new ImageScores(mse, ImageMetrics.psnr(mse, range), ssim, pixels, windows);
    }
}
