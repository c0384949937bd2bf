package fathom.models;

import java.util.Map;
import java.util.SequencedMap;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.weights.Settings;

/** A network with its settings and weights, ready to be drawn as a graph for any input size it accepts. Immutable. */
public interface Architecture {
    /** Name of the result that is a map of depth. */
    String DEPTH = "predicted_depth";

    /** What the predicted numbers mean. */
    DepthKind kind();

    /**
     * How pictures are brought to the network.
     *
     * @param preprocessor {@code preprocessor_config.json}
     */
    Preparation preparation(Settings preprocessor);

    /** What people may set. */
    OptionSpecs optionSpecs();

    /** Whether the prediction is the mean of the picture's and the mirrored picture's. */
    default boolean averagesMirrored() {
        return false;
    }

    /** Smallest side of an input, pixels. */
    int smallestInput();

    /** Side of the square input that the network was trained on, pixels. */
    int usualInput();

    /**
     * Requires that pictures of [height, width] pixels can be fed.
     *
     * @throws UnfitPictureException naming the smallest size that can
     */
    default void requireInput(int height, int width) {
        int smallest = smallestInput();
        if (height < smallest || width < smallest) {
            throw new UnfitPictureException("input: expected at least " + smallest + "×" + smallest
                    + " pixels, found " + height + "×" + width);
        }
    }

    /**
     * Draws the network.
     *
     * @param g where to
     * @param pixels prepared pictures, [N, 3, H, W], of a size that {@link #requireInput} accepts
     * @return results by name, each [N], [N, h, w] or [N, c, h, w], those of different pictures one after the other
     */
    SequencedMap<String, Value> build(GraphBuilder g, Value pixels);

    /**
     * Further inputs that {@link #build} declares, by name, for pictures of [imageHeight, imageWidth] pixels.
     */
    default Map<String, float[]> feeds(int imageHeight, int imageWidth) {
        return Map.of();
    }

    /**
     * What the network's results say of one picture. The arrays of {@code results} may become part of the estimate.
     *
     * @param results by the names that {@link #build} gave them, each [C, H, W]; a single number is [1, 1, 1]
     */
    Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture);
}
