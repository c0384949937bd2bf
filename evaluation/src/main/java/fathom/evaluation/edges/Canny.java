package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The edge detector of Canny (1986) as {@code skimage.feature.canny} 0.19 computes it for float32 maps.
 *
 * <ol>
 * <li>Gaussian smoothing. Values outside the map or the mask count 0, and the result is divided by the smoothed mask.
 * <li>Sobel gradients without normalisation, the map mirrored at its border.
 * <li>A pixel remains if its gradient magnitude is not below the magnitudes, interpolated between two neighbours, on both
 * sides along the gradient. Pixels at the border of the map and next to masked pixels never remain.
 * <li>Hysteresis: a remaining pixel of at least {@link #low} is an edge if it is connected, over 8 neighbours, to one of
 * at least {@link #high}.
 * </ol>
 *
 * <p>Each step rounds to float32 where scikit-image does, so that equal magnitudes remain equal. Near NaN there is no
 * edge.
 *
 * @param sigma standard deviation of the Gaussian, pixels
 * @param low smallest gradient magnitude of an edge pixel, in the unit of the map (a step of 1 has the magnitude 4
 *     before smoothing)
 * @param high gradient magnitude that at least one pixel of a connected edge has
 */
public record Canny(double sigma, double low, double high) {
    /**
     * Validates the thresholds.
     *
     * @throws IllegalArgumentException if {@code sigma} is not above 0 or {@code high} is below {@code low}
     */
    public Canny {
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sigma: expected finite pixels above 0, found " + sigma);
        }
        if (!(low <= high)) {
            throw new IllegalArgumentException("low, high: expected low at most high, found " + low + ", " + high);
        }
    }

    /**
     * {@return a detector with the default thresholds of scikit-image: 0.1 and 0.2}
     *
     * @param sigma standard deviation of the Gaussian, pixels
     */
    public static Canny withSigma(double sigma) {
        return new Canny(sigma, 0.1, 0.2);
    }

    /**
     * {@return the edge pixels of a map, [H, W]}
     *
     * @param values [H, W]
     */
    public Mask edges(Plane values) {
        return edges(values, Mask.filled(values.height(), values.width(), true));
    }

    /**
     * {@return the edge pixels of a map, [H, W], found from the pixels of a mask only}
     *
     * @param values [H, W]
     * @param mask [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public Mask edges(Plane values, Mask mask) {
        int height = values.height();
        int width = values.width();
        if (mask.height() != height || mask.width() != width) {
            throw new IllegalArgumentException("mask: expected [" + height + ", " + width + "], found [" + mask.height()
                    + ", " + mask.width() + "]");
        }
        Gradient gradient = Gradient.of(smoothed(values, mask), height, width);
        return hysteresis(gradient, maxima(gradient, mask));
    }

    private double[] smoothed(Plane values, Mask mask) {
        int height = values.height();
        int width = values.width();
        double[] weight = new double[height * width];
        double[] masked = new double[height * width];
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = values.rowStart(row), end = from + width; from < end; from++, at++) {
                if (mask.array()[at]) {
                    weight[at] = 1;
                    masked[at] = values.array()[from];
                }
            }
        }
        LineFilter gaussian = LineFilter.gaussian(sigma);
        double[] smooth = gaussian.alongColumns(masked, height, width, LineFilter.Border.ZERO);
        smooth = rounded(gaussian.alongRows(rounded(smooth), height, width, LineFilter.Border.ZERO));
        weight = gaussian.alongColumns(weight, height, width, LineFilter.Border.ZERO);
        weight = gaussian.alongRows(weight, height, width, LineFilter.Border.ZERO);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] /= weight[i] + Math.ulp(1.0);
        }
        return rounded(smooth);
    }

    private static double[] rounded(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
        return values;
    }

    /** Sobel gradients of a map, [height, width]. */
    private static final class Gradient {
        private final int height;
        private final int width;
        private final float[] down;
        private final float[] right;
        private final float[] magnitude;

        private Gradient(int height, int width, float[] down, float[] right, float[] magnitude) {
            this.height = height;
            this.width = width;
            this.down = down;
            this.right = right;
            this.magnitude = magnitude;
        }

        static Gradient of(double[] map, int height, int width) {
            LineFilter.Border reflect = LineFilter.Border.REFLECT;
            double[] right = rounded(LineFilter.DIFFERENCE.alongRows(map, height, width, reflect));
            right = LineFilter.SMOOTHING.alongColumns(right, height, width, reflect);
            double[] down = rounded(LineFilter.DIFFERENCE.alongColumns(map, height, width, reflect));
            down = LineFilter.SMOOTHING.alongRows(down, height, width, reflect);
            float[] down32 = new float[map.length];
            float[] right32 = new float[map.length];
            float[] magnitude = new float[map.length];
            for (int i = 0; i < map.length; i++) {
                down32[i] = (float) down[i];
                right32[i] = (float) right[i];
                double y = down32[i];
                double x = right32[i];
                magnitude[i] = (float) Math.sqrt(y * y + x * x);
            }
            return new Gradient(height, width, down32, right32, magnitude);
        }

        /** {@return whether no magnitude along the gradient, one pixel before and after {@code at}, is larger} */
        boolean isMaximum(int at) {
            float y = Math.abs(down[at]);
            float x = Math.abs(right[at]);
            boolean opposite = (down[at] <= 0 && right[at] >= 0) || (down[at] >= 0 && right[at] <= 0);
            boolean steep = opposite ? y >= x : y > x;
            int near = steep ? width : 1;
            int diagonal = width + 1;
            if (opposite) {
                near = steep ? -width : 1;
                diagonal = 1 - width;
            }
            float share = steep ? x / y : y / x;
            return interpolated(at + near, at + diagonal, share) <= magnitude[at]
                    && interpolated(at - near, at - diagonal, share) <= magnitude[at];
        }

        private float interpolated(int near, int diagonal, float share) {
            return magnitude[diagonal] * share + magnitude[near] * (1 - share);
        }
    }

    private static Mask maxima(Gradient gradient, Mask mask) {
        int width = gradient.width;
        boolean[] maxima = new boolean[gradient.height * width];
        for (int row = 1; row < gradient.height - 1; row++) {
            for (int column = 1, at = row * width + 1; column < width - 1; column++, at++) {
                maxima[at] = gradient.magnitude[at] > 0 && surrounded(mask.array(), at, width)
                        && gradient.isMaximum(at);
            }
        }
        return Mask.wrap(maxima, gradient.height, width);
    }

    private static boolean surrounded(boolean[] mask, int at, int width) {
        for (int from = at - width - 1; from <= at + width - 1; from += width) {
            if (!mask[from] || !mask[from + 1] || !mask[from + 2]) {
                return false;
            }
        }
        return true;
    }

    private Mask hysteresis(Gradient gradient, Mask maxima) {
        int width = gradient.width;
        float[] magnitude = gradient.magnitude;
        boolean[] edges = new boolean[magnitude.length];
        int[] open = new int[edges.length];
        int count = 0;
        for (int at = 0; at < edges.length; at++) {
            if (maxima.array()[at] && magnitude[at] >= (float) high) {
                edges[at] = true;
                open[count++] = at;
            }
        }
        while (count > 0) {
            int from = open[--count];
            for (int start = from - width - 1; start <= from + width - 1; start += width) {
                for (int at = start; at < start + 3; at++) {
                    if (maxima.array()[at] && !edges[at] && magnitude[at] >= (float) low) {
                        edges[at] = true;
                        open[count++] = at;
                    }
                }
            }
        }
        return Mask.wrap(edges, gradient.height, width);
    }
}
