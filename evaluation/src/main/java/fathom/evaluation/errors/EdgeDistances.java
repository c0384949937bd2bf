package fathom.evaluation.errors;

import java.util.Arrays;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The exact Euclidean distance of every pixel to the nearest true pixel of a mask. First the distance inside each column,
 * then, along each row, the lower envelope of the parabolas over the squared distances. Source: Felzenszwalb and
 * Huttenlocher, Distance Transforms of Sampled Functions, Theory of Computing 8 (2012).
 */
final class EdgeDistances {
    private EdgeDistances() {}

    /** Returns the distances in pixels, [H, W]; infinite if the mask has no true pixel. */
    static Plane to(Mask mask) {
        int height = mask.height();
        int width = mask.width();
        double[] inColumn = inColumns(mask);
        Plane distances = Plane.allocate(height, width);
        double[] squares = new double[width];
        Envelope envelope = new Envelope(width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double distance = inColumn[row * width + column];
                squares[column] = distance * distance;
            }
            envelope.of(squares, distances.array(), row * width);
        }
        return distances;
    }

    /** Returns the distance of every pixel to the nearest true pixel of its column. */
    private static double[] inColumns(Mask mask) {
        int width = mask.width();
        double[] distances = new double[mask.height() * width];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int at = 0; at < distances.length; at++) {
            if (mask.array()[at]) {
                distances[at] = 0;
            } else if (at >= width) {
                distances[at] = distances[at - width] + 1;
            }
        }
        for (int at = distances.length - width - 1; at >= 0; at--) {
            distances[at] = Math.min(distances[at], distances[at + width] + 1);
        }
        return distances;
    }

    /** The lower envelope of the parabolas (x − i)² + f(i). */
    private static final class Envelope {
        private final int[] vertices;
        private final double[] starts;

        Envelope(int width) {
            this.vertices = new int[width];
            this.starts = new double[width];
        }

        /** Writes the square root of the envelope at every x. */
        void of(double[] f, float[] out, int outAt) {
            int last = -1;
            for (int x = 0; x < f.length; x++) {
                if (f[x] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double start = Double.NEGATIVE_INFINITY;
                while (last >= 0) {
                    int other = vertices[last];
                    start = (f[x] - f[other] + (double) x * x - (double) other * other) / (2.0 * (x - other));
                    if (start > starts[last]) {
                        break;
                    }
                    last--;
                }
                last++;
                vertices[last] = x;
                starts[last] = last == 0 ? Double.NEGATIVE_INFINITY : start;
            }
            int parabola = 0;
            for (int x = 0; x < f.length; x++) {
                if (last < 0) {
                    out[outAt + x] = Float.POSITIVE_INFINITY;
                    continue;
                }
                while (parabola < last && starts[parabola + 1] <= x) {
                    parabola++;
                }
                double across = x - vertices[parabola];
                out[outAt + x] = (float) Math.sqrt(across * across + f[vertices[parabola]]);
            }
        }
    }
}
