package fathom.graph;

/**
 * A value of a graph: an input, a weight or the result of a node.
 *
 * @param name unique in its graph
 * @param type element type
 * @param shape extents
 */
public record Value(String name, DataType type, Shape shape) {
    /**
     * {@return the extent of {@code axis}; a negative axis counts from the last, which is −1}
     *
     * @param axis from 0 for the first; a negative axis counts from the last, which is −1
     */
    public int dim(int axis) {
        return shape.dim(axis);
    }
}
