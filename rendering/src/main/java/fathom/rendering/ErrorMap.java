package fathom.rendering;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Ways to show where a prediction is wrong; prediction and truth share one unit. */
public enum ErrorMap {
    /** Prediction minus truth, in their unit: blue where too near, red where too far, white where right. */
    SIGNED("RdBu_r"),
    /** |prediction − truth|, in their unit: dark where right. */
    ABSOLUTE("magma"),
    /** |prediction − truth| / truth, a share: dark where right. */
    RELATIVE("magma");

    private static final double HIGH = 98;

    private final String colormap;

    ErrorMap(String colormap) {
        this.colormap = colormap;
    }

    /** The errors, [H, W]; NaN where {@code valid} is false, the prediction has no value, or a relative error has no truth above 0. */
    public Plane values(Plane truth, Plane prediction, Mask valid) {
        truth.requireSameShape("prediction", prediction);
        ValueRange.requireSameShape(truth, valid);
        Plane errors = Plane.allocate(truth.height(), truth.width());
        for (int row = 0, at = 0; row < truth.height(); row++) {
            int x = truth.rowStart(row);
            int y = prediction.rowStart(row);
            for (int i = 0; i < truth.width(); i++, at++) {
                float error = error(truth.array()[x + i], prediction.array()[y + i]);
                errors.array()[at] = valid.array()[at] && Float.isFinite(error) ? error : Float.NaN;
            }
        }
        return errors;
    }

    private float error(float truth, float prediction) {
        return switch (this) {
            case SIGNED -> prediction - truth;
            case ABSOLUTE -> Math.abs(prediction - truth);
            case RELATIVE -> truth > 0 ? Math.abs(prediction - truth) / truth : Float.NaN;
        };
    }

    /** Colours for {@code errors}: from 0, or as far below 0 as above, to the 98th percentile of their size. */
    public Shading shading(Plane errors) {
        Plane sizes = errors.copy();
        for (int i = 0; i < sizes.array().length; i++) {
            sizes.array()[i] = Math.abs(sizes.array()[i]);
        }
        ValueRange range = ValueRange.percentiles(sizes, Mask.ofFinite(sizes), 0, HIGH);
        double reach = range.max() > 0 ? range.max() : 1;
        Colormap colours = Colormap.byName(colormap);
        return switch (this) {
            case SIGNED -> Shading.of(colours, new ValueRange(-reach, reach));
            case ABSOLUTE, RELATIVE -> Shading.of(colours, new ValueRange(0, reach));
        };
    }

    /** The picture of {@code errors} in the colours of {@code shading}. */
    public static RgbImage render(Plane errors, Shading shading) {
        return Heatmap.render(errors, Mask.ofFinite(errors), shading);
    }
}
