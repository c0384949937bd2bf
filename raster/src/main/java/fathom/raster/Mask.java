package fathom.raster;

import java.util.Arrays;

/**
 * One flag per pixel, [H, W]: where a depth map can be trusted.
 *
 * <p>Readers turn missing values (0, NaN, 65535) into a mask as soon as they read a file. Later code asks the mask instead
 * of testing values. The flag of pixel (row, column) is element {@code row * W + column} of {@link #array()}: one byte
 * per pixel, without gaps. {@link #crop} therefore copies, in contrast to {@link Plane#crop}. Not safe for concurrent
 * writes.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="mask"}
 *
 * @see MeasuredDepth
 * @see Prediction#valid()
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

    /**
     * {@return a mask in which every pixel is {@code value}}
     *
     * @param height number of rows
     * @param width number of columns
     * @param value the flag of every pixel
     */
    public static Mask filled(int height, int width, boolean value) {
        Shapes.requireSize(height, width);
        boolean[] array = new boolean[height * width];
        if (value) {
            Arrays.fill(array, true);
        }
        return new Mask(array, height, width);
    }

    /**
     * Wraps {@code array} without copying it.
     *
     * @param array exactly height * width flags in row-major order
     * @param height number of rows
     * @param width number of columns
     * @return a mask over {@code array}
     * @throws IllegalArgumentException if the number of flags differs
     */
    public static Mask wrap(boolean[] array, int height, int width) {
        Shapes.requireSize(height, width);
        if (array.length != height * width) {
            throw new IllegalArgumentException("array: expected " + height * width + " flags for [" + height + ", "
                    + width + "], found " + array.length);
        }
        return new Mask(array, height, width);
    }

    /**
     * {@return a mask that is true where the value is neither NaN nor infinite}
     *
     * @param values [H, W]
     */
    public static Mask ofFinite(Plane values) {
        return where(values, Float::isFinite);
    }

    /**
     * {@return a mask that is true where the value is finite and above zero: the validity of a depth map whose missing
     * pixels are 0}
     *
     * @param values [H, W]
     */
    public static Mask ofPositive(Plane values) {
        return where(values, value -> value > 0 && value <= Float.MAX_VALUE);
    }

    /**
     * {@return a mask that is true where the value meets the condition {@code test}}
     *
     * @param values [H, W]
     * @param test the condition
     */
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
        /**
         * {@return whether {@code value} meets the condition}
         *
         * @param value the value
         */
        boolean test(float value);
    }

    /** {@return the number of rows, H} */
    public int height() {
        return height;
    }

    /** {@return the number of columns, W} */
    public int width() {
        return width;
    }

    /** {@return the backing array in row-major order, not copied} */
    public boolean[] array() {
        return array;
    }

    /**
     * {@return the flag at (row, column)}
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     */
    public boolean get(int row, int column) {
        requireInside(row, column);
        return array[row * width + column];
    }

    /**
     * Sets the flag at (row, column).
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     * @param value the new flag
     */
    public void set(int row, int column, boolean value) {
        requireInside(row, column);
        array[row * width + column] = value;
    }

    /** {@return the number of pixels that are true} */
    public int count() {
        int count = 0;
        for (boolean flag : array) {
            if (flag) {
                count++;
            }
        }
        return count;
    }

    /**
     * {@return a mask that is true where both masks are true}
     *
     * @param other of the same shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public Mask and(Mask other) {
        Shapes.requireSame("other", height, width, other.height, other.width);
        boolean[] both = new boolean[array.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = array[i] && other.array[i];
        }
        return new Mask(both, height, width);
    }

    /**
     * {@return a copy of the window whose top left corner is (top, left)}
     *
     * @param top first row
     * @param left first column
     * @param height number of rows
     * @param width number of columns
     */
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
            throw new IndexOutOfBoundsException("(row, column): expected inside [" + height + ", " + width
                    + "], found (" + row + ", " + column + ")");
        }
    }

    @Override
    public String toString() {
        return "Mask[" + height + ", " + width + ", " + count() + " true]";
    }
}
