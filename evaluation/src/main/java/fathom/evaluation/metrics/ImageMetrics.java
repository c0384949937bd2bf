package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Mean squared error, peak signal-to-noise ratio and structural similarity of two images, equal to scikit-image 0.19
 * ({@code skimage.metrics}) for arrays of the same type.
 *
 * <pre>
 * MSE  = mean (x − y)²
 * RMSE = √MSE
 * PSNR = 10·log10(range² / MSE)                                               dB, ∞ for identical images
 * SSIM = mean over windows of (2·µx·µy + C1)(2·σxy + C2) / ((µx² + µy² + C1)(σx² + σy² + C2))
 *        C1 = (0.01·range)², C2 = (0.03·range)²                               −1 to 1, 1 for identical images
 * </pre>
 *
 * <ul>
 * <li>8-bit images: data range 255, float64 arithmetic; the sums here are exact integers, so the result does not depend on
 * their order;
 * <li>{@link Plane}s are float32 arrays: differences, squares and the whole structural similarity are in float32;
 * <li>{@code double[]} are float64 arrays.
 * </ul>
 *
 * <p>A float array has no data range (scikit-image would assume −1 to 1), so it is a parameter: the distance between the
 * smallest and the largest value that the data could have. SSIM is the mean over all windows inside the image; by
 * default a window has 7×7 pixels of equal weight. NaN in a float image makes the results NaN.
 *
 * <p>Limits: PSNR depends on the range, and an error of 1 gives 48.1 dB at range 255 and 0 dB at range 1. SSIM and PSNR
 * compare the values of images; for depth in metres they are no substitute for relative errors. An image must have at
 * least one window, 7×7 pixels; the {@code scoreIfFits} methods return NaN for SSIM instead of an exception.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="metrics"}
 *
 * @see SsimOptions
 * @see Metric
 */
public final class ImageMetrics {
    private ImageMetrics() {}

    /**
     * {@return all three metrics of two 8-bit images, with the defaults of scikit-image, in one pass}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ or the images are smaller than a window
     */
    public static ImageScores score(GrayImage truth, GrayImage prediction) {
        SsimOptions.DEFAULT.requireFits(truth.height(), truth.width());
        return scoreIfFits(truth, prediction);
    }

    /**
     * {@return the same metrics as {@link #score(GrayImage, GrayImage)}, but SSIM is NaN if the images are smaller than
     * a window}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ImageScores scoreIfFits(GrayImage truth, GrayImage prediction) {
        truth.requireSameShape("prediction", prediction);
        return ByteSimilarity.of(truth, prediction, null, SsimOptions.DEFAULT).scores();
    }

    /**
     * {@return all three metrics of two 8-bit images over the pixels where {@code valid} is true} MSE and PSNR are over
     * these pixels. SSIM is the mean over the windows whose 7×7 pixels are all valid, and NaN if there is no such
     * window. Invalid pixels therefore have no influence on any of them.
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param valid true for the pixels to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid
     */
    public static ImageScores score(GrayImage truth, GrayImage prediction, Mask valid) {
        truth.requireSameShape("prediction", prediction);
        if (valid.height() != truth.height() || valid.width() != truth.width()) {
            throw new IllegalArgumentException("valid: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + valid.height() + ", " + valid.width() + "]");
        }
        ImageScores scores = ByteSimilarity.of(truth, prediction, valid, SsimOptions.DEFAULT).scores();
        if (scores.pixels() == 0) {
            throw new IllegalArgumentException("valid: expected at least one valid pixel, found none");
        }
        return scores;
    }

    /**
     * {@return all three metrics of two RGB images: MSE and PSNR over all channels together, SSIM averaged over the
     * channels}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ or the images are smaller than a window
     */
    public static ImageScores score(RgbImage truth, RgbImage prediction) {
        SsimOptions.DEFAULT.requireFits(truth.height(), truth.width());
        return scoreIfFits(truth, prediction);
    }

    /**
     * {@return the same metrics as {@link #score(RgbImage, RgbImage)}, but SSIM is NaN if the images are smaller than a
     * window}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ImageScores scoreIfFits(RgbImage truth, RgbImage prediction) {
        long squaredError = 0;
        double ssim = 0;
        long pixels = 0;
        long windows = 0;
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            GrayImage x = GrayImage.ofChannel(truth, channel);
            GrayImage y = GrayImage.ofChannel(prediction, channel);
            x.requireSameShape("prediction", y);
            ByteSimilarity one = ByteSimilarity.of(x, y, null, SsimOptions.DEFAULT);
            squaredError += one.squaredError();
            ssim += one.scores().ssim();
            pixels = one.scores().pixels();
            windows = one.scores().windows();
        }
        double mse = squaredError / ((double) pixels * RgbImage.CHANNELS);
        return ImageScores.of(mse, 255, ssim / RgbImage.CHANNELS, pixels, windows);
    }

    /**
     * {@return all three metrics of two float32 images}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if the shapes differ or the images are smaller than a window
     */
    public static ImageScores score(Plane truth, Plane prediction, double range) {
        SsimOptions.DEFAULT.requireFits(truth.height(), truth.width());
        return scoreIfFits(truth, prediction, range);
    }

    /**
     * {@return the same metrics as {@link #score(Plane, Plane, double)}, but SSIM is NaN if the images are smaller than
     * a window}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if the shapes differ
     */
    public static ImageScores scoreIfFits(Plane truth, Plane prediction, double range) {
        double mse = mse(truth, prediction);
        boolean fits = SsimOptions.DEFAULT.fits(truth.height(), truth.width());
        double ssim = fits ? ssim(truth, prediction, range, SsimOptions.DEFAULT) : Double.NaN;
        return ImageScores.of(mse, range, ssim, truth.size(), fits ? windows(truth.height(), truth.width()) : 0);
    }

