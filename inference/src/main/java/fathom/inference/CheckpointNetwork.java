package fathom.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.Architecture;
import fathom.raster.FloatTensor;
import fathom.weights.Checkpoint;

/**
 * The network of a checkpoint: it builds the graph for an input size and the inputs of that graph.
 *
 * @param modelType the name of the graph
 * @param checkpoint the weights, which stay in their files
 * @param architecture builds the graph
 */
record CheckpointNetwork(String modelType, Checkpoint checkpoint, Architecture architecture) {
    private static final String INPUT = "pixel_values";

    /** Returns the graph for pixels of {@code shape}, [N, 3, H, W]. */
    GraphBuilder graph(Shape shape) {
        GraphBuilder g = new GraphBuilder(modelType);
        Value pixels = g.input(INPUT, DataType.FLOAT32, shape);
        architecture.build(g, pixels).forEach(g::output);
        return g;
    }

    /** Loads {@code g}, which {@link #graph} built. */
    Session open(Engine engine, int threads, GraphBuilder g) {
        SessionSettings settings = new SessionSettings(threads, Optional.of(checkpoint.externalRoot()));
        return SessionWithConstants.of(engine.open(g.build(), settings), g);
    }

    /** Returns the inputs of the graph for {@code batch}, by name. */
    Map<String, FloatTensor> inputs(Batch batch) {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(INPUT, batch.stacked());
        architecture.feeds(batch.picture().imageHeight(), batch.picture().imageWidth())
                .forEach((name, values) -> inputs.put(name, FloatTensor.wrap(values, values.length)));
        return inputs;
    }
}
