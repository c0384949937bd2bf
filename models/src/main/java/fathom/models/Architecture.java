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

/** A network with its settings and weights, from which a graph can be built for any accepted input size. Immutable. */
public interface Architecture {
    /** Name of the output that contains depth. */
    String DEPTH = "predicted_depth";

    /** {@return the kind of depth that the network predicts} */
    DepthKind kind();

    /**
     * Returns the preprocessing of the network.
     *
     * @param preprocessor {@code preprocessor_config.json}
     * @return the preprocessing
     */
    Preparation preparation(Settings preprocessor);

    /** {@return the options that the user can set} */
    OptionSpecs optionSpecs();

    /** {@return whether the prediction is the mean of the predictions for the picture and for the mirrored picture} */
    default boolean averagesMirrored() {
        return false;
    }

    /** {@return the smallest accepted side of an input, pixels} */
    int smallestInput();

    /** {@return the side of the square input that the network was trained on, pixels} */
    int trainedInput();

    /**
     * Requires that the network accepts inputs of [height, width] pixels.
     *
     * @param height rows of the input
     * @param width columns of the input
     * @throws UnfitPictureException if it does not; the message contains the smallest accepted size
     */
    default void requireInput(int height, int width) {
        int smallest = smallestInput();
        if (height < smallest || width < smallest) {
            throw new UnfitPictureException(
                    "input: expected at least " + smallest + "×" + smallest + " pixels, found " + height + "×" + width);
        }
    }

    /**
     * Builds the graph of the network.
     *
     * @param g the builder to add the operations to
     * @param pixels preprocessed pictures, [N, 3, H, W], of a size that {@link #requireInput} accepts
     * @return outputs by name, each [N], [N, h, w] or [N, c, h, w], in the order of the pictures
     */
    SequencedMap<String, Value> build(GraphBuilder g, Value pixels);

    /**
     * Returns the values of additional inputs that {@link #build} declares.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return values by the name of the input
     */
    default Map<String, float[]> feeds(int imageHeight, int imageWidth) {
        return Map.of();
    }

    /**
     * Converts the network's outputs for one picture to an estimate. The estimate may share the arrays of
     * {@code results}.
     *
     * @param results outputs by the names that {@link #build} gave them, each [C, H, W]; a single number is [1, 1, 1]
     * @param picture sizes of the picture and of the input
     * @return the estimate
     */
    Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture);
}
