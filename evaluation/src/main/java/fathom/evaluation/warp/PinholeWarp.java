package fathom.evaluation.warp;

import java.util.Arrays;

import fathom.evaluation.alignment.MaskedNearest;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.RgbResampling;

/**
 * Turns the camera of a picture so that its optical axis passes through the centre of the picture, and renders the picture
 * and its measured depth at a fixed size: how the evaluation bundle of MoGe prepares each dataset before a model sees it.
 *
 * <p>The new field of view is the largest one of the new aspect ratio that lies inside the old picture. The picture is
 * resized with Pillow's Lanczos kernel to about the new size of a pixel, then sampled bilinearly. Depth is resized to the
 * nearest measurement, turned into the distance along the ray, sampled at the nearest pixel, and divided by the length of
 * the new ray, so that it is depth along the new axis. Depth beyond 1000 times the 1 % quantile is dropped.
 *
 * <p>Source: {@code moge/test/dataloader.py} of microsoft/MoGe, commit 0744441. The bilinear sampling is computed in
 * float64; OpenCV's, in steps of 1/32 pixel, differs by a level at edges.
 */
public final class PinholeWarp {
    private static final double FAR_FACTOR = 1000;
    private static final double NEAR_QUANTILE = 0.01;

    private final int width;
    private final int newHeight;
    private final int newWidth;
    private final double[][] camera;
    private final double horizontal;
    private final double vertical;
    private final double[][] transform;
    private final int scaledHeight;
    private final int scaledWidth;

    private PinholeWarp(Intrinsics old, int height, int width, int newHeight, int newWidth) {
        this.width = width;
        this.newHeight = newHeight;
        this.newWidth = newWidth;
        // Normalised: the picture is the unit square, and the first pixel covers 0 to 1/W.
        this.camera = new double[][]{{old.fx() / width, 0, (old.cx() + 0.5) / width},
                {0, old.fy() / height, (old.cy() + 0.5) / height}, {0, 0, 1}};
        double[][] rotation = rotationToAxis(ray(0.5, 0.5));
        double rawHorizontal = 1 / camera[0][0];
        double rawVertical = 1 / camera[1][1];
        double aspect = (double) newWidth / newHeight;
        double[] limits = inside(rotation, aspect, rawHorizontal, rawVertical);
        double widest = Math.min(rawHorizontal, rawVertical * aspect);
        this.horizontal = Math.min(widest, limits[0]);
        this.vertical = Math.min(widest / aspect, limits[1]);
        this.scaledWidth = Math.max(1, (int) (rawHorizontal / (horizontal / newWidth)));
        this.scaledHeight = Math.max(1, (int) (rawVertical / (vertical / newHeight)));
        double[][] back = {{horizontal, 0, -0.5 * horizontal}, {0, vertical, -0.5 * vertical}, {0, 0, 1}};
        this.transform = product(product(camera, transposed(rotation)), back);
    }

    /**
     * {@return the warp of a picture}
     *
     * @param camera of the picture, pixels
     * @param height rows of the picture and its depth
     * @param width columns of the picture and its depth
     * @param newHeight rows of the result
     * @param newWidth columns of the result
     */
    public static PinholeWarp of(Intrinsics camera, int height, int width, int newHeight, int newWidth) {
        return new PinholeWarp(camera, height, width, newHeight, newWidth);
    }

    /** {@return the camera of the result, pixels; its axis passes through the centre} */
    public Intrinsics intrinsics() {
        return new Intrinsics(newWidth / horizontal, newHeight / vertical, newWidth / 2.0 - 0.5, newHeight / 2.0 - 0.5);
    }

