package fathom.evaluation.normals;

import java.util.Arrays;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The angles between the surface normals of a predicted and a measured depth map, degrees, 0 to 180.
 *
 * <p>The normal of a pixel is the unit cross product of the vectors between its left and right and between its upper and
 * lower neighbours, as points in camera coordinates. A pixel counts if the four neighbours are valid and both maps have a
 * normal there. Aligned predictions keep their normals under a change of scale, but not under a shift.
 *
 * <p>Measures of Fouhey et al., <i>Data-Driven 3D Primitives for Single Image Understanding</i>, ICCV 2013.
 *
 * @param mean mean angle, degrees
 * @param median median angle, degrees; the mean of the middle two for an even count
 * @param within11 share of pixels with an angle below 11.25°, 0 to 1
 * @param within22 share of pixels with an angle below 22.5°, 0 to 1
 * @param within30 share of pixels with an angle below 30°, 0 to 1
 * @param pixels the number of counted pixels
 * @param missing the number of pixels that have a normal in the truth only
 */
public record NormalError(double mean, double median, double within11, double within22, double within30, int pixels,
        int missing) {
    /**
     * {@return the angles over the valid pixels}
     *
     * @param prediction predicted depth along the optical axis, [H, W]
     * @param predictionCamera the camera of the prediction
     * @param truth measured depth, [H, W]
     * @param truthCamera the camera of the truth
     * @param valid true where the truth is a measurement, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel has a normal in both maps
     */
    public static NormalError of(Plane prediction, Intrinsics predictionCamera, Plane truth, Intrinsics truthCamera,
            Mask valid) throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        if (valid.height() != truth.height() || valid.width() != truth.width()) {
            throw new IllegalArgumentException("valid: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + valid.height() + ", " + valid.width() + "]");
        }
        int width = truth.width();
        double[] predicted = points(prediction, predictionCamera);
        double[] measured = points(truth, truthCamera);
        double[] pair = new double[6];
        double[] angles = new double[truth.size()];
        int pixels = 0;
        int missing = 0;
        for (int row = 1; row < truth.height() - 1; row++) {
            for (int at = row * width + 1; at < (row + 1) * width - 1; at++) {
                if (!crossIsValid(valid.array(), at, width) || !normal(measured, at, width, pair, 0)) {
                    continue;
                }
                if (normal(predicted, at, width, pair, 1)) {
                    angles[pixels++] = Math.toDegrees(PointNormals.angle(pair, 0, pair, 1));
                } else {
                    missing++;
                }
            }
        }
        if (pixels == 0) {
            throw new UnscorableException("no pixel has four measured neighbours and a predicted surface normal");
        }
        return of(Arrays.copyOf(angles, pixels), missing);
    }

    private static NormalError of(double[] angles, int missing) {
        Arrays.sort(angles);
        double sum = 0;
        for (double angle : angles) {
            sum += angle;
        }
        int n = angles.length;
        return new NormalError(sum / n, (angles[(n - 1) / 2] + angles[n / 2]) / 2, below(angles, 11.25),
                below(angles, 22.5), below(angles, 30), n, missing);
    }

    private static double below(double[] angles, double limit) {
        int below = 0;
        while (below < angles.length && angles[below] < limit) {
            below++;
        }
        return (double) below / angles.length;
    }

    private static boolean crossIsValid(boolean[] valid, int at, int width) {
        return valid[at - 1] && valid[at + 1] && valid[at - width] && valid[at + width];
    }

    private static boolean normal(double[] points, int at, int width, double[] normals, int index) {
        return PointNormals.normal(points, at - 1, at + 1, at - width, at + width, normals, index);
    }

    private static double[] points(Plane depth, Intrinsics camera) {
        double[] points = new double[3 * depth.size()];
        for (int row = 0, at = 0; row < depth.height(); row++) {
            for (int column = 0; column < depth.width(); column++, at++) {
                PointNormals.point(camera, row, column, depth.array()[depth.rowStart(row) + column], points, at);
            }
        }
        return points;
    }
}
