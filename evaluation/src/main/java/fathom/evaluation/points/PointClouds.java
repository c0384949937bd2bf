package fathom.evaluation.points;

import java.util.Arrays;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** Point clouds, [n, 3] float32 in row-major order. */
public final class PointClouds {
    private PointClouds() {}

    /**
     * {@return the points of the masked pixels in camera coordinates, [n, 3], in the unit of the depth}
     *
     * @param depth [H, W]
     * @param camera of the map
     * @param mask [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @see Intrinsics#unproject
     */
    public static float[] unproject(Plane depth, Intrinsics camera, Mask mask) {
        if (mask.height() != depth.height() || mask.width() != depth.width()) {
            throw new IllegalArgumentException("mask: expected [" + depth.height() + ", " + depth.width() + "], found ["
                    + mask.height() + ", " + mask.width() + "]");
        }
        float[] points = camera.unproject(depth);
        int count = 0;
        for (int i = 0; i < mask.array().length; i++) {
            if (mask.array()[i]) {
                System.arraycopy(points, 3 * i, points, 3 * count, 3);
                count++;
            }
        }
        return Arrays.copyOf(points, 3 * count);
    }

    /**
     * {@return whether no coordinate is NaN or infinite}
     *
     * @param points [n, 3]
     */
    public static boolean isFinite(float[] points) {
        for (float coordinate : points) {
            if (!Float.isFinite(coordinate)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether no coordinate of a point is NaN or infinite} */
    static boolean isFinite(float[] points, int index) {
        return Float.isFinite(points[3 * index]) && Float.isFinite(points[3 * index + 1])
                && Float.isFinite(points[3 * index + 2]);
    }

    /** {@return a copy of the points that are finite} */
    static float[] finite(float[] points) {
        float[] finite = new float[points.length];
        int count = 0;
        for (int i = 0; i < points.length / 3; i++) {
            if (isFinite(points, i)) {
                System.arraycopy(points, 3 * i, finite, 3 * count, 3);
                count++;
            }
        }
        return Arrays.copyOf(finite, 3 * count);
    }

    /** {@return the number of points} */
    static int count(float[] points) {
        if (points.length % 3 != 0) {
            throw new IllegalArgumentException(
                    "points: expected three coordinates each, found " + points.length + " in all");
        }
        return points.length / 3;
    }
}
