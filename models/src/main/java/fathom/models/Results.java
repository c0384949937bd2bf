package fathom.models;

import java.util.Map;

import fathom.raster.FloatTensor;

/** Access to a network's outputs. */
public final class Results {
    private Results() {}

    /**
     * Returns an output that the graph of the network declares.
     *
     * @param results outputs by name
     * @param name name of the output
     * @return the output
     */
    public static FloatTensor require(Map<String, FloatTensor> results, String name) {
        FloatTensor result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("results: expected " + name + ", found " + results.keySet());
        }
        return result;
    }
}
