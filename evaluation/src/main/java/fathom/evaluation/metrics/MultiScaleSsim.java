package fathom.evaluation.metrics;

import java.util.Arrays;

import fathom.raster.GrayImage;
import fathom.raster.Plane;

/**
 * Multi-scale structural similarity, 1 for identical images: the product over five scales of a power of the mean
 * contrast-structure term, and at the coarsest scale of the luminance term.
 *
 * <pre>
 * MS-SSIM = S₅^w₅ · CS₁^w₁ · CS₂^w₂ · CS₃^w₃ · CS₄^w₄     w = .0448 .2856 .3001 .2363 .1333
 * CS      = mean over windows of (2·σxy + C2) / (σx² + σy² + C2)
 * S       = mean over windows of the structural similarity
 * </pre>
 *
 * <p>A window is an 11×11 Gaussian of sigma 1.5 with population covariance; only windows inside the image count. From one
 * scale to the next, 2×2 pixels become their mean; an odd last row or column is dropped. C1 = (0.01·range)², C2 =
 * (0.03·range)². A mean term below 0, which happens for negatively correlated images, counts as 0, because its power
 * is not real.
 *
 * <p>Source: Z. Wang, E. P. Simoncelli and A. C. Bovik, <i>Multi-scale structural similarity for image quality
 * assessment</i>, Asilomar Conference on Signals, Systems and Computers, 2003. Implementations differ in the mean: of the
 * products (here, as in the authors' code) or the product of the means.
 *
 * @see SsimOptions#WANG_2004
 */
public final class MultiScaleSsim {
    private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    private static final int SIDE = 11;
    private static final double SIGMA = 1.5;
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;

    /** The smallest height and width: one window at the coarsest scale, pixels. */
    public static final int LEAST_SIDE = SIDE << (WEIGHTS.length - 1);

    private MultiScaleSsim() {}

    /**
     * {@return the multi-scale similarity of two 8-bit images, 0 to 1, in float64, data range 255}
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @throws IllegalArgumentException if the shapes differ or a side is below {@link #LEAST_SIDE}
     */
    public static double of(GrayImage truth, GrayImage prediction) {
        truth.requireSameShape("prediction", prediction);
        return of(ImageMetrics.doubles(truth), ImageMetrics.doubles(prediction), truth.height(), truth.width(), 255);
    }

    /**
     * {@return the multi-scale similarity of two float32 images, 0 to 1, computed in float64} NaN in an image makes the
     * result NaN.
     *
     * @param truth the reference image
     * @param prediction the image to score, of the same shape
     * @param range distance between the smallest and the largest possible value, above 0
     * @throws IllegalArgumentException if the shapes differ, a side is below {@link #LEAST_SIDE} or the range is not
     *         finite and above 0
     */
    public static double of(Plane truth, Plane prediction, double range) {
        truth.requireSameShape("prediction", prediction);
        if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("data range: expected a finite number above 0, found " + range);
        }
        return of(ImageMetrics.doubles(truth), ImageMetrics.doubles(prediction), truth.height(), truth.width(), range);
    }

    private static double of(double[] x, double[] y, int height, int width, double range) {
        if (height < LEAST_SIDE || width < LEAST_SIDE) {
            throw new IllegalArgumentException("MS-SSIM needs pictures of at least " + LEAST_SIDE + "×" + LEAST_SIDE
                    + " pixels, one window at the coarsest scale; found " + width + "×" + height + " (width×height)");
        }
        double product = 1;
        double[] truth = x;
        double[] prediction = y;
        int rows = height;
        int columns = width;
        for (int scale = 0; scale < WEIGHTS.length; scale++) {
            boolean coarsest = scale == WEIGHTS.length - 1;
            product *= Math.pow(atLeastZero(mean(truth, prediction, rows, columns, range, coarsest)), WEIGHTS[scale]);
            if (!coarsest) {
                truth = halved(truth, rows, columns);
                prediction = halved(prediction, rows, columns);
                rows /= 2;
                columns /= 2;
            }
        }
        return product;
    }

    private static double atLeastZero(double value) {
        return value < 0 ? 0 : value;
    }

    /** Returns the mean over the windows of the contrast-structure term, multiplied by the luminance term if asked. */
    private static double mean(double[] x, double[] y, int height, int width, double range, boolean luminance) {
        double c1 = K1 * range * K1 * range;
        double c2 = K2 * range * K2 * range;
        double[] ux = filtered(x, height, width);
        double[] uy = filtered(y, height, width);
        double[] uxx = filtered(products(x, x), height, width);
        double[] uyy = filtered(products(y, y), height, width);
        double[] uxy = filtered(products(x, y), height, width);
        double sum = 0;
        for (int i = 0; i < ux.length; i++) {
            double covariance = uxy[i] - ux[i] * uy[i];
            double variances = uxx[i] - ux[i] * ux[i] + (uyy[i] - uy[i] * uy[i]);
            double term = (2 * covariance + c2) / (variances + c2);
            sum += luminance ? term * (2 * ux[i] * uy[i] + c1) / (ux[i] * ux[i] + uy[i] * uy[i] + c1) : term;
        }
        return sum / ux.length;
    }

    /** Returns the weighted means of the windows inside an [H, W] array, [H − 10, W − 10]. */
    private static double[] filtered(double[] values, int height, int width) {
        double[] weights = weights();
        int columns = width - SIDE + 1;
        int rows = height - SIDE + 1;
        double[] once = new double[height * columns];
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = row * width; from < row * width + columns; from++) {
                double sum = 0;
                for (int k = 0; k < SIDE; k++) {
                    sum += weights[k] * values[from + k];
                }
                once[at++] = sum;
            }
        }
        double[] twice = new double[rows * columns];
        for (int i = 0; i < twice.length; i++) {
            double sum = 0;
            for (int k = 0; k < SIDE; k++) {
                sum += weights[k] * once[i + k * columns];
            }
            twice[i] = sum;
        }
        return twice;
    }

    private static double[] weights() {
        double[] weights = new double[SIDE];
        for (int k = 0; k < SIDE; k++) {
            int distance = k - SIDE / 2;
            weights[k] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
        }
        double sum = Arrays.stream(weights).sum();
        for (int k = 0; k < SIDE; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static double[] products(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = a[i] * b[i];
        }
        return products;
    }

    /** Returns the means of 2×2 pixels, [H / 2, W / 2]. */
    private static double[] halved(double[] values, int height, int width) {
        double[] halved = new double[(height / 2) * (width / 2)];
        for (int row = 0, at = 0; row < height / 2; row++) {
            for (int column = 0; column < width / 2; column++) {
                int from = 2 * row * width + 2 * column;
                halved[at++] = (values[from] + values[from + 1] + values[from + width] + values[from + width + 1]) / 4;
            }
        }
        return halved;
    }
}
