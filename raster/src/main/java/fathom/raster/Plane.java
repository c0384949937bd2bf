package fathom.raster;

/**
 * One channel of float32 values, [H, W], over storage that may be shared: a crop is a view, not a copy.
 *
 * <p>Value {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}. A plane does not
 * own its array: whoever made the array may go on writing to it, and two planes over the same array see the same values.
 * It carries no unit and no kind; {@link Prediction} and the names of methods do. Not safe for concurrent writes.
 */
public final class Plane {
    private final float[] array;
    private final Layout layout;

    private Plane(float[] array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /** Allocates a plane of zeros, [height, width]. */
    public static Plane allocate(int height, int width) {
        Layout layout = Layout.packed(height, width, 1);
        return new Plane(new float[layout.size()], layout);
    }

    /** Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed. */
    public static Plane wrap(float[] array, int height, int width) {
        return wrap(array, 0, height, width, width);
    }

    /** Wraps {@code array} as [height, width] from {@code offset}, rows {@code stride} elements apart, without copying. */
    public static Plane wrap(float[] array, int offset, int height, int width, int stride) {
        Shapes.requireSize(height, width);
        return new Plane(array, new Layout(offset, height, width, 1, stride).within(array.length));
    }

    /** Number of rows, H. */
    public int height() {
        return layout.height();
    }

    /** Number of columns, W. */
    public int width() {
        return layout.width();
    }

    /** Number of values, H * W. */
    public int size() {
        return layout.size();
    }

    /** The backing array, shared with everyone who holds it. */
    public float[] array() {
        return array;
    }

    /** Index in {@link #array()} of the value at (0, 0). */
    public int offset() {
        return layout.offset();
    }

    /** Distance in {@link #array()} between the starts of two neighbouring rows. */
    public int stride() {
        return layout.stride();
    }

    /** Index in {@link #array()} of the first value of {@code row}; the row is not checked. */
    public int rowStart(int row) {
        return layout.rowStart(row);
    }

    /** Whether the values follow each other without gaps. */
    public boolean isContiguous() {
        return layout.isContiguous();
    }

    /** The value at (row, column). */
    public float get(int row, int column) {
        return array[layout.index(row, column)];
    }

    /** Writes the value at (row, column). */
    public void set(int row, int column, float value) {
        array[layout.index(row, column)] = value;
    }

    /** A view, [height, width], of the window whose top left corner is (top, left); it shares this plane's array. */
    public Plane crop(int top, int left, int height, int width) {
        return new Plane(array, layout.crop(top, left, height, width));
    }

    /** A contiguous copy in an array of its own. */
    public Plane copy() {
        return new Plane(toArray(), Layout.packed(height(), width(), 1));
    }

    /** A new array of H * W values in row-major order. */
    public float[] toArray() {
        float[] values = new float[size()];
        layout.copy(array, values);
        return values;
    }

    /** Throws {@link IllegalArgumentException} naming {@code what} unless {@code other} has this plane's shape. */
    public void requireSameShape(String what, Plane other) {
        Shapes.requireSame(what, height(), width(), other.height(), other.width());
    }

    @Override
    public String toString() {
        return "Plane[" + height() + ", " + width() + "]";
    }
}
