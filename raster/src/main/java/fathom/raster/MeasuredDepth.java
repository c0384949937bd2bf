package fathom.raster;

/**
 * A measured depth map, [H, W]: the numbers as the file stores them, and what they mean.
 *
 * @param stored the file's own numbers, undecoded (16-bit integers are exact in float32); only a protocol that reproduces
 *            somebody's mistake reads them
 * @param metres depth along the optical axis, metres, 0 where there is no measurement
 * @param valid true where there is a measurement
 */
public record MeasuredDepth(Plane stored, Plane metres, Mask valid) {
    public MeasuredDepth {
        metres.requireSameShape("stored", stored);
        Shapes.requireSame("valid", metres.height(), metres.width(), valid.height(), valid.width());
    }

    /** Number of rows, H. */
    public int height() {
        return metres.height();
    }

    /** Number of columns, W. */
    public int width() {
        return metres.width();
    }
}
