package fathom.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import fathom.engine.Session;
import fathom.graph.GraphBuilder;
import fathom.graph.Port;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.raster.FloatTensor;

/**
 * A session that adds the runtime constants of its graph to the inputs of each run.
 *
 * @param session the session of the engine
 * @param constants the constants by input name
 */
record SessionWithConstants(Session session, Map<String, FloatTensor> constants) implements Session {
    /**
     * Returns {@code session} with the runtime constants of the graph {@code g}, or {@code session} itself if there are
     * none.
     */
    static Session of(Session session, GraphBuilder g) {
        if (g.runtimeConstants().isEmpty()) {
            return session;
        }
        Map<String, Shape> shapes = new HashMap<>();
        for (Value input : g.build().inputs()) {
            shapes.put(input.name(), input.shape());
        }
        Map<String, FloatTensor> constants = new HashMap<>();
        g.runtimeConstants().forEach((name, values) -> {
            Shape shape = shapes.get(name);
            if (shape != null) {
                constants.put(name, FloatTensor.wrap(values, shape.toArray()));
            }
        });
        return new SessionWithConstants(session, Map.copyOf(constants));
    }

    @Override
    public List<Port> inputs() {
        return session.inputs().stream().filter(port -> !constants.containsKey(port.name())).toList();
    }

    @Override
    public List<Port> outputs() {
        return session.outputs();
    }

    @Override
    public Map<String, FloatTensor> run(Map<String, FloatTensor> inputs) {
        Map<String, FloatTensor> all = new HashMap<>(constants);
        all.putAll(inputs);
        return session.run(all);
    }

    @Override
    public void close() {
        session.close();
    }
}
