package fathom.rendering;

import java.util.List;

import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * Colours of maps of errors. Both colormaps are readable for colour-blind users; pixels without an error are gray, which no
 * colormap here contains.
 */
public final class ErrorShading {
    private static final double HIGH = 0.98;
    private static final String SIGNED = "RdBu_r";
    private static final String SIZE = "inferno";

    private ErrorShading() {}

    /**
     * {@return colours of signed errors, symmetric around 0, up to the 98th percentile of their size: blue is below 0, white
     * is 0, red is above 0}
     *
     * @param errors maps that share the colours, each [H, W]; values that are not finite are ignored
     */
    public static Shading signed(List<Plane> errors) {
        double reach = reach(errors);
        return Shading.of(Colormap.byName(SIGNED), new ValueRange(-reach, reach));
    }

    /**
     * {@return colours of the size of errors: black is 0, pale yellow is the 98th percentile}
     *
     * @param errors maps of values of at least 0 that share the colours, each [H, W]; values that are not finite are
     *            ignored
     */
    public static Shading size(List<Plane> errors) {
        return Shading.of(Colormap.byName(SIZE), new ValueRange(0, reach(errors)));
    }

    /**
     * {@return colours of the classes 0 to {@code count} − 1, dark to light}
     *
     * @param count the number of classes, at least 2
     */
    public static Shading classes(int count) {
        return Shading.of(Colormap.byName(SIZE), new ValueRange(-0.5, count - 0.5));
    }

    /** Returns the largest 98th percentile of the size of the errors of a map; 1 if there is no error. */
    private static double reach(List<Plane> maps) {
        double reach = 0;
        for (Plane errors : maps) {
            float[] sizes = errors.toArray();
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Math.abs(sizes[i]);
            }
            ValueStatistics finite = ValueStatistics.ofFinite(Plane.wrap(sizes, errors.height(), errors.width()));
            if (finite.count() > 0) {
                reach = Math.max(reach, finite.quantile(HIGH));
            }
        }
        return reach > 0 ? reach : 1;
    }
}
