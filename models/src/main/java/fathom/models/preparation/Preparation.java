package fathom.models.preparation;

import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Brings pictures to a model's input. Immutable and safe for concurrent use. */
public interface Preparation {
    /** Prepares one picture of any size: [3, H, W], red, green and blue, over a new array. */
    FloatTensor prepare(RgbImage image);

    /**
     * A predicted map of a picture of [imageHeight, imageWidth] without what preparing added around the picture, at the
     * model's own resolution or the picture's; where nothing was added, the map itself.
     */
    default Plane withoutMargin(Plane map, int imageHeight, int imageWidth) {
        return map;
    }

    /** What it does, one line for people. */
    String policy();
}
