package fathom.raster.resampling;

import java.util.Arrays;

import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.Shapes;

/**
 * Smaller versions of maps and images by exact area averaging.
 *
 * <p>Every source pixel has a weight equal to the area that it covers under the target pixel. A source pixel on the border
 * of two target pixels counts in both, by its shares. {@link Resampling#TORCH_AREA} differs: like PyTorch, it gives all
 * pixels of a window the same weight. The two are equal if the source size is a multiple of the target size. Reducing
 * 1, 2, 3 to two pixels gives (1 + 2/2) / 1.5 = 1.333 and 2.667 here, but 1.5 and 2.5 with {@code TORCH_AREA}.
 *
 * <p>This class reproduces no library. It makes thumbnails and overviews, where missing values must not spread; it is not
 * part of the preprocessing of any model. Sizes can only be reduced or kept.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="area"}
 *
 * @see Resampling
 */
public final class AreaReduction {
    private AreaReduction() {}

    /**
     * {@return a new map, [height, width], of the means of the finite values under each pixel; NaN where there is no
     * finite value} Sums are float64.
     *
     * @param values the source, [H, W]
     * @param height at most that of {@code values}
     * @param width at most that of {@code values}
     * @throws IllegalArgumentException if the new size is larger than the old one, or empty
     */
    public static Plane ofFinite(Plane values, int height, int width) {
        requireSmaller(values.height(), values.width(), height, width);
        AreaSpans rows = new AreaSpans(values.height(), height);
        AreaSpans columns = new AreaSpans(values.width(), width);
        Plane reduced = Plane.allocate(height, width);
        double[] sums = new double[width];
        double[] weights = new double[width];
        for (int row = 0; row < height; row++) {
            Arrays.fill(sums, 0);
            Arrays.fill(weights, 0);
            for (int source = rows.first(row); source <= rows.last(row); source++) {
                addRow(values, source, rows.covered(row, source), columns, sums, weights);
            }
            int to = reduced.rowStart(row);
            for (int column = 0; column < width; column++) {
                reduced.array()[to + column] = weights[column] > 0
                        ? (float) (sums[column] / weights[column])
                        : Float.NaN;
            }
        }
        return reduced;
    }

    private static void addRow(Plane values, int row, int share, AreaSpans columns, double[] sums, double[] weights) {
        float[] array = values.array();
        int start = values.rowStart(row);
        for (int column = 0; column < sums.length; column++) {
            int last = columns.last(column);
            for (int source = columns.first(column); source <= last; source++) {
                float value = array[start + source];
                if (Float.isFinite(value)) {
                    double weight = (double) share * columns.covered(column, source);
                    sums[column] += weight * value;
                    weights[column] += weight;
                }
            }
        }
    }

    /**
     * {@return {@code image} reduced to [height, width]} Sums are float32; one half is rounded up.
     *
     * @param image the source
     * @param height at most that of {@code image}
     * @param width at most that of {@code image}
     * @throws IllegalArgumentException if the new size is larger than the old one, or empty
     */
    public static RgbImage of(RgbImage image, int height, int width) {
        requireSmaller(image.height(), image.width(), height, width);
        AreaSpans rows = new AreaSpans(image.height(), height);
        AreaSpans columns = new AreaSpans(image.width(), width);
        float[][] weights = weights(columns);
        RgbImage reduced = RgbImage.allocate(height, width);
        float[] line = new float[RgbImage.CHANNELS * width];
        float[] sums = new float[RgbImage.CHANNELS * width];
        for (int row = 0, to = 0; row < height; row++) {
            Arrays.fill(sums, 0.5f);
            for (int source = rows.first(row); source <= rows.last(row); source++) {
                reduceRow(image, source, columns, weights, line);
                float weight = (float) rows.covered(row, source) / rows.extent();
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight * line[i];
                }
            }
            for (float sum : sums) {
                reduced.array()[to++] = (byte) Math.min((int) sum, 255);
            }
        }
        return reduced;
    }

    private static void reduceRow(RgbImage image, int row, AreaSpans columns, float[][] weights, float[] line) {
        byte[] pixels = image.array();
        int start = image.rowStart(row);
        for (int column = 0, to = 0; column < weights.length; column++, to += RgbImage.CHANNELS) {
            float red = 0;
            float green = 0;
            float blue = 0;
            int at = start + RgbImage.CHANNELS * columns.first(column);
            for (float weight : weights[column]) {
                red += weight * (pixels[at] & 0xFF);
                green += weight * (pixels[at + 1] & 0xFF);
                blue += weight * (pixels[at + 2] & 0xFF);
                at += RgbImage.CHANNELS;
            }
            line[to] = red;
            line[to + 1] = green;
            line[to + 2] = blue;
        }
    }

    /** Returns the shares of the source pixels in each target pixel, from the first to the last. */
    private static float[][] weights(AreaSpans spans) {
        float[][] weights = new float[spans.targets()][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = new float[spans.last(i) - spans.first(i) + 1];
            for (int k = 0; k < weights[i].length; k++) {
                weights[i][k] = (float) spans.covered(i, spans.first(i) + k) / spans.extent();
            }
        }
        return weights;
    }

    private static void requireSmaller(int fromHeight, int fromWidth, int height, int width) {
        Shapes.requireSize(height, width);
        if (height > fromHeight || width > fromWidth) {
            throw new IllegalArgumentException("height and width: expected at most " + fromHeight + " and " + fromWidth
                    + ", found " + height + " and " + width);
        }
    }
}
