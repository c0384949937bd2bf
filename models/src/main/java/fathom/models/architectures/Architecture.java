package fathom.models.architectures;

import java.util.Map;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.models.ModelOptions;
import fathom.models.checkpoints.Settings;
import fathom.models.preparation.Preparation;
import fathom.raster.DepthKind;

/** A network with its settings and weights, ready to be drawn as a graph for any input size it accepts. Immutable. */
public interface Architecture {
    /** What the predicted numbers mean. */
    DepthKind kind();

    /**
     * How pictures are brought to the network.
     *
     * @param config {@code preprocessor_config.json}
     * @param options those of {@link #options}
     */
    Preparation preparation(Settings config, ModelOptions options);

    /** The options that the network and its preparation know, by key, with what each does. */
    Map<String, String> options();

    /**
     * Requires that pictures of [height, width] pixels can be fed.
     *
     * @throws IllegalArgumentException naming the sizes that can
     */
    void requireInput(int height, int width);

    /**
     * Draws the network.
     *
     * @param g where to
     * @param pixels prepared pictures, [N, 3, H, W], of a size that {@link #requireInput} accepts
     * @return depth, [N, h, w]
     */
    Value depth(GraphBuilder g, Value pixels);
}
