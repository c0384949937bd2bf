package fathom.evaluation.errors;

import java.util.List;

import fathom.evaluation.metrics.ScoredMaps;

/** Errors by the true depth of a pixel. */
public final class ErrorByDepth {
    /** The default edges of the bins, metres. The last bin has no end. */
    public static final List<Double> EDGES = List.of(0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 20.0, 40.0, 80.0);

    private ErrorByDepth() {}

    /**
     * Splits the counted pixels by their true depth.
     *
     * @param maps what a protocol compares
     * @param edges ascending depths, in the unit of the truth; a bin includes its lower edge
     * @return one bin between each two neighbouring edges, and one above the last
     * @throws IllegalArgumentException if there is no edge or they do not ascend
     */
    public static List<ErrorBin> of(ScoredMaps maps, List<Double> edges) {
        return ErrorBins.of(maps, maps.truth(), edges);
    }
}
