package fathom.rendering;

/**
 * The mapping from values to colours.
 *
 * @param colormap the colours
 * @param range the values at the ends of the colormap; values outside get the colour of the nearer end
 * @param flipped whether the colours run from the maximum of the range to its minimum, as for inverse depth
 * @param invalid colour of pixels without a value, 0xRRGGBB
 */
public record Shading(Colormap colormap, ValueRange range, boolean flipped, int invalid) {
    /** A gray that is different from every colour of viridis. */
    public static final int INVALID = 0x5A5A5A;

    /**
     * Validates the invalid colour.
     *
     * @throws IllegalArgumentException if it is not 0xRRGGBB
     */
    public Shading {
        if ((invalid & 0xFF00_0000) != 0) {
            throw new IllegalArgumentException(
                    "invalid colour: expected 0xRRGGBB, found 0x" + Integer.toHexString(invalid));
        }
    }

    /**
     * {@return colours in the order of the values; missing pixels are gray}
     *
     * @param colormap the colours
     * @param range the values at the ends of the colormap
     */
    public static Shading of(Colormap colormap, ValueRange range) {
        return new Shading(colormap, range, false, INVALID);
    }

    /**
     * {@return colours that are reversed if {@code inverse}, so that far has the same colour in maps of depth and of
     * inverse depth}
     *
     * @param colormap the colours
     * @param range the values at the ends of the colormap
     * @param inverse whether larger values are nearer
     */
    public static Shading ofDepth(Colormap colormap, ValueRange range, boolean inverse) {
        return new Shading(colormap, range, inverse, INVALID);
    }

    /** Returns the index of the colour for {@code value}, 0 to 255. */
    int index(double value) {
        double share = Math.clamp(range.share(value), 0, 1);
        return Colormap.index(flipped ? 1 - share : share);
    }
}
