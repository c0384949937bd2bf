package fathom.inference.engine;

import java.util.List;
import java.util.Map;

/** A loaded model. Runs may overlap; nothing may run during or after {@link #close}. */
public interface Session extends AutoCloseable {
    /** What goes in, in the model's order. */
    List<Port> inputs();

    /** What comes out, in the model's order. */
    List<Port> outputs();

    /** Runs the model once: every input by name in, every output by name out, in arrays of their own. */
    Map<String, FloatTensor> run(Map<String, FloatTensor> inputs);

    /** Frees the model. */
    @Override
    void close();

    /**
     * An input or output.
     *
     * @param name its name
     * @param isFloat whether its elements are float32
     * @param extents one per axis, −1 where any extent is accepted
     */
    record Port(String name, boolean isFloat, List<Long> extents) {
        public Port {
            extents = List.copyOf(extents);
        }
    }
}
