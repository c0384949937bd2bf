package fathom.raster;

import java.util.Arrays;

/**
 * One channel of float32 values, [H, W], over storage that may be shared: a crop is a view, not a copy.
 *
 * <p>Value {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}. A plane does not
 * own its array: whoever made the array may go on writing to it, and two planes over the same array see the same values.
 * It carries no unit and no kind; {@link Prediction} and the names of methods do. Not safe for concurrent writes.
 */
public final class Plane {
    private final float[] array;
    private final int offset;
    private final int height;
    private final int width;
    private final int stride;

    private Plane(float[] array, int offset, int height, int width, int stride) {
        this.array = array;
        this.offset = offset;
        this.height = height;
        this.width = width;
        this.stride = stride;
    }

    /** Allocates a plane of zeros, [height, width]. */
    public static Plane allocate(int height, int width) {
        Shapes.requireSize(height, width);
        return new Plane(new float[height * width], 0, height, width, width);
    }

    /** Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed. */
    public static Plane wrap(float[] array, int height, int width) {
        return wrap(array, 0, height, width, width);
    }

    /** Wraps {@code array} as [height, width] from {@code offset}, rows {@code stride} elements apart, without copying. */
    public static Plane wrap(float[] array, int offset, int height, int width, int stride) {
        Shapes.requireSize(height, width);
        Shapes.requireStorage(array.length, offset, height, width, stride);
        return new Plane(array, offset, height, width, stride);
    }

    /** Number of rows, H. */
    public int height() {
        return height;
    }

    /** Number of columns, W. */
    public int width() {
        return width;
    }

    /** Number of values, H * W. */
    public int size() {
        return height * width;
    }

    /** The backing array, shared with everyone who holds it. */
    public float[] array() {
        return array;
    }

    /** Index in {@link #array()} of the value at (0, 0). */
    public int offset() {
        return offset;
    }

    /** Distance in {@link #array()} between the starts of two neighbouring rows. */
    public int stride() {
        return stride;
    }

    /** Index in {@link #array()} of the first value of {@code row}; the row is not checked. */
    public int rowStart(int row) {
        return offset + row * stride;
    }

    /** Whether the values follow each other without gaps. */
    public boolean isContiguous() {
        return stride == width || height == 1;
    }

    /** The value at (row, column). */
    public float get(int row, int column) {
        requireInside(row, column);
        return array[rowStart(row) + column];
    }

    /** Writes the value at (row, column). */
    public void set(int row, int column, float value) {
        requireInside(row, column);
        array[rowStart(row) + column] = value;
    }

    /** A view, [height, width], of the window whose top left corner is (top, left); it shares this plane's array. */
    public Plane crop(int top, int left, int height, int width) {
        Shapes.requireWindow(top, left, height, width, this.height, this.width);
        return new Plane(array, rowStart(top) + left, height, width, stride);
    }

    /** A contiguous copy in an array of its own. */
    public Plane copy() {
        return new Plane(toArray(), 0, height, width, width);
    }

    /** A new array of H * W values in row-major order. */
    public float[] toArray() {
        if (isContiguous()) {
            return Arrays.copyOfRange(array, offset, offset + height * width);
        }
        float[] values = new float[height * width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(array, rowStart(row), values, row * width, width);
        }
        return values;
    }

    /** Throws {@link IllegalArgumentException} naming {@code what} unless {@code other} has this plane's shape. */
    public void requireSameShape(String what, Plane other) {
        Shapes.requireSame(what, height, width, other.height, other.width);
    }

    private void requireInside(int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException(
                    "(row, column): expected inside [" + height + ", " + width + "], found (" + row + ", " + column
                            + ")");
        }
    }

    @Override
    public String toString() {
        return "Plane[" + height + ", " + width + "]";
    }
}
