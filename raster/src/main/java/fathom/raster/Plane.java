package fathom.raster;

/**
 * One channel of float32 values, [H, W], over storage that may be shared: a crop is a view, not a copy.
 *
 * <p>Value {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}. Loops read the
 * array row by row from {@link #rowStart}; {@link #get} checks its arguments and is for single values. A plane has at
 * least one pixel and fewer than 2³¹.
 *
 * <p>A plane does not own its array: the creator of the array may continue to write to it, and two planes over the same
 * array see the same values. It has no unit and no kind; {@link Prediction} and the names of methods state them. Values
 * may be NaN or infinite. Not safe for concurrent writes.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="plane"}
 *
 * @see Mask
 * @see FloatTensor
 */
public final class Plane {
    private final float[] array;
    private final Layout layout;

    private Plane(float[] array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /**
     * Allocates a plane of zeros, [height, width].
     *
     * @param height number of rows
     * @param width number of columns
     * @return the plane
     */
    public static Plane allocate(int height, int width) {
        Layout layout = Layout.packed(height, width, 1);
        return new Plane(new float[layout.size()], layout);
    }

    /**
     * Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed.
     *
     * @param array the storage, not copied; may be longer than needed
     * @param height number of rows
     * @param width number of columns
     * @return the plane
     */
    public static Plane wrap(float[] array, int height, int width) {
        return wrap(array, 0, height, width, width);
    }

    /**
     * Wraps {@code array} as [height, width] from {@code offset} without copying it. Rows start {@code stride} elements
     * apart.
     *
     * @param array the storage, not copied; may be longer than needed
     * @param offset index of the value at (0, 0)
     * @param height number of rows
     * @param width number of columns
     * @param stride elements between the starts of two neighbouring rows, at least {@code width}
     * @return the plane
     * @throws IllegalArgumentException if the array is too short
     */
    public static Plane wrap(float[] array, int offset, int height, int width, int stride) {
        Shapes.requireSize(height, width);
        return new Plane(array, new Layout(offset, height, width, 1, stride).within(array.length));
    }

    /** {@return the number of rows, H} */
    public int height() {
        return layout.height();
    }

    /** {@return the number of columns, W} */
    public int width() {
        return layout.width();
    }

    /** {@return the number of values, H * W} */
    public int size() {
        return layout.size();
    }

    /** {@return the backing array, not copied} */
    public float[] array() {
        return array;
    }

    /** {@return the index in {@link #array()} of the value at (0, 0)} */
    public int offset() {
        return layout.offset();
    }

    /** {@return the number of elements between the starts of two neighbouring rows} */
    public int stride() {
        return layout.stride();
    }

    /**
     * {@return the index in {@link #array()} of the first value of {@code row}} The row is not checked.
     *
     * @param row from 0 to H − 1
     */
    public int rowStart(int row) {
        return layout.rowStart(row);
    }

    /** {@return whether there is no gap between rows} */
    public boolean isContiguous() {
        return layout.isContiguous();
    }

    /**
     * {@return the value at (row, column)}
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     */
    public float get(int row, int column) {
        return array[layout.index(row, column)];
    }

    /**
     * Sets the value at (row, column).
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     * @param value the new value
     */
    public void set(int row, int column, float value) {
        array[layout.index(row, column)] = value;
    }

    /**
     * {@return a view, [height, width], of the window whose top left corner is (top, left)} The view shares the array
     * of this plane.
     *
     * @param top first row
     * @param left first column
     * @param height number of rows
     * @param width number of columns
     */
    public Plane crop(int top, int left, int height, int width) {
        return new Plane(array, layout.crop(top, left, height, width));
    }

    /** {@return a copy without gaps between rows, in a new array} */
    public Plane copy() {
        return new Plane(toArray(), Layout.packed(height(), width(), 1));
    }

    /** {@return a new array of H * W values in row-major order} */
    public float[] toArray() {
        float[] values = new float[size()];
        layout.copy(array, values);
        return values;
    }

    /**
     * Requires that {@code other} has the shape of this plane.
     *
     * @param what names the argument in the message
     * @param other the plane to check
     * @throws IllegalArgumentException if it has another shape; the message names {@code what}
     */
    public void requireSameShape(String what, Plane other) {
        Shapes.requireSame(what, height(), width(), other.height(), other.width());
    }

    @Override
    public String toString() {
        return "Plane[" + height() + ", " + width() + "]";
    }
}
