package fathom.evaluation.edges;

import java.util.Arrays;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * How flat, and in which direction, a prediction places a planar surface (iBims-1: Koch et al., 2018, section 3.2). The
 * prediction is first scaled so that its median on the surface is that of the truth.
 *
 * @param flatness standard deviation of the distances to the fitted plane, centimetres; NaN if the surface was not
 *     measured
 * @param orientation angle between the fitted plane and the true one, degrees, 0 to 90; NaN if the surface was not
 *     measured
 * @param points number of pixels with a prediction; 0 if the surface was not measured
 */
public record PlanarityError(double flatness, double orientation, int points) {
    /** Pixels of the smallest surface that is measured: 5 % of 640 × 480. */
    public static final int MIN_PIXELS = 15_360;

    private static final PlanarityError NOT_MEASURED = new PlanarityError(Double.NaN, Double.NaN, 0);

    /**
     * {@return the error on a surface} The surface is not measured if it has fewer than {@link #MIN_PIXELS} pixels or
     * fewer than three predictions. A depth of 0, NaN or infinity is missing.
     *
     * @param truth depth, [H, W], metres
     * @param prediction depth up to scale, [H, W]
     * @param surface pixels of the surface, [H, W]
     * @param normal of the true plane, any length, in the axes of iBims-1: x to the right, y forward, z up
     * @param camera of the maps
     * @throws IllegalArgumentException if the shapes differ or the normal has not three coordinates
     */
    public static PlanarityError of(Plane truth, Plane prediction, Mask surface, double[] normal, Intrinsics camera) {
        truth.requireSameShape("prediction", prediction);
        if (surface.height() != truth.height() || surface.width() != truth.width()) {
            throw new IllegalArgumentException("surface: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + surface.height() + ", " + surface.width() + "]");
        }
        if (normal.length != 3) {
            throw new IllegalArgumentException("normal: expected 3 coordinates, found " + normal.length);
        }
        if (surface.count() < MIN_PIXELS) {
            return NOT_MEASURED;
        }
        double[] points = points(prediction, surface, camera);
        int count = points.length / 3;
        if (count < 3) {
            return NOT_MEASURED;
        }
        double scale = median(truth, surface) / median(prediction, surface);
        double[] mean = mean(points);
        double[] fitted = SmallestEigenvector.of(covariance(points, mean));
        return new PlanarityError(100 * Math.abs(scale) * deviation(points, mean, fitted), angle(normal, fitted),
                count);
    }

    private static boolean known(float depth) {
        return depth != 0 && Float.isFinite(depth);
    }

    private static double median(Plane depth, Mask surface) {
        double[] values = new double[surface.count()];
        int count = 0;
        for (int row = 0, at = 0; row < depth.height(); row++) {
            for (int from = depth.rowStart(row), end = from + depth.width(); from < end; from++, at++) {
                if (surface.array()[at] && known(depth.array()[from])) {
                    values[count++] = depth.array()[from];
                }
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, count);
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    /** Points [n, 3] in the axes of iBims-1: right, forward, up. */
    private static double[] points(Plane depth, Mask surface, Intrinsics camera) {
        double[] points = new double[3 * surface.count()];
        int count = 0;
        for (int row = 0, at = 0; row < depth.height(); row++) {
            int from = depth.rowStart(row);
            for (int column = 0; column < depth.width(); column++, at++) {
                float z = depth.array()[from + column];
                if (surface.array()[at] && known(z)) {
                    points[count++] = (column - camera.cx()) * z / camera.fx();
                    points[count++] = z;
                    points[count++] = (camera.cy() - row) * z / camera.fy();
                }
            }
        }
        return Arrays.copyOf(points, count);
    }

    private static double[] mean(double[] points) {
        double[] mean = new double[3];
        for (int i = 0; i < points.length; i++) {
            mean[i % 3] += points[i];
        }
        for (int axis = 0; axis < 3; axis++) {
            mean[axis] *= 3.0 / points.length;
        }
        return mean;
    }

    private static double[][] covariance(double[] points, double[] mean) {
        double[][] covariance = new double[3][3];
        for (int i = 0; i < points.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    covariance[a][b] += (points[i + a] - mean[a]) * (points[i + b] - mean[b]);
                }
            }
        }
        return covariance;
    }

    private static double deviation(double[] points, double[] mean, double[] normal) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < points.length; i += 3) {
            double distance = 0;
            for (int axis = 0; axis < 3; axis++) {
                distance += (points[i + axis] - mean[axis]) * normal[axis];
            }
            sum += distance;
            squares += distance * distance;
        }
        double count = points.length / 3.0;
        return Math.sqrt(Math.max(0, squares / count - sum / count * (sum / count)));
    }

    private static double angle(double[] a, double[] b) {
        double x = a[1] * b[2] - a[2] * b[1];
        double y = a[2] * b[0] - a[0] * b[2];
        double z = a[0] * b[1] - a[1] * b[0];
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        return Math.toDegrees(Math.atan2(Math.sqrt(x * x + y * y + z * z), Math.abs(dot)));
    }
}
