package fathom.evaluation.normals;

import fathom.raster.Intrinsics;

/**
 * Vectors from depth: the point of each pixel and the unit normal of a triangle or a cross of points, [H, W, 3], float64.
 * Not values of equality; arrays are not copied.
 */
final class PointNormals {
    /** A normal shorter than this has no direction. */
    static final double SHORTEST = 1e-5;
    private static final double LEAST_LENGTH = 1e-12;

    private PointNormals() {}

    /** Writes the camera coordinates of a pixel with that depth at {@code points[3 * at]}. */
    static void point(Intrinsics camera, int row, int column, double depth, double[] points, int at) {
        points[3 * at] = (column - camera.cx()) / camera.fx() * depth;
        points[3 * at + 1] = (row - camera.cy()) / camera.fy() * depth;
        points[3 * at + 2] = depth;
    }

    /**
     * Writes the unit normal of two edges, from point {@code a} to {@code b} and from {@code c} to {@code d}, at
     * {@code normals[3 * at]}: the cross product of the unit edges, divided by its length.
     *
     * @return whether the edges are long enough and not parallel
     */
    static boolean normal(double[] points, int a, int b, int c, int d, double[] normals, int at) {
        double x1 = points[3 * b] - points[3 * a];
        double y1 = points[3 * b + 1] - points[3 * a + 1];
        double z1 = points[3 * b + 2] - points[3 * a + 2];
        double x2 = points[3 * d] - points[3 * c];
        double y2 = points[3 * d + 1] - points[3 * c + 1];
        double z2 = points[3 * d + 2] - points[3 * c + 2];
        double lengths = atLeast(length(x1, y1, z1), LEAST_LENGTH) * atLeast(length(x2, y2, z2), LEAST_LENGTH);
        double x = (y1 * z2 - z1 * y2) / lengths;
        double y = (z1 * x2 - x1 * z2) / lengths;
        double z = (x1 * y2 - y1 * x2) / lengths;
        double length = length(x, y, z);
        double divisor = atLeast(length, SHORTEST);
        normals[3 * at] = x / divisor;
        normals[3 * at + 1] = y / divisor;
        normals[3 * at + 2] = z / divisor;
        return length > SHORTEST;
    }

    /** Returns the angle between two unit vectors, radians, 0 to π. */
    static double angle(double[] a, int i, double[] b, int j) {
        double dot = a[3 * i] * b[3 * j] + a[3 * i + 1] * b[3 * j + 1] + a[3 * i + 2] * b[3 * j + 2];
        return Math.acos(Math.max(-1, Math.min(1, dot)));
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }

    private static double atLeast(double value, double least) {
        return value < least ? least : value;
    }
}
