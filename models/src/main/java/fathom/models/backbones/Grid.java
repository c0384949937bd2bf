package fathom.models.backbones;

import java.util.Locale;

import fathom.models.preprocessing.UnfitPictureException;

/**
 * The size of a feature map.
 *
 * @param height rows
 * @param width columns
 */
public record Grid(int height, int width) {
    private static final long MAX_PAIRS = 1L << 32;

    /** {@return the number of cells} */
    public int cells() {
        return height * width;
    }

    /**
     * Requires that attention between all cells is feasible: at most 2^32 pairs of tokens, as 65,536 tokens make.
     *
     * @param keys number of tokens that each cell attends to
     * @throws UnfitPictureException if there are more
     */
    public void requireAttention(long keys) {
        long pairs = (long) height * width * keys;
        if (pairs > MAX_PAIRS) {
            throw new UnfitPictureException(String.format(Locale.ROOT,
                    "input: expected at most %,d pairs of tokens, because the work for attention grows with the square of "
                            + "their number, found %,d×%,d tokens that make %,d pairs; lower the size in "
                            + "the settings of the preprocessing, or scale the picture down",
                    MAX_PAIRS, height, width, pairs));
        }
    }
}
