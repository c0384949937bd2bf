package fathom.evaluation.edges;

/**
 * A correlation along the rows or the columns of a map, with weights that are symmetric or antisymmetric about the
 * centre. As {@code scipy.ndimage.correlate1d}: products are summed in float64 from the outer neighbours to the inner
 * ones.
 */
final class LineFilter {
    /** x[+1] − x[−1]. */
    static final LineFilter DIFFERENCE = new LineFilter(new double[]{0, 1}, -1);
    /** x[−1] + 2·x[0] + x[+1]. */
    static final LineFilter SMOOTHING = new LineFilter(new double[]{2, 1}, 1);
    /** x[−1] + x[0] + x[+1]. */
    static final LineFilter BOX = new LineFilter(new double[]{1, 1}, 1);

    /** Values outside the map. */
    enum Border {
        /** 0. */
        ZERO,
        /** The map mirrored at its edge: {@code c b a | a b c}. */
        REFLECT
    }

    private final double[] weights;
    private final int sign;

    /**
     * @param weights of the centre and of the neighbours at distance 1, 2, …
     * @param sign 1 if the weight at distance −d is the weight at distance d, −1 if it is the opposite
     */
    private LineFilter(double[] weights, int sign) {
        this.weights = weights;
        this.sign = sign;
    }

    /** {@return a Gaussian with weights up to four standard deviations, the sum of which is 1} */
    static LineFilter gaussian(double sigma) {
        double[] weights = new double[(int) (4 * sigma + 0.5) + 1];
        double sum = 0;
        for (int d = 0; d < weights.length; d++) {
            weights[d] = Math.exp(-0.5 / (sigma * sigma) * d * d);
            sum += d == 0 ? weights[d] : 2 * weights[d];
        }
        for (int d = 0; d < weights.length; d++) {
            weights[d] /= sum;
        }
        return new LineFilter(weights, 1);
    }

    /** {@return each row of {@code map}, [height, width], filtered} */
    double[] alongRows(double[] map, int height, int width, Border border) {
        double[] result = new double[map.length];
        double[] line = new double[width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(map, row * width, line, 0, width);
            filter(line, border, result, row * width, 1);
        }
        return result;
    }

    /** {@return each column of {@code map}, [height, width], filtered} */
    double[] alongColumns(double[] map, int height, int width, Border border) {
        double[] result = new double[map.length];
        double[] line = new double[height];
        for (int column = 0; column < width; column++) {
            for (int row = 0; row < height; row++) {
                line[row] = map[row * width + column];
            }
            filter(line, border, result, column, width);
        }
        return result;
    }

    private void filter(double[] line, Border border, double[] out, int offset, int step) {
        int radius = weights.length - 1;
        double[] padded = padded(line, radius, border);
        for (int i = 0; i < line.length; i++) {
            int centre = i + radius;
            double sum = padded[centre] * weights[0];
            for (int d = radius; d > 0; d--) {
                sum += (padded[centre + d] + sign * padded[centre - d]) * weights[d];
            }
            out[offset + i * step] = sum;
        }
    }

    private static double[] padded(double[] line, int radius, Border border) {
        int length = line.length;
        double[] padded = new double[length + 2 * radius];
        System.arraycopy(line, 0, padded, radius, length);
        if (border == Border.REFLECT) {
            for (int d = 1; d <= radius; d++) {
                padded[radius - d] = line[mirrored(-d, length)];
                padded[radius + length - 1 + d] = line[mirrored(length - 1 + d, length)];
            }
        }
        return padded;
    }

    private static int mirrored(int index, int length) {
        int at = Math.floorMod(index, 2 * length);
        return at < length ? at : 2 * length - 1 - at;
    }
}
