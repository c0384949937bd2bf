package fathom.raster;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A float32 array with a shape, in row-major order: the input and output of a network.
 *
 * <p>A tensor covers its whole array, from the first element to the last. The element at index (i, j, k) of shape [A, B,
 * C] is {@code values()[(i * B + j) * C + k]}. A scalar has rank 0 and one element. An extent of 0 is allowed; the
 * tensor is then empty. The largest size is that of a Java array, 2³¹ − 1 elements.
 *
 * <p>A tensor does not own its array: the creator of the array may continue to write to it, and two tensors over the same
 * array see the same values. {@link #plane} and {@link #reshaped} return views, not copies. Not safe for concurrent
 * writes.
 *
 * <p>{@link #channels}, {@link #height} and {@link #width} are the last three extents, for tensors of images and maps: [C,
 * H, W] or [N, C, H, W].
 *
 * {@snippet file="snippets/RasterSnippets.java" region="tensor"}
 *
 * @see Plane
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
     * @return a tensor over {@code values}
     * @throws IllegalArgumentException if an extent is negative or the number of values differs
     */
    public static FloatTensor wrap(float[] values, int... shape) {
        int[] own = shape.clone();
        if (elements(own) != values.length) {
            throw new IllegalArgumentException(
                    "values: expected " + elements(own) + " for shape " + text(own) + ", found " + values.length);
        }
        return new FloatTensor(values, own);
    }

    /**
     * Allocates a tensor of zeros.
     *
     * @param shape extents, each at least 0; none for a scalar
     * @return a new tensor
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

    /** {@return the values in row-major order, not copied: exactly {@link #size} of them} */
    public float[] values() {
        return values;
    }

    /** {@return the number of values} */
    public int size() {
        return values.length;
    }

    /** {@return the number of axes} */
    public int rank() {
        return shape.length;
    }

    /** {@return a new array of the extents} */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * {@return the extent of {@code axis}}
     *
     * @param axis from 0 for the first; a negative axis counts from the last, which is −1
     * @throws IllegalArgumentException if the tensor has no such axis
     */
    public int dim(int axis) {
        int from = axis < 0 ? axis + shape.length : axis;
        if (from < 0 || from >= shape.length) {
            throw new IllegalArgumentException("axis: expected from " + -shape.length + " to " + (shape.length - 1)
                    + " for shape " + text(shape) + ", found " + axis);
        }
        return shape[from];
    }

    /** {@return C, the extent of the third axis from the last} */
    public int channels() {
        return dim(-3);
    }

    /** {@return H, the extent of the second axis from the last} */
    public int height() {
        return dim(-2);
    }

    /** {@return W, the extent of the last axis} */
    public int width() {
        return dim(-1);
    }

    /**
     * {@return a view of another shape with the same number of elements}
     *
     * @param shape extents, each at least 0; none for a scalar
     * @throws IllegalArgumentException if the number of elements differs
     */
    public FloatTensor reshaped(int... shape) {
        return wrap(values, shape);
    }

    /**
     * {@return a view of one channel, [H, W], of a tensor [C, H, W]}
     *
     * @param channel 0 to C − 1
     * @throws IllegalArgumentException if the rank is not 3 or there is no such channel
     */
    public Plane plane(int channel) {
        if (shape.length != 3) {
            throw new IllegalArgumentException("tensor: expected [C, H, W], found shape " + text(shape));
        }
        if (channel < 0 || channel >= shape[0]) {
            throw new IllegalArgumentException("channel: expected below " + shape[0] + ", found " + channel);
        }
        return Plane.wrap(values, channel * shape[1] * shape[2], shape[1], shape[2], shape[2]);
    }

    /**
     * {@return the only value of a tensor of one element}
     *
     * @throws IllegalArgumentException if there is not exactly one element
     */
    public float number() {
        if (values.length != 1) {
            throw new IllegalArgumentException("tensor: expected a single number, found shape " + text(shape));
        }
        return values[0];
    }

    /** {@return a copy with left and right exchanged: the last axis is reversed} */
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

    /**
     * Replaces each value by its mean with the value of {@code mirrored} at the mirrored position.
     *
     * @param mirrored of the same shape; its last axis is reversed
     * @throws IllegalArgumentException if the shapes differ
     */
    public void averageWithMirrored(FloatTensor mirrored) {
        if (!Arrays.equals(shape, mirrored.shape)) {
            throw new IllegalArgumentException(
                    "mirrored: expected shape " + text(shape) + ", found " + text(mirrored.shape));
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

    /** Returns the shape, such as {@code FloatTensor[1, 3, 384, 384]}. */
    @Override
    public String toString() {
        return "FloatTensor" + text(shape);
    }
}
