package fathom.raster;

/**
 * A measured depth map, [H, W]: the numbers as the file stores them, and their meaning.
 *
 * <p>{@code metres} and {@code valid} are what metrics use. {@code stored} is the undecoded content of the file; only a
 * protocol that reproduces an evaluation which skipped the decoding reads it.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="measured"}
 *
 * @param stored the numbers of the file, undecoded (16-bit integers are exact in float32)
 * @param metres depth along the optical axis, metres; 0 where there is no measurement
 * @param valid true where there is a measurement
 * @see Mask
 */
public record MeasuredDepth(Plane stored, Plane metres, Mask valid) {
    /**
     * Validates that all three have the same shape.
     *
     * @throws IllegalArgumentException if a shape differs
     */
    public MeasuredDepth {
        metres.requireSameShape("stored", stored);
        Shapes.requireSame("valid", metres.height(), metres.width(), valid.height(), valid.width());
    }

    /** {@return the number of rows, H} */
    public int height() {
        return metres.height();
    }

    /** {@return the number of columns, W} */
    public int width() {
        return metres.width();
    }
}
