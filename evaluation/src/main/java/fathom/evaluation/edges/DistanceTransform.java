package fathom.evaluation.edges;

import java.util.Arrays;

import fathom.raster.Mask;

/**
 * The exact Euclidean distance transform of Meijster, Roerdink and Hesselink (2000): distances along columns, then the
 * lower envelope of parabolas along each row, in integers. Equal to {@code scipy.ndimage.distance_transform_edt} of the
 * inverted mask.
 */
public final class DistanceTransform {
    private DistanceTransform() {}

    /**
     * {@return the distance from each pixel to the nearest pixel of a mask, [H, W] in row-major order, pixels; infinite
     * if no pixel of the mask is true}
     *
     * @param features [H, W]
     */
    public static double[] toNearest(Mask features) {
        int height = features.height();
        int width = features.width();
        double[] distance = new double[height * width];
        if (features.count() == 0) {
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            return distance;
        }
        int[] vertical = vertical(features);
        Envelope envelope = new Envelope(width);
        for (int row = 0; row < height; row++) {
            envelope.distances(vertical, row * width, distance);
        }
        return distance;
    }

    /** Distance to the nearest feature of the column; H + W, more than any distance in the map, if there is none. */
    private static int[] vertical(Mask features) {
        int height = features.height();
        int width = features.width();
        boolean[] mask = features.array();
        int far = height + width;
        int[] vertical = new int[height * width];
        for (int at = 0; at < vertical.length; at++) {
            int above = at < width ? far : vertical[at - width] + 1;
            vertical[at] = mask[at] ? 0 : Math.min(far, above);
        }
        for (int at = vertical.length - 1 - width; at >= 0; at--) {
            vertical[at] = Math.min(vertical[at], vertical[at + width] + 1);
        }
        return vertical;
    }

    /** The lower envelope of the parabolas (x − i)² + v[i]² of a row. */
    private static final class Envelope {
        private final int width;
        private final int[] lowest;
        private final int[] start;

        Envelope(int width) {
            this.width = width;
            lowest = new int[width];
            start = new int[width];
        }

        void distances(int[] vertical, int offset, double[] out) {
            int last = 0;
            lowest[0] = 0;
            start[0] = 0;
            for (int column = 1; column < width; column++) {
                while (last >= 0 && square(vertical, offset, lowest[last], start[last]) > square(vertical, offset,
                        column, start[last])) {
                    last--;
                }
                if (last < 0) {
                    last = 0;
                    lowest[0] = column;
                } else {
                    long from = 1 + crossing(vertical, offset, lowest[last], column);
                    if (from < width) {
                        last++;
                        lowest[last] = column;
                        start[last] = (int) from;
                    }
                }
            }
            for (int column = width - 1; column >= 0; column--) {
                out[offset + column] = Math.sqrt((double) square(vertical, offset, lowest[last], column));
                if (column == start[last]) {
                    last--;
                }
            }
        }

        private static long square(int[] vertical, int offset, int at, int x) {
            long dx = (long) x - at;
            long dy = vertical[offset + at];
            return dx * dx + dy * dy;
        }

        /** The last column at which the parabola of {@code left} is not above that of {@code right}. */
        private static long crossing(int[] vertical, int offset, int left, int right) {
            long l = vertical[offset + left];
            long r = vertical[offset + right];
            return Math.floorDiv((long) right * right - (long) left * left + r * r - l * l, 2L * (right - left));
        }
    }
}
