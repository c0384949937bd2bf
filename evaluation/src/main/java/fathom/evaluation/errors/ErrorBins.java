package fathom.evaluation.errors;

import java.util.ArrayList;
import java.util.List;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** Splits the counted pixels of maps into bins by a value that each pixel has. */
final class ErrorBins {
    static final double DELTA = 1.25;

    private ErrorBins() {}

    /**
     * Returns one bin between each two neighbouring edges, and one above the last edge.
     *
     * @throws IllegalArgumentException if there is no edge or they do not ascend
     */
    static List<ErrorBin> of(ScoredMaps maps, Plane values, List<Double> edges) {
        requireAscending(edges);
        PixelErrors pass = new PixelErrors(List.of(DELTA), false, PixelErrors.Arithmetic.FLOAT64);
        List<ErrorBin> bins = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            double from = edges.get(i);
            double to = i + 1 < edges.size() ? edges.get(i + 1) : Double.POSITIVE_INFINITY;
            boolean last = i + 1 == edges.size();
            Mask inside = Mask.where(values, value -> value >= from && (value < to || last));
            bins.add(new ErrorBin(from, to, pass.sums(new ScoredMaps(maps.truth(), maps.prediction(),
                    inside.and(maps.counted()), maps.fit(), maps.intrinsics()))));
        }
        return bins;
    }

    private static void requireAscending(List<Double> edges) {
        for (int i = 1; i < edges.size(); i++) {
            if (!(edges.get(i - 1) < edges.get(i))) {
                throw new IllegalArgumentException("edges of bins: expected ascending numbers, found " + edges);
            }
        }
        if (edges.isEmpty()) {
            throw new IllegalArgumentException("edges of bins: expected at least one, found none");
        }
    }
}
