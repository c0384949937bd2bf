package fathom.models.preparation;

import fathom.raster.RgbImage;

/** Brings pictures to a model's input. Immutable and safe for concurrent use. */
public interface Preparation {
    /** Prepares one picture of any size. */
    Pixels prepare(RgbImage image);

    /** What it does, one line for people. */
    String policy();
}
