package fathom.rendering;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Signed errors of a prediction, prediction minus truth, both in one unit: blue means too near, red too far, white no
 * error.
 */
public final class ErrorMap {
    private static final double HIGH = 98;
    private static final String COLORMAP = "RdBu_r";

    private ErrorMap() {}

    /**
     * Computes prediction minus truth in their unit; NaN where {@code valid} is false or the prediction is not finite.
     *
     * @param truth [H, W]
     * @param prediction [H, W], in the unit of {@code truth}
     * @param valid true where the truth has a value, [H, W]
     * @return the errors, [H, W]
     */
    public static Plane values(Plane truth, Plane prediction, Mask valid) {
        truth.requireSameShape("prediction", prediction);
        ValueRange.requireSameShape(truth, valid);
        Plane errors = Plane.allocate(truth.height(), truth.width());
        for (int row = 0, at = 0; row < truth.height(); row++) {
            int x = truth.rowStart(row);
            int y = prediction.rowStart(row);
            for (int i = 0; i < truth.width(); i++, at++) {
                float error = prediction.array()[y + i] - truth.array()[x + i];
                errors.array()[at] = valid.array()[at] && Float.isFinite(error) ? error : Float.NaN;
            }
        }
        return errors;
    }

    /**
     * {@return colours for {@code errors}: symmetric around 0, up to the 98th percentile of the absolute error}
     *
     * @param errors the result of {@link #values}
     */
    public static Shading shading(Plane errors) {
        Plane sizes = errors.copy();
        for (int i = 0; i < sizes.array().length; i++) {
            sizes.array()[i] = Math.abs(sizes.array()[i]);
        }
        ValueRange range = ValueRange.percentiles(sizes, Mask.ofFinite(sizes), 0, HIGH);
        double reach = range.max() > 0 ? range.max() : 1;
        return Shading.of(Colormap.byName(COLORMAP), new ValueRange(-reach, reach));
    }

    /**
     * {@return the image of {@code errors} in the colours of {@code shading}}
     *
     * @param errors the result of {@link #values}
     * @param shading the colours
     */
    public static RgbImage render(Plane errors, Shading shading) {
        return Heatmap.render(errors, Mask.ofFinite(errors), shading);
    }
}