    /**
     * {@return the picture as the new camera sees it; black outside the old picture}
     *
     * @param picture of the size that the warp was made for
     */
    public RgbImage picture(RgbImage picture) {
        RgbImage scaled = RgbResampling.PILLOW_LANCZOS.resized(picture, scaledHeight, scaledWidth);
        byte[] result = new byte[newHeight * newWidth * RgbImage.CHANNELS];
        for (int row = 0, at = 0; row < newHeight; row++) {
            for (int column = 0; column < newWidth; column++) {
                double[] source = source(row, column);
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    result[at++] = bilinear(scaled, source[1], source[0], channel);
                }
            }
        }
        return RgbImage.wrap(result, newHeight, newWidth);
    }

    /**
     * {@return depth along the new axis, metres, [newHeight, newWidth]; 0 where there is no measurement}
     *
     * @param metres measured depth of the size that the warp was made for
     * @param valid true where there is a measurement
     */
    public Plane depth(Plane metres, Mask valid) {
        int[] sources = MaskedNearest.sources(valid, scaledHeight, scaledWidth);
        Plane result = Plane.allocate(newHeight, newWidth);
        float[] measured = new float[newHeight * newWidth];
        int count = 0;
        for (int row = 0; row < newHeight; row++) {
            for (int column = 0; column < newWidth; column++) {
                double[] at = source(row, column);
                int scaledColumn = (int) Math.rint(at[0]);
                int scaledRow = (int) Math.rint(at[1]);
                if (scaledRow < 0 || scaledRow >= scaledHeight || scaledColumn < 0 || scaledColumn >= scaledWidth) {
                    continue;
                }
                int source = sources[scaledRow * scaledWidth + scaledColumn];
                if (source >= 0) {
                    double z = metres.get(source / width, source % width);
                    double distance = z
                            * length(ray((scaledColumn + 0.5) / scaledWidth, (scaledRow + 0.5) / scaledHeight));
                    float depth = (float) (distance / newRayLength(row, column));
                    result.set(row, column, depth);
                    measured[count++] = depth;
                }
            }
        }
        dropFar(result, measured, count);
        return result;
    }

    private static void dropFar(Plane depth, float[] measured, int count) {
        if (count == 0) {
            return;
        }
        float[] sorted = Arrays.copyOf(measured, count);
        Arrays.sort(sorted);
        double position = NEAR_QUANTILE * (count - 1);
        int below = (int) position;
        int above = Math.min(below + 1, count - 1);
        double quantile = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        float[] values = depth.array();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] > quantile * FAR_FACTOR ? 0 : values[i];
        }
    }

    /** Returns column and row in the scaled picture, pixel centres at integers. */
    private double[] source(int row, int column) {
        double[] point = product(transform, (column + 0.5) / newWidth, (row + 0.5) / newHeight);
        return new double[]{point[0] / point[2] * scaledWidth - 0.5, point[1] / point[2] * scaledHeight - 0.5};
    }

    private static byte bilinear(RgbImage picture, double y, double x, int channel) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double down = y - top;
        double right = x - left;
        double value = (1 - down)
                * ((1 - right) * sample(picture, top, left, channel) + right * sample(picture, top, left + 1, channel))
                + down * ((1 - right) * sample(picture, top + 1, left, channel)
                        + right * sample(picture, top + 1, left + 1, channel));
        return (byte) (int) Math.rint(value);
    }

    private static int sample(RgbImage picture, int row, int column, int channel) {
        boolean inside = row >= 0 && row < picture.height() && column >= 0 && column < picture.width();
        return inside ? picture.get(row, column, channel) : 0;
    }

    /** Returns the ray of the old camera through a point of the unit square, with z = 1. */
    private double[] ray(double u, double v) {
        return new double[]{(u - camera[0][2]) / camera[0][0], (v - camera[1][2]) / camera[1][1], 1};
    }

    private double newRayLength(int row, int column) {
        return length(new double[]{((column + 0.5) / newWidth - 0.5) * horizontal,
                ((row + 0.5) / newHeight - 0.5) * vertical, 1});
    }

    /** Returns the largest width and height of a centred window of this aspect ratio inside the rotated old picture. */
    private double[] inside(double[][] rotation, double aspect, double rawHorizontal, double rawVertical) {
        double[][] corners = new double[4][];
        double[][] square = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
        for (int i = 0; i < corners.length; i++) {
            double[] ray = ray(square[i][0], square[i][1]);
            double[] turned = product(rotation, ray);
            corners[i] = new double[]{turned[0] / turned[2], turned[1] / turned[2]};
        }
        double widest = rawHorizontal;
        double highest = rawVertical;
        for (int i = 0; i < corners.length; i++) {
            double[] from = corners[(i + 3) % 4];
            double[] to = corners[i];
            for (double sign : new double[]{1, -1}) {
                double dx = to[0] - from[0];
                double dy = to[1] - from[1];
                double cross = aspect * dy - sign * dx;
                if (cross != 0) {
                    double t = (from[0] * dy - from[1] * dx) / cross;
                    widest = Math.min(widest, 2 * Math.abs(t * aspect));
                    highest = Math.min(highest, 2 * Math.abs(t));
                }
            }
        }
        return new double[]{widest, highest};
    }

    /** Returns the rotation that turns a direction to the z axis (Rodrigues). */
    private static double[][] rotationToAxis(double[] direction) {
        double norm = length(direction);
        double x = direction[0] / norm;
        double y = direction[1] / norm;
        double c = direction[2] / norm;
        double factor = 1 / (1 + c);
        return new double[][]{{1 - x * x * factor, -x * y * factor, -x}, {-x * y * factor, 1 - y * y * factor, -y},
                {x, y, 1 - (x * x + y * y) * factor}};
    }

    private static double length(double[] vector) {
        return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
    }

    private static double[][] transposed(double[][] m) {
        double[][] result = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                result[i][j] = m[j][i];
            }
        }
        return result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                result[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j];
            }
        }
        return result;
    }

    private static double[] product(double[][] m, double[] v) {
        return new double[]{m[0][0] * v[0] + m[0][1] * v[1] + m[0][2] * v[2],
                m[1][0] * v[0] + m[1][1] * v[1] + m[1][2] * v[2], m[2][0] * v[0] + m[2][1] * v[1] + m[2][2] * v[2]};
    }

    private static double[] product(double[][] m, double u, double v) {
        return product(m, new double[]{u, v, 1});
    }
}
