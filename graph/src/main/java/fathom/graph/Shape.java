package fathom.graph;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The extents of a tensor, all known. A scalar has rank 0. Immutable. */
public final class Shape {
    private final int[] dims;

    private Shape(int[] dims) {
        this.dims = dims;
    }

    /**
     * {@return the shape with these extents}
     *
     * @param dims extents, each at least 0; none for a scalar
     * @throws IllegalArgumentException if an extent is negative
     */
    public static Shape of(int... dims) {
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        "shape: expected extents of at least 0, found " + Arrays.toString(dims));
            }
        }
        return new Shape(dims.clone());
    }

    /** {@return the number of axes} */
    public int rank() {
        return dims.length;
    }

    /**
     * {@return the extent of {@code axis}; a negative axis counts from the last, which is −1}
     *
     * @param axis from 0 for the first; a negative axis counts from the last, which is −1
     */
    public int dim(int axis) {
        return dims[axis(axis)];
    }

    /** Returns {@code axis} counted from the first, after a check. */
    int axis(int axis) {
        int from = axis < 0 ? axis + dims.length : axis;
        if (from < 0 || from >= dims.length) {
            throw new IllegalArgumentException("axis: expected from " + -dims.length + " to " + (dims.length - 1)
                    + " for shape " + this + ", found " + axis);
        }
        return from;
    }

    /** {@return the number of elements} */
    public long elements() {
        long product = 1;
        for (int dim : dims) {
            product = Math.multiplyExact(product, dim);
        }
        return product;
    }

    /** {@return a new array of the extents} */
    public int[] toArray() {
        return dims.clone();
    }

    /** {@return a new array of the extents as {@code long}} */
    public long[] toLongs() {
        return Arrays.stream(dims).asLongStream().toArray();
    }

    /**
     * {@return a shape in which one axis has another extent}
     *
     * @param axis from 0 for the first; a negative axis counts from the last, which is −1
     * @param extent the new extent
     */
    public Shape with(int axis, int extent) {
        int[] changed = dims.clone();
        changed[axis(axis)] = extent;
        return of(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** Returns the extents in brackets, such as {@code [1, 3, 384, 384]}. */
    @Override
    public String toString() {
        return Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
