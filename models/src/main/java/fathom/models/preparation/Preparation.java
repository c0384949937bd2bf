package fathom.models.preparation;

import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Brings pictures to a model's input. Immutable and safe for concurrent use. */
public interface Preparation {
    /** Prepares one picture of any size. */
    Pixels prepare(RgbImage image);

    /**
     * A predicted map as one of the picture, [imageHeight, imageWidth], where preparing added a margin that must go again;
     * otherwise the map itself, at the model's own resolution.
     */
    default Plane withoutMargin(Plane map, int imageHeight, int imageWidth) {
        return map;
    }

    /** What it does, one line for people. */
    String policy();
}
