package fathom.engine;

import java.util.List;
import java.util.Map;

import fathom.graph.Port;
import fathom.raster.FloatTensor;

/**
 * A loaded model. Runs may overlap; nothing may run during or after {@link #close}.
 *
 * <p>Numbers go in and come out as float32, whatever the types of the ports: they are converted on the way. Half, double and
 * integer types of a port are served; words and truth values are not.
 */
public interface Session extends AutoCloseable {
    /** What goes in, in the model's order. */
    List<Port> inputs();

    /** What comes out, in the model's order. */
    List<Port> outputs();

    /**
     * Runs the model once: every input by name in, every output of numbers by name out, in arrays of their own.
     *
     * @throws EngineException if the model fails, or a number does not fit an integer port
     */
    Map<String, FloatTensor> run(Map<String, FloatTensor> inputs);

    /** Frees the model. */
    @Override
    void close();
}
