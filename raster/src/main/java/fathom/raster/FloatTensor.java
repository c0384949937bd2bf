package fathom.raster;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Float32 numbers with a shape, row-major: what a network takes and gives. A scalar has rank 0.
 *
 * <p>A tensor covers its whole array, from the first element to the last. It does not own the array: whoever made the array may
 * go on writing to it, and two tensors over the same array see the same values. One channel as a {@link Plane} and another shape
 * are views, not copies. Not safe for concurrent writes.
 *
 * <p>{@link #channels}, {@link #height} and {@link #width} are the last three extents, for tensors of pictures and maps:
 * [C, H, W] or [N, C, H, W].
 */
public final class FloatTensor {
    private final float[] values;
    private final int[] shape;

    private FloatTensor(float[] values, int[] shape) {
        this.values = values;
        this.shape = shape;
    }

    /**
     * Wraps {@code values} without copying.
     *
     * @param values exactly as many as {@code shape} has elements
     * @param shape extents, each at least 0; none for a scalar
     * @throws IllegalArgumentException if an extent is negative or the number of values differs
     */
    public static FloatTensor wrap(float[] values, int... shape) {
        int[] own = shape.clone();
        if (elements(own) != values.length) {
            throw new IllegalArgumentException(
                    "values: expected " + elements(own) + " for shape " + text(own) + ", found "
                            + values.length);
        }
        return new FloatTensor(values, own);
    }

    /**
     * Allocates zeros.
     *
     * @param shape extents, each at least 0; none for a scalar
     * @throws IllegalArgumentException if an extent is negative
     * @throws ArithmeticException if there are more elements than an array holds
     */
    public static FloatTensor allocate(int... shape) {
        int[] own = shape.clone();
        return new FloatTensor(new float[Math.toIntExact(elements(own))], own);
    }

    private static long elements(int[] shape) {
        long product = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape: expected extents of at least 0, found " + text(shape));
            }
            product = Math.multiplyExact(product, extent);
        }
        return product;
    }

    /** The values, row-major, not copied: exactly {@link #size} of them. */
    public float[] values() {
        return values;
    }

    /** Number of values. */
    public int size() {
        return values.length;
    }

    /** Number of axes. */
    public int rank() {
        return shape.length;
    }

    /** A new array of the extents. */
    public int[] shape() {
        return shape.clone();
    }

    /** Extent of {@code axis}; a negative axis counts from the last, as −1. */
    public int dim(int axis) {
        int from = axis < 0 ? axis + shape.length : axis;
        if (from < 0 || from >= shape.length) {
            throw new IllegalArgumentException("axis: expected from " + -shape.length + " to " + (shape.length - 1)
                    + " for shape " + text(shape) + ", found " + axis);
        }
        return shape[from];
    }

    /** C: extent of the last axis but two. */
    public int channels() {
        return dim(-3);
    }

    /** H: extent of the last axis but one. */
    public int height() {
        return dim(-2);
    }

    /** W: extent of the last axis. */
    public int width() {
        return dim(-1);
    }

    /** A view of another shape with as many elements. */
    public FloatTensor reshaped(int... shape) {
        return wrap(values, shape);
    }

    /** A view of one channel, [H, W], of a tensor [C, H, W]. */
    public Plane plane(int channel) {
        if (shape.length != 3) {
            throw new IllegalArgumentException("tensor: expected [C, H, W], found shape " + text(shape));
        }
        if (channel < 0 || channel >= shape[0]) {
            throw new IllegalArgumentException("channel: expected below " + shape[0] + ", found " + channel);
        }
        return Plane.wrap(values, channel * shape[1] * shape[2], shape[1], shape[2], shape[2]);
    }

    /** The only value of a tensor of one element. */
    public float number() {
        if (values.length != 1) {
            throw new IllegalArgumentException("tensor: expected a single number, found shape " + text(shape));
        }
        return values[0];
    }

    /** A copy with left and right exchanged: the last axis runs backwards. */
    public FloatTensor mirrored() {
        int width = width();
        float[] mirrored = new float[values.length];
        for (int start = 0; start < values.length; start += width) {
            for (int column = 0; column < width; column++) {
                mirrored[start + column] = values[start + width - 1 - column];
            }
        }
        return new FloatTensor(mirrored, shape);
    }

    /** Replaces each value by its mean with that of {@code mirrored}, of the same shape, whose last axis runs backwards. */
    public void averageWithMirrored(FloatTensor mirrored) {
        if (!Arrays.equals(shape, mirrored.shape)) {
            throw new IllegalArgumentException("mirrored: expected shape " + text(shape) + ", found "
                    + text(mirrored.shape));
        }
        int width = width();
        for (int start = 0; start < values.length; start += width) {
            int last = start + width - 1;
            for (int column = 0; column < width; column++) {
                values[start + column] = (values[start + column] + mirrored.values[last - column]) / 2;
            }
        }
    }

    private static String text(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The shape, {@code FloatTensor[1, 3, 384, 384]}. */
    @Override
    public String toString() {
        return "FloatTensor" + text(shape);
    }
}
