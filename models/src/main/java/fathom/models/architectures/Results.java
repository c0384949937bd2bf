package fathom.models.architectures;

import java.util.Map;

/** Reading of a network's results. */
final class Results {
    private Results() {}

    /** The result called {@code name}, which the network's own drawing promised. */
    static Result require(Map<String, Result> results, String name) {
        Result result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("results: expected " + name + ", found " + results.keySet());
        }
        return result;
    }
}
