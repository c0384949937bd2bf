package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Mask;

/** A literal implementation of the definitions: each window separately, means first, then squared differences from them. */
final class SlowMetrics {
    private SlowMetrics() {}

    static double mse(double[][] x, double[][] y, Mask valid) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < x.length; row++) {
            for (int column = 0; column < x[0].length; column++) {
                if (valid.get(row, column)) {
                    sum += (x[row][column] - y[row][column]) * (x[row][column] - y[row][column]);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** Returns the mean over the windows whose every pixel is valid; NaN if there is none. */
    static double ssim(double[][] x, double[][] y, Mask valid, double range, SsimOptions options) {
        double[] weights = weights(options);
        int window = options.window();
        double sum = 0;
        int count = 0;
        for (int top = 0; top + window <= x.length; top++) {
            for (int left = 0; left + window <= x[0].length; left++) {
                if (valid.crop(top, left, window, window).count() == window * window) {
                    sum += window(x, y, top, left, weights, range, options);
                    count++;
                }
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static double[] weights(SsimOptions options) {
        int window = options.window();
        double[] weights = new double[window * window];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double dy = i / window - window / 2;
            double dx = i % window - window / 2;
            double distance = (dx * dx + dy * dy) / (2 * options.sigma() * options.sigma());
            weights[i] = options.gaussian() ? Math.exp(-distance) : 1;
            total += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= total;
        }
        return weights;
    }

    private static double window(double[][] x, double[][] y, int top, int left, double[] weights, double range,
            SsimOptions options) {
        int window = options.window();
        double ux = 0;
        double uy = 0;
        for (int i = 0; i < weights.length; i++) {
            ux += weights[i] * x[top + i / window][left + i % window];
            uy += weights[i] * y[top + i / window][left + i % window];
        }
        double vx = 0;
        double vy = 0;
        double vxy = 0;
        for (int i = 0; i < weights.length; i++) {
            double dx = x[top + i / window][left + i % window] - ux;
            double dy = y[top + i / window][left + i % window] - uy;
            vx += weights[i] * dx * dx;
            vy += weights[i] * dy * dy;
            vxy += weights[i] * dx * dy;
        }
        double norm = options.sampleCovariance() ? weights.length / (weights.length - 1.0) : 1;
        double c1 = Math.pow(options.k1() * range, 2);
        double c2 = Math.pow(options.k2() * range, 2);
        return (2 * ux * uy + c1) * (2 * norm * vxy + c2) / ((ux * ux + uy * uy + c1) * (norm * vx + norm * vy + c2));
    }

    static double[][] values(GrayImage image) {
        double[][] values = new double[image.height()][image.width()];
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[0].length; column++) {
                values[row][column] = image.get(row, column);
            }
        }
        return values;
    }
}
