package fathom.rendering.charts;

/** Points of one name in a chart. Immutable. */
public final class Series {
    private final String name;
    private final int colour;
    private final double[] x;
    private final double[] y;

    /**
     * Copies the points.
     *
     * @param name the name in the legend
     * @param colour number of its colour, from 0; equal names have equal colours in all charts of a page
     * @param x the horizontal positions
     * @param y the vertical positions; a point with NaN is not drawn
     * @throws IllegalArgumentException if the numbers of positions differ
     */
    public Series(String name, int colour, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("y: expected " + x.length + " positions, found " + y.length);
        }
        this.name = name;
        this.colour = colour;
        this.x = x.clone();
        this.y = y.clone();
    }

    /** {@return the name in the legend} */
    public String name() {
        return name;
    }

    /** {@return the number of its colour} */
    public int colour() {
        return colour;
    }

    /** {@return number of points} */
    public int size() {
        return x.length;
    }

    /**
     * {@return the horizontal position of a point}
     *
     * @param point its index
     */
    public double x(int point) {
        return x[point];
    }

    /**
     * {@return the vertical position of a point}
     *
     * @param point its index
     */
    public double y(int point) {
        return y[point];
    }
}
