package fathom.inference.engine;

import fathom.graph.Shape;

/** Float32 elements, row-major, with their extents. The array is shared with whoever made the tensor. */
public final class FloatTensor {
    private final Shape shape;
    private final float[] values;

    /** Wraps {@code values}, exactly as many as {@code shape} has, without copying. */
    public FloatTensor(Shape shape, float[] values) {
        if (shape.elements() != values.length) {
            throw new IllegalArgumentException("values: expected " + shape.elements() + " for " + shape + ", found "
                    + values.length);
        }
        this.shape = shape;
        this.values = values;
    }

    /** The extents. */
    public Shape shape() {
        return shape;
    }

    /** The elements, row-major. */
    public float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "FloatTensor" + shape;
    }
}
