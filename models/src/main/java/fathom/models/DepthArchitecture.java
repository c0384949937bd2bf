package fathom.models;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.raster.FloatTensor;
import fathom.raster.Prediction;

/** A network with one output: depth of its kind. */
public interface DepthArchitecture extends Architecture {
    /**
     * Builds the graph of the network.
     *
     * @param g the builder to add the operations to
     * @param pixels preprocessed pictures, [N, 3, H, W], of a size that {@link #requireInput} accepts
     * @return depth, [N, h, w]
     */
    Value depth(GraphBuilder g, Value pixels);

    @Override
    default SequencedMap<String, Value> build(GraphBuilder g, Value pixels) {
        SequencedMap<String, Value> results = new LinkedHashMap<>();
        results.put(DEPTH, depth(g, pixels));
        return results;
    }

    @Override
    default Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        return Estimate.of(new Prediction(kind(), Results.require(results, DEPTH).plane(0)));
    }
}
