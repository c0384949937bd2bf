package fathom.models;

import java.util.Map;

import fathom.raster.FloatTensor;

/** Reading of a network's results. */
public final class Results {
    private Results() {}

    /** The result called {@code name}, which the network's own drawing promised. */
    public static FloatTensor require(Map<String, FloatTensor> results, String name) {
        FloatTensor result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("results: expected " + name + ", found " + results.keySet());
        }
        return result;
    }
}
