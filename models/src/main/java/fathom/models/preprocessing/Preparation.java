package fathom.models.preprocessing;

import fathom.formats.json.JsonValue.Members;
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

    /**
     * What it does, in one line. Datasets of schema 1 hold this line as the key of their predictions: it must not be reworded.
     */
    String policy();

    /** Returns all that decides the prepared numbers, as data: part of the identity of predictions. */
    Members definition();
}
