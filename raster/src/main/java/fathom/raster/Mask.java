package fathom.raster;

import java.util.Arrays;

/**
 * One flag per pixel, [H, W]: where a depth map can be trusted. Contiguous, one byte per pixel, in an array of its own.
 * Not safe for concurrent writes.
 */
public final class Mask {
    private final boolean[] array;
    private final int height;
    private final int width;

    private Mask(boolean[] array, int height, int width) {
        this.array = array;
        this.height = height;
        this.width = width;
    }

    /** A mask whose every pixel is {@code value}. */
    public static Mask filled(int height, int width, boolean value) {
        Shapes.requireSize(height, width);
        boolean[] array = new boolean[height * width];
        if (value) {
            Arrays.fill(array, true);
        }
        return new Mask(array, height, width);
    }

    /** Wraps {@code array}, exactly height * width flags in row-major order, without copying it. */
    public static Mask wrap(boolean[] array, int height, int width) {
        Shapes.requireSize(height, width);
        if (array.length != height * width) {
            throw new IllegalArgumentException(
                    "array: expected " + height * width + " flags for [" + height + ", " + width + "], found "
                            + array.length);
        }
        return new Mask(array, height, width);
    }

    /** True where the value is neither NaN nor infinite. */
    public static Mask ofFinite(Plane values) {
        return where(values, Float::isFinite);
    }

    /** True where the value is finite and above zero: the validity of a depth map whose missing pixels are 0. */
    public static Mask ofPositive(Plane values) {
        return where(values, value -> value > 0 && value <= Float.MAX_VALUE);
    }

    /** True where {@code test} holds for the value. */
    public static Mask where(Plane values, FloatPredicate test) {
        int height = values.height();
        int width = values.width();
        float[] source = values.array();
        boolean[] array = new boolean[height * width];
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = values.rowStart(row), end = from + width; from < end; from++, at++) {
                array[at] = test.test(source[from]);
            }
        }
        return new Mask(array, height, width);
    }

    /** A condition on one float32 value. */
    @FunctionalInterface
    public interface FloatPredicate {
        /** Whether {@code value} meets the condition. */
        boolean test(float value);
    }

    /** Number of rows, H. */
    public int height() {
        return height;
    }

    /** Number of columns, W. */
    public int width() {
        return width;
    }

    /** The backing array, row-major, shared with everyone who holds it. */
    public boolean[] array() {
        return array;
    }

    /** The flag at (row, column). */
    public boolean get(int row, int column) {
        requireInside(row, column);
        return array[row * width + column];
    }

    /** Writes the flag at (row, column). */
    public void set(int row, int column, boolean value) {
        requireInside(row, column);
        array[row * width + column] = value;
    }

    /** How many pixels are true. */
    public int count() {
        int count = 0;
        for (boolean flag : array) {
            if (flag) {
                count++;
            }
        }
        return count;
    }

    /** True where both masks, which must have the same shape, are. */
    public Mask and(Mask other) {
        Shapes.requireSame("other", height, width, other.height, other.width);
        boolean[] both = new boolean[array.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = array[i] && other.array[i];
        }
        return new Mask(both, height, width);
    }

    /** A copy of the window whose top left corner is (top, left). */
    public Mask crop(int top, int left, int height, int width) {
        Shapes.requireWindow(top, left, height, width, this.height, this.width);
        boolean[] window = new boolean[height * width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(array, (top + row) * this.width + left, window, row * width, width);
        }
        return new Mask(window, height, width);
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
        return "Mask[" + height + ", " + width + ", " + count() + " true]";
    }
}
