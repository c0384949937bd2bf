package fathom.engine;

import java.util.List;
import java.util.Map;

import fathom.graph.Port;
import fathom.raster.FloatTensor;

/**
 * A loaded model. Runs may be concurrent; no run may overlap {@link #close} or follow it.
 *
 * <p>Inputs and outputs are float32, regardless of the types of the ports; they are converted. Ports may have half,
 * double and integer types; strings and booleans are not supported.
 */
public interface Session extends AutoCloseable {
    /** {@return the inputs in the model's order} */
    List<Port> inputs();

    /** {@return the outputs in the model's order} */
    List<Port> outputs();

    /**
     * Runs the model once.
     *
     * @param inputs every input by name
     * @return every numeric output by name, in new arrays
     * @throws EngineException if the model fails, or a value does not fit an integer port
     */
    Map<String, FloatTensor> run(Map<String, FloatTensor> inputs);

    /** Releases the model. */
    @Override
    void close();
}
