package fathom.evaluation.normals;

import java.util.OptionalDouble;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Relative normals error: how far the angle between the surface normals of two near pixels differs from that of the truth,
 * radians, 0 to π. It does not change if a surface is rotated as a whole, and reacts to bumps and to smoothed edges.
 *
 * <p>At the scales 1, 2, 4 and 8, each map is reduced to the valid pixel nearest to the centre of each block. The normal of
 * a pixel is that of the triangle with the pixels two rows below and two columns to the right. One million pairs of
 * pixels, at most 32/scale (at least 3) rows and columns apart, come from a Sobol sequence. A pair counts if both
 * triangles are valid in the truth; it costs π if a normal is missing in the prediction. The result is the mean over
 * the scales of the mean over the pairs.
 *
 * <p>Source: EvalMDE, {@code evalmde/metrics/rel_normal.py}, {@code evalmde/utils/downsample.py}, commit ea9e21c. At a scale
 * where a map has fewer than three rows or columns, EvalMDE fails or does not end; here such a scale has no pair.
 */
public final class RelativeNormals {
    private static final int[] SCALES = {1, 2, 4, 8};
    private static final int PAIRS = 1_000_000;
    private static final int RADIUS = 32;
    private static final int LEAST_RADIUS = 3;
    /** A bound for maps so narrow that few pairs are inside; the sequence ends at 2³⁰. */
    private static final long MOST_DRAWS = 1L << 28;

    private RelativeNormals() {}

    /**
     * {@return the error, radians; 0 if no pair is valid at any scale}
     *
     * @param prediction predicted depth along the optical axis, [H, W]; every pixel is used, non-finite ones have no
     *        normal
     * @param predictionCamera the camera of the prediction
     * @param truth measured depth, [H, W]
     * @param truthCamera the camera of the truth
     * @param valid true where the truth is a measurement, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double error(Plane prediction, Intrinsics predictionCamera, Plane truth, Intrinsics truthCamera,
            Mask valid) {
        truth.requireSameShape("prediction", prediction);
        if (valid.height() != truth.height() || valid.width() != truth.width()) {
            throw new IllegalArgumentException("valid: expected [" + truth.height() + ", " + truth.width()
                    + "], found [" + valid.height() + ", " + valid.width() + "]");
        }
        double sum = 0;
        int scales = 0;
        for (int scale : SCALES) {
            Blocks blocks = new Blocks(valid, scale);
            if (blocks.height < 3 || blocks.width < 3) {
                continue;
            }
            Normals measured = blocks.normals(truth, truthCamera, true);
            Normals predicted = blocks.normals(prediction, predictionCamera, false);
            OptionalDouble error = error(measured, predicted, Math.max(RADIUS / scale, LEAST_RADIUS));
            if (error.isPresent()) {
                sum += error.getAsDouble();
                scales++;
            }
        }
        return scales == 0 ? 0 : sum / scales;
    }

    private static OptionalDouble error(Normals truth, Normals prediction, int largestRadius) {
        int height = truth.height;
        int width = truth.width;
        int radius = Math.min(largestRadius, Math.max(height, width));
        SobolSequence sequence = new SobolSequence();
        float[] at = new float[SobolSequence.DIMENSIONS];
        double sum = 0;
        long counted = 0;
        int pairs = 0;
        for (long draw = 0; pairs < PAIRS && draw < MOST_DRAWS; draw++) {
            sequence.next(at);
            float row = at[0] * height;
            float column = at[1] * width;
            double row2 = Math.floor(row + (at[2] * (2 * radius) - radius));
            double column2 = Math.floor(column + (at[3] * (2 * radius) - radius));
            if (row >= height || column >= width || !(row2 >= 0 && row2 < height && column2 >= 0 && column2 < width)) {
                continue;
            }
            pairs++;
            int first = ((int) row) * width + ((int) column);
            int second = ((int) row2) * width + ((int) column2);
            if (truth.valid[first] && truth.valid[second]) {
                counted++;
                sum += prediction.valid[first] && prediction.valid[second]
                        ? Math.abs(truth.angle(first, second) - prediction.angle(first, second))
                        : Math.PI;
            }
        }
        return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / counted);
    }

    /** Blocks of scale × scale pixels; those at the bottom and at the right may be incomplete. */
    private static final class Blocks {
        final int height;
        final int width;
        private final int[] rows;
        private final int[] columns;
        private final boolean[] valid;

        Blocks(Mask mask, int scale) {
            height = (mask.height() + scale - 1) / scale;
            width = (mask.width() + scale - 1) / scale;
            rows = new int[height * width];
            columns = new int[height * width];
            valid = new boolean[height * width];
            for (int i = 0; i < valid.length; i++) {
                choose(mask, scale, i);
            }
        }

        /** Chooses the first of the valid pixels nearest to the centre of the block; its first pixel if none is valid. */
        private void choose(Mask mask, int scale, int block) {
            int top = block / width * scale;
            int left = block % width * scale;
            rows[block] = top;
            columns[block] = left;
            int nearest = Integer.MAX_VALUE;
            for (int row = top; row < Math.min(top + scale, mask.height()); row++) {
                for (int column = left; column < Math.min(left + scale, mask.width()); column++) {
                    int dy = 2 * (row - top) - (scale - 1);
                    int dx = 2 * (column - left) - (scale - 1);
                    if (mask.array()[row * mask.width() + column] && dx * dx + dy * dy < nearest) {
                        nearest = dx * dx + dy * dy;
                        rows[block] = row;
                        columns[block] = column;
                        valid[block] = true;
                    }
                }
            }
        }

        Normals normals(Plane depth, Intrinsics camera, boolean masked) {
            double[] points = new double[3 * valid.length];
            for (int i = 0; i < valid.length; i++) {
                float z = depth.array()[depth.rowStart(rows[i]) + columns[i]];
                PointNormals.point(camera, rows[i], columns[i], z, points, i);
            }
            Normals normals = new Normals(height - 2, width - 2);
            for (int row = 0, at = 0; row < normals.height; row++) {
                for (int corner = row * width; corner < row * width + normals.width; corner++, at++) {
                    int below = corner + 2 * width;
                    int right = corner + 2;
                    normals.valid[at] = PointNormals.normal(points, corner, below, corner, right, normals.vectors, at)
                            && (!masked || (valid[corner] && valid[below] && valid[right]));
                }
            }
            return normals;
        }
    }

    /** Unit normals, [height, width, 3], and which of them exist. */
    private static final class Normals {
        final int height;
        final int width;
        final double[] vectors;
        final boolean[] valid;

        Normals(int height, int width) {
            this.height = height;
            this.width = width;
            vectors = new double[3 * height * width];
            valid = new boolean[height * width];
        }

        double angle(int first, int second) {
            return PointNormals.angle(vectors, first, vectors, second);
        }
    }
}
