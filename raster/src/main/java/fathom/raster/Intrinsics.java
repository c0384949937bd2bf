package fathom.raster;

/**
 * A pinhole camera without distortion, in pixels.
 *
 * <pre>
 *     | fx  0  cx |
 * K = |  0 fy  cy |
 *     |  0  0   1 |
 * </pre>
 *
 * <p>The centre of pixel (row, column) is at x = column, y = row, as RGB-D datasets calibrate it. The camera looks along
 * +z, x points right, y down.
 *
 * @param fx focal length along x, pixels, above 0
 * @param fy focal length along y, pixels, above 0
 * @param cx column of the optical axis
 * @param cy row of the optical axis
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {
    public Intrinsics {
        if (!(fx > 0 && fx < Double.POSITIVE_INFINITY && fy > 0 && fy < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "focal lengths: expected finite pixels above 0, found " + fx + " and " + fy);
        }
        if (!Double.isFinite(cx) || !Double.isFinite(cy)) {
            throw new IllegalArgumentException(
                    "principal point: expected finite pixels, found (" + cx + ", " + cy + ")");
        }
    }

    /**
     * A camera with square pixels that looks through the middle of a picture.
     *
     * @param horizontalDegrees angle between the left and right edges of the picture, above 0 and below 180
     * @param height picture height, pixels
     * @param width picture width, pixels
     */
    public static Intrinsics fromFieldOfView(double horizontalDegrees, int height, int width) {
        Shapes.requireSize(height, width);
        if (!(horizontalDegrees > 0 && horizontalDegrees < 180)) {
            throw new IllegalArgumentException(
                    "horizontal field of view: expected degrees above 0 and below 180, found " + horizontalDegrees);
        }
        double focal = 0.5 * width / Math.tan(Math.toRadians(horizontalDegrees) / 2);
        return new Intrinsics(focal, focal, (width - 1) / 2.0, (height - 1) / 2.0);
    }

    /** Angle between the left and right edges of a picture {@code width} pixels wide, degrees. */
    public double horizontalFieldOfView(int width) {
        double left = Math.atan((cx + 0.5) / fx);
        double right = Math.atan((width - 0.5 - cx) / fx);
        return Math.toDegrees(left + right);
    }

    /** The camera of the same picture resized from [height, width] to [newHeight, newWidth], corners on corners. */
    public Intrinsics resized(int height, int width, int newHeight, int newWidth) {
        Shapes.requireSize(height, width);
        Shapes.requireSize(newHeight, newWidth);
        double sx = (double) newWidth / width;
        double sy = (double) newHeight / height;
        return new Intrinsics(fx * sx, fy * sy, (cx + 0.5) * sx - 0.5, (cy + 0.5) * sy - 0.5);
    }

    /**
     * Points of a depth map in camera coordinates: X = (column − cx)·z/fx, Y = (row − cy)·z/fy, Z = z.
     *
     * @param depth [H, W], any unit
     * @return [H, W, 3], the unit of {@code depth}; a pixel that is not finite stays so in all three coordinates
     */
    public float[] unproject(Plane depth) {
        int height = depth.height();
        int width = depth.width();
        float[] points = new float[Math.multiplyExact(depth.size(), 3)];
        float[] source = depth.array();
        for (int row = 0, at = 0; row < height; row++) {
            double y = (row - cy) / fy;
            int from = depth.rowStart(row);
            for (int column = 0; column < width; column++, at += 3) {
                double z = source[from + column];
                points[at] = (float) ((column - cx) / fx * z);
                points[at + 1] = (float) (y * z);
                points[at + 2] = (float) z;
            }
        }
        return points;
    }
}
