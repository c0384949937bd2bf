package fathom.models.preprocessing;

import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** The preprocessing of a model: converts pictures to its input. Immutable and safe for concurrent use. */
public interface Preparation {
    /**
     * Converts one picture of any size.
     *
     * @param image the picture
     * @return [3, H, W], red, green and blue, over a new array
     */
    FloatTensor prepare(RgbImage image);

    /**
     * Removes the margin that preprocessing added around the picture from a predicted map.
     *
     * @param map the map
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return the map at the model's resolution or the picture's; {@code map} if there is no margin
     */
    default Plane withoutMargin(Plane map, int imageHeight, int imageWidth) {
        return map;
    }

    /**
     * {@return the preprocessing in one line}. Datasets of schema 1 store this line as the key of their
     * predictions, so it must not be reworded.
     */
    String policy();

    /** {@return everything that determines the input's values, as data: part of the identity of predictions} */
    Members definition();
}
