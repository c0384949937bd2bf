package fathom.inference;

import java.util.Collection;
import java.util.Map;

import fathom.engine.Session;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;

/** Access to results of a checkpoint's network that its estimates do not contain. */
final class Inside {
    private Inside() {}

    /** Returns the network's outputs and the results of inner modules, by the names that the architecture gives them. */
    static Map<String, FloatTensor> taps(CheckpointEstimator estimator, PreparedInput.Numbers input,
            Collection<String> names) {
        Batch batch = Batch.of(input);
        GraphBuilder g = estimator.network.graph(batch.shape());
        for (String name : names) {
            Value value = g.taps().get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "landmark: expected one of " + g.taps().keySet() + ", found " + name);
            }
            g.output(name, value);
        }
        try (Session session = estimator.network.open(OnnxRuntimeEngine.instance(), 1, g)) {
            return session.run(estimator.network.inputs(batch));
        }
    }

    /** Returns depth before a margin is cropped. */
    static Plane depth(CheckpointEstimator estimator, PreparedInput.Numbers input) {
        return estimator.withMargin(Batch.of(input)).getFirst().prediction().values();
    }
}
