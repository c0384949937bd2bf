package fathom.graph;

/**
 * What flows along an edge of a graph: an input, a weight or the result of a node.
 *
 * @param name unique in its graph
 * @param type element type
 * @param shape extents
 */
public record Value(String name, DataType type, Shape shape) {
    /** Extent of {@code axis}; a negative axis counts from the last. */
    public int dim(int axis) {
        return shape.dim(axis);
    }
}
