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
 * One network with the session for the input shape that it last ran on: pictures of a collection mostly share a size, and a
 * second session would keep a second set of buffers. One run at a time.
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
     * A network.
     *
     * @param name of the graph
     * @param settings threads, and the folder that the locations of its weights start from
     * @param draw draws it with inputs for {@code shape} and gives its output
     */
    Network(String name, Engine engine, SessionSettings settings, BiFunction<GraphBuilder, Shape, Value> draw) {
        this.name = name;
        this.engine = engine;
        this.settings = settings;
        this.draw = draw;
    }

    /** Runs the network drawn for {@code shape} and gives its output. */
    FloatTensor run(Shape shape, Map<String, FloatTensor> inputs) {
        FloatTensor output = session(shape).run(inputs).get(OUTPUT);
        if (output == null) {
            throw new IllegalStateException("expected the network " + name + " to give " + OUTPUT);
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