    /**
     * {@return all three metrics of two float64 images}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param height number of rows
     * @param width number of columns
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if a length is not height * width, or the images are smaller than a window
     */
    public static ImageScores score(double[] truth, double[] prediction, int height, int width, double range) {
        SsimOptions.DEFAULT.requireFits(height, width);
        return scoreIfFits(truth, prediction, height, width, range);
    }

    /**
     * {@return the same metrics as {@link #score(double[], double[], int, int, double)}, but SSIM is NaN if the images
     * are smaller than a window}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param height number of rows
     * @param width number of columns
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if a length is not height * width
     */
    public static ImageScores scoreIfFits(double[] truth, double[] prediction, int height, int width, double range) {
        double mse = mse(truth, prediction);
        boolean fits = SsimOptions.DEFAULT.fits(height, width);
        double ssim = fits ? ssim(truth, prediction, height, width, range, SsimOptions.DEFAULT) : Double.NaN;
        return ImageScores.of(mse, range, ssim, truth.length, fits ? windows(height, width) : 0);
    }

    /**
     * {@return the mean structural similarity of two 8-bit images}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param options definition of SSIM
     * @throws IllegalArgumentException if the shapes differ or the images are smaller than a window
     */
    public static double ssim(GrayImage truth, GrayImage prediction, SsimOptions options) {
        truth.requireSameShape("prediction", prediction);
        options.requireFits(truth.height(), truth.width());
        if (!options.gaussian() && options.window() <= ByteSimilarity.MAX_WINDOW) {
            return ByteSimilarity.of(truth, prediction, null, options).scores().ssim();
        }
        return new FloatSimilarity(truth.height(), truth.width(), false, options).mean(doubles(truth),
                doubles(prediction), 255);
    }

    /**
     * {@return the mean structural similarity of two float32 images}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param range distance between the smallest and the largest possible value, above 0
     * @param options definition of SSIM
     * @throws IllegalArgumentException if the shapes differ or the images are smaller than a window
     */
    public static double ssim(Plane truth, Plane prediction, double range, SsimOptions options) {
        truth.requireSameShape("prediction", prediction);
        requireRange(range);
        return new FloatSimilarity(truth.height(), truth.width(), true, options).mean(doubles(truth),
                doubles(prediction), range);
    }

    /**
     * {@return the mean structural similarity of two float64 images}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param height number of rows
     * @param width number of columns
     * @param range distance between the smallest and the largest possible value, above 0
     * @param options definition of SSIM
     * @throws IllegalArgumentException if a length is not height * width, or the images are smaller than a window
     */
    public static double ssim(double[] truth, double[] prediction, int height, int width, double range,
            SsimOptions options) {
        requireRange(range);
        long size = (long) height * width;
        if (height < 1 || width < 1 || truth.length != size || prediction.length != size) {
            throw new IllegalArgumentException("pictures: expected " + height + "×" + width + " values each, found "
                    + truth.length + " and " + prediction.length);
        }
        return new FloatSimilarity(height, width, false, options).mean(truth, prediction, range);
    }

    /**
     * {@return the mean squared error of two float32 images: differences and squares in float32, their mean in float64}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double mse(Plane truth, Plane prediction) {
        truth.requireSameShape("prediction", prediction);
        double sum = 0;
        for (int row = 0; row < truth.height(); row++) {
            int x = truth.rowStart(row);
            int y = prediction.rowStart(row);
            double rowSum = 0;
            for (int i = 0; i < truth.width(); i++) {
                float difference = truth.array()[x + i] - prediction.array()[y + i];
                rowSum += difference * difference;
            }
            sum += rowSum;
        }
        return sum / truth.size();
    }

    /**
     * {@return the mean squared error of two float64 arrays of the same length}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the lengths differ or are 0
     */
    public static double mse(double[] truth, double[] prediction) {
        if (truth.length != prediction.length || truth.length == 0) {
            throw new IllegalArgumentException("prediction: expected as many values as the truth, at least one; found "
                    + truth.length + " and " + prediction.length);
        }
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double difference = truth[i] - prediction[i];
            sum += difference * difference;
        }
        return sum / truth.length;
    }

    /**
     * {@return the peak signal-to-noise ratio, dB; positive infinity for an error of 0}
     *
     * @param mse mean squared error
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if the range is not finite and above 0
     */
    public static double psnr(double mse, double range) {
        requireRange(range);
        return 10 * Math.log10(range * range / mse);
    }

    private static void requireRange(double range) {
        if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("data range: expected a finite number above 0, found " + range);
        }
    }

    private static long windows(int height, int width) {
        int margin = SsimOptions.DEFAULT.window() - 1;
        return (long) (height - margin) * (width - margin);
    }

    static double[] doubles(GrayImage image) {
        double[] values = new double[image.height() * image.width()];
        for (int row = 0, at = 0; row < image.height(); row++) {
            int from = image.rowStart(row);
            for (int i = 0; i < image.width(); i++) {
                values[at++] = image.array()[from + i] & 0xFF;
            }
        }
        return values;
    }

    static double[] doubles(Plane plane) {
        double[] values = new double[plane.size()];
        for (int row = 0, at = 0; row < plane.height(); row++) {
            int from = plane.rowStart(row);
            for (int i = 0; i < plane.width(); i++) {
                values[at++] = plane.array()[from + i];
            }
        }
        return values;
    }
}
