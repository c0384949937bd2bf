package fathom.rendering;

/**
 * How values become colours.
 *
 * @param colormap the colours
 * @param range what its ends stand for; values beyond take the end colours
 * @param flipped whether the colours run from the range's maximum to its minimum, as for inverse depth
 * @param invalid colour of pixels without a value, 0xRRGGBB
 */
public record Shading(Colormap colormap, ValueRange range, boolean flipped, int invalid) {
    /** A grey that no part of viridis looks like. */
    public static final int INVALID = 0x5A5A5A;

    public Shading {
        if ((invalid & 0xFF00_0000) != 0) {
            throw new IllegalArgumentException(
                    "invalid colour: expected 0xRRGGBB, found 0x" + Integer.toHexString(invalid));
        }
    }

    /** Colours that follow the values, missing pixels grey. */
    public static Shading of(Colormap colormap, ValueRange range) {
        return new Shading(colormap, range, false, INVALID);
    }

    /** Colours that run backwards if {@code inverse}, so that far looks the same in maps of depth and of inverse depth. */
    public static Shading ofDepth(Colormap colormap, ValueRange range, boolean inverse) {
        return new Shading(colormap, range, inverse, INVALID);
    }

    /** Which colour of the table stands for {@code value}, 0 to 255. */
    int index(double value) {
        double share = Math.clamp(range.share(value), 0, 1);
        return Colormap.index(flipped ? 1 - share : share);
    }
}
