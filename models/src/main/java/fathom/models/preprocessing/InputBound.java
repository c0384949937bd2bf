package fathom.models.preprocessing;

import java.util.Locale;

/**
 * The limit on the size of a preprocessed picture. It is checked before memory is allocated, because settings, options
 * or a picture may require any size.
 */
final class InputBound {
    /** 8192×8192: as float32 in three planes 805 MB. */
    static final int MAX_PIXELS = 1 << 26;

    private InputBound() {}

    /**
     * Requires that [height, width] pixels are within the limit.
     *
     * @param remedy what the user can do
     * @throws UnfitPictureException if they are not
     */
    static void require(double height, double width, String remedy) {
        if (!(height * width <= MAX_PIXELS)) {
            throw new UnfitPictureException(String.format(Locale.ROOT,
                    "input: expected at most %d pixels, found %.0f×%.0f; %s", MAX_PIXELS, height, width, remedy));
        }
    }
}
