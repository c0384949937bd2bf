package fathom.inference.diffusion;

import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.raster.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * A network with a session for the input shape of its last run. Pictures of a collection mostly have the same size, and
 * a second session would need a second set of buffers. Not safe for use by several threads.
 */
final class Network implements AutoCloseable {
    static final String OUTPUT = "output";

    private final String name;
    private final Engine engine;
    private final SessionSettings settings;
    private final BiFunction<GraphBuilder, Shape, Value> draw;
    private @Nullable Shape shape;
    private @Nullable Session session;

    /**
     * Creates a network; loads nothing.
     *
     * @param name the name of the graph
     * @param settings the threads, and the folder to which the locations of its weights are relative
     * @param draw builds the graph with inputs for a shape and returns its output
     */
    Network(String name, Engine engine, SessionSettings settings, BiFunction<GraphBuilder, Shape, Value> draw) {
        this.name = name;
        this.engine = engine;
        this.settings = settings;
        this.draw = draw;
    }

    /** Runs the network for {@code shape} and returns its output. */
    FloatTensor run(Shape shape, Map<String, FloatTensor> inputs) {
        FloatTensor output = session(shape).run(inputs).get(OUTPUT);
        if (output == null) {
            throw new IllegalStateException("expected an output " + OUTPUT + " of the network " + name);
        }
        return output;
    }

    private Session session(Shape shape) {
        Session current = session;
        if (current != null && Objects.equals(this.shape, shape)) {
            return current;
        }
        close();
        GraphBuilder g = new GraphBuilder(name);
        g.output(OUTPUT, draw.apply(g, shape));
        Session opened = engine.open(g.build(), settings);
        this.shape = shape;
        this.session = opened;
        return opened;
    }

    @Override
    public void close() {
        Session current = session;
        session = null;
        shape = null;
        if (current != null) {
            current.close();
        }
    }
}
