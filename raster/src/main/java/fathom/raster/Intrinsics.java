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
 * <p>The centre of pixel (row, column) is at x = column, y = row, which is the convention of RGB-D datasets and of OpenCV.
 * The camera looks along +z; x points right, y points down. A point (X, Y, Z) projects to x = fx·X/Z + cx, y = fy·Y/Z +
 * cy.
 *
 * <p>Intrinsics belong to one image size. Use {@link #resized} after an image has been resized. Libraries that place the
 * centre of the first pixel at (0.5, 0.5) use cx and cy that are larger by 0.5.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="intrinsics"}
 *
 * @param fx focal length along x, pixels, above 0
 * @param fy focal length along y, pixels, above 0
 * @param cx column of the optical axis, pixels
 * @param cy row of the optical axis, pixels
 */
public record Intrinsics(double fx, double fy, double cx, double cy) {
    /**
     * Validates the camera.
     *
     * @throws IllegalArgumentException if a number is not finite or a focal length is not above 0
     */
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
     * {@return a camera with square pixels whose optical axis passes through the centre of the image: fx = fy = W /
     * (2·tan(angle/2))}
     *
     * @param horizontalDegrees angle between the left and right edges of the image, above 0 and below 180
     * @param height image height, pixels
     * @param width image width, pixels
     * @throws IllegalArgumentException if the angle is outside the limits
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

    /**
     * {@return the angle between the left and right edges of an image, in degrees: 2·atan(W / (2·fx))} It is exact if
     * the optical axis passes through the centre.
     *
     * @param width image width, pixels
     */
    public double horizontalFieldOfView(int width) {
        double left = Math.atan((cx + 0.5) / fx);
        double right = Math.atan((width - 0.5 - cx) / fx);
        return Math.toDegrees(left + right);
    }

    /**
     * {@return the camera of the same image resized from [height, width] to [newHeight, newWidth], with the corners of
     * both images aligned}
     *
     * @param height image height, pixels
     * @param width image width, pixels
     * @param newHeight height after resizing, pixels
     * @param newWidth width after resizing, pixels
     */
    public Intrinsics resized(int height, int width, int newHeight, int newWidth) {
        Shapes.requireSize(height, width);
        Shapes.requireSize(newHeight, newWidth);
        double sx = (double) newWidth / width;
        double sy = (double) newHeight / height;
        return new Intrinsics(fx * sx, fy * sy, (cx + 0.5) * sx - 0.5, (cy + 0.5) * sy - 0.5);
    }

    /**
     * Computes the points of a depth map in camera coordinates: X = (column − cx)·z/fx, Y = (row − cy)·z/fy, Z = z.
     *
     * @param depth [H, W], any unit
     * @return [H, W, 3], in the unit of {@code depth}; for a pixel that is not finite, no coordinate is finite
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
