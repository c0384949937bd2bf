package fathom.evaluation.errors;

import java.util.List;

import fathom.evaluation.edges.DistanceTransform;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Errors by the distance of a pixel to the nearest edge of the true depth.
 *
 * <p>Two neighbours, one above or left of the other and both counted, are an edge if the ratio of their true depths is above
 * {@value #RATIO}. Both are pixels of the edge, at distance 0. The distance is Euclidean, between pixel centres. If the
 * truth has no edge, it is infinite.
 */
public final class ErrorByEdgeDistance {
    /** The ratio of neighbouring depths above which there is an edge. */
    public static final double RATIO = 1.25;
    /** The default edges of the bins, pixels. The last bin has no end. */
    public static final List<Double> EDGES = List.of(0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0);

    private ErrorByEdgeDistance() {}

    /**
     * Splits the counted pixels by their distance to an edge.
     *
     * @param maps what a protocol compares
     * @param edges ascending distances, pixels; a bin includes its lower edge
     * @return one bin between each two neighbouring edges, and one above the last
     * @throws IllegalArgumentException if there is no edge of a bin or they do not ascend
     */
    public static List<ErrorBin> of(ScoredMaps maps, List<Double> edges) {
        return ErrorBins.of(maps, distances(maps), edges);
    }

    /**
     * {@return the distance to the nearest pixel of an edge, [H, W], pixels; infinite if there is no edge}
     *
     * @param maps what a protocol compares
     */
    public static Plane distances(ScoredMaps maps) {
        double[] distances = DistanceTransform.toNearest(edges(maps.truth(), maps.counted()));
        Plane plane = Plane.allocate(maps.truth().height(), maps.truth().width());
        for (int at = 0; at < distances.length; at++) {
            plane.array()[at] = (float) distances[at];
        }
        return plane;
    }

    private static Mask edges(Plane truth, Mask counted) {
        int height = truth.height();
        int width = truth.width();
        Mask edges = Mask.filled(height, width, false);
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++, at++) {
                if (column + 1 < width) {
                    mark(edges, truth, counted, at, at + 1);
                }
                if (row + 1 < height) {
                    mark(edges, truth, counted, at, at + width);
                }
            }
        }
        return edges;
    }

    private static void mark(Mask edges, Plane truth, Mask counted, int at, int neighbour) {
        if (counted.array()[at] && counted.array()[neighbour]) {
            double a = truth.get(at / truth.width(), at % truth.width());
            double b = truth.get(neighbour / truth.width(), neighbour % truth.width());
            if (Math.max(a / b, b / a) > RATIO) {
                edges.array()[at] = true;
                edges.array()[neighbour] = true;
            }
        }
    }
}
