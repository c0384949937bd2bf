package fathom.evaluation.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Structural similarity of two float arrays, operation by operation like scikit-image 0.19 with SciPy 1.10: in float32
 * if the arrays are float32 (every intermediate array is rounded; the running sum of a filter is float64), otherwise in
 * float64. The rounding affects the result: on smooth maps the variances are small differences of large means.
 *
 * <p>A float32 operation is computed in float64 and then rounded, which gives the same float32 value for +, −, × and ÷.
 */
final class FloatSimilarity {
    private final int height;
    private final int width;
    private final boolean single;
    private final SsimOptions options;

    FloatSimilarity(int height, int width, boolean single, SsimOptions options) {
        options.requireFits(height, width);
        this.height = height;
        this.width = width;
        this.single = single;
        this.options = options;
    }

    /** Returns the mean structural similarity over the windows of [H, W] row-major arrays, which are not changed. */
    double mean(double[] x, double[] y, double range) {
        double[] ux = filtered(x);
        double[] uy = filtered(y);
        double[] uxx = filtered(products(x, x));
        double[] uyy = filtered(products(y, y));
        double[] uxy = filtered(products(x, y));
        double c1 = round(square(options.k1() * range));
        double c2 = round(square(options.k2() * range));
        double norm = round(options.covarianceNorm());
        int margin = options.window() / 2;
        double sum = 0;
        for (int row = margin; row < height - margin; row++) {
            double rowSum = 0;
            for (int i = row * width + margin; i < (row + 1) * width - margin; i++) {
                rowSum += similarity(ux[i], uy[i], uxx[i], uyy[i], uxy[i], norm, c1, c2);
            }
            sum += rowSum;
        }
        return sum / ((double) (height - 2 * margin) * (width - 2 * margin));
    }

    private double similarity(double ux, double uy, double uxx, double uyy, double uxy, double norm, double c1,
            double c2) {
        double xx = round(ux * ux);
        double yy = round(uy * uy);
        double vx = round(norm * round(uxx - xx));
        double vy = round(norm * round(uyy - yy));
        double vxy = round(norm * round(uxy - round(ux * uy)));
        double a1 = round(round(round(2 * ux) * uy) + c1);
        double a2 = round(round(2 * vxy) + c2);
        double b1 = round(round(xx + yy) + c1);
        double b2 = round(round(vx + vy) + c2);
        return round(round(a1 * a2) / round(b1 * b2));
    }

    private double[] products(double[] a, double[] b) {
        double[] products = new double[a.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = round(a[i] * b[i]);
        }
        return products;
    }

    /** Returns the local (weighted) means, [H, W]: along columns first, then along rows, mirrored at the edges. */
    private double[] filtered(double[] values) {
        double[] weights = options.gaussian() ? gaussian() : null;
        double[] once = new double[values.length];
        double[] twice = new double[values.length];
        int radius = options.window() / 2;
        double[] line = new double[Math.max(height, width) + 2 * radius];
        for (int column = 0; column < width; column++) {
            load(values, column, width, height, radius, line);
            filterLine(line, radius, weights, once, column, width, height);
        }
        for (int row = 0; row < height; row++) {
            load(once, row * width, 1, width, radius, line);
            filterLine(line, radius, weights, twice, row * width, 1, width);
        }
        return twice;
    }

    /**
     * Copies {@code length} values to the middle of {@code line} and mirrors them at both ends: d c b a | a b c d | d c
     * b a.
     */
    private static void load(double[] from, int start, int step, int length, int radius, double[] line) {
        for (int i = 0; i < length; i++) {
            line[radius + i] = from[start + i * step];
        }
        for (int i = 0; i < radius; i++) {
            line[radius - 1 - i] = line[radius + i];
            line[radius + length + i] = line[radius + length - 1 - i];
        }
    }

    private void filterLine(double[] line, int radius, double @Nullable [] weights, double[] to, int start, int step,
            int length) {
        if (weights == null) {
            uniform(line, 2 * radius + 1, to, start, step, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            double sum = line[radius + i] * weights[0];
            for (int k = radius; k > 0; k--) {
                sum += (line[radius + i - k] + line[radius + i + k]) * weights[k];
            }
            to[start + i * step] = round(sum);
        }
    }

    /** Computes uniform_filter1d of SciPy: one running sum per line, which is never restarted. */
    private void uniform(double[] line, int size, double[] to, int start, int step, int length) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += line[i];
        }
        to[start] = round(sum / size);
        for (int i = 1; i < length; i++) {
            sum += line[size + i - 1] - line[i - 1];
            to[start + i * step] = round(sum / size);
        }
    }

    /** Returns the weights by distance from the centre, 0 to the radius; the whole kernel sums to 1. */
    private double[] gaussian() {
        int radius = options.window() / 2;
        double[] weights = new double[radius + 1];
        double sum = 0;
        for (int k = radius; k >= 0; k--) {
            weights[k] = Math.exp(-0.5 / square(options.sigma()) * (k * k));
            sum += k == 0 ? weights[k] : 2 * weights[k];
        }
        for (int k = 0; k <= radius; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private double round(double value) {
        return single ? (float) value : value;
    }

    private static double square(double value) {
        return value * value;
    }
}
