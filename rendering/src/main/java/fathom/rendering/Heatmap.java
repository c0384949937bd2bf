package fathom.rendering;

import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/** Renders a map of values in colours, one pixel per value. */
public final class Heatmap {
    private static final double LOW = 2;
    private static final double HIGH = 98;

    private Heatmap() {}

    /**
     * {@return the image of {@code values}, [H, W, 3]} A pixel has the invalid colour of the shading if {@code valid}
     * is false or the value is NaN.
     *
     * @param values [H, W]
     * @param valid true for the pixels with a value
     * @param shading the colours
     */
    public static RgbImage render(Plane values, Mask valid, Shading shading) {
        ValueRange.requireSameShape(values, valid);
        byte[] table = shading.colormap().toTable();
        RgbImage picture = RgbImage.allocate(values.height(), values.width());
        byte[] pixels = picture.array();
        int invalid = shading.invalid();
        for (int row = 0, at = 0, to = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++, at++, to += 3) {
                float value = values.array()[from + i];
                if (valid.array()[at] && Float.isFinite(value)) {
                    int colour = 3 * shading.index(value);
                    pixels[to] = table[colour];
                    pixels[to + 1] = table[colour + 1];
                    pixels[to + 2] = table[colour + 2];
                } else {
                    pixels[to] = (byte) (invalid >> 16);
                    pixels[to + 1] = (byte) (invalid >> 8);
                    pixels[to + 2] = (byte) invalid;
                }
            }
        }
        return picture;
    }

    /**
     * {@return the image of a prediction between its 2nd and 98th percentile; far is at the upper end of the colormap}
     *
     * @param prediction any kind of depth
     * @param colormap the colours
     */
    public static RgbImage of(Prediction prediction, Colormap colormap) {
        return render(prediction.values(), prediction.valid(), shading(prediction, colormap));
    }

    /**
     * {@return the image of measured depth between its 2nd and 98th percentile; far is at the upper end of the
     * colormap}
     *
     * @param depth the measurement
     * @param colormap the colours
     */
    public static RgbImage of(MeasuredDepth depth, Colormap colormap) {
        return render(depth.metres(), depth.valid(), shading(depth, colormap));
    }

    /**
     * {@return the shading that {@link #of(Prediction, Colormap)} uses}
     *
     * @param prediction any kind of depth
     * @param colormap the colours
     */
    public static Shading shading(Prediction prediction, Colormap colormap) {
        ValueRange range = ValueRange.percentiles(prediction.values(), prediction.valid(), LOW, HIGH);
        return Shading.ofDepth(colormap, range, prediction.kind().isInverse());
    }

    /**
     * {@return the shading that {@link #of(MeasuredDepth, Colormap)} uses}
     *
     * @param depth the measurement
     * @param colormap the colours
     */
    public static Shading shading(MeasuredDepth depth, Colormap colormap) {
        return Shading.of(colormap, ValueRange.percentiles(depth.metres(), depth.valid(), LOW, HIGH));
    }
}
