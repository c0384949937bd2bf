package fathom.models.preprocessing;

import java.util.Locale;

/** What a prepared picture may take: a size that settings, options or a picture ask for is checked before memory is taken. */
final class InputBound {
    /** 8192×8192: as float32 in three planes 805 MB. */
    static final int MAX_PIXELS = 1 << 26;

    private InputBound() {}

    /**
     * Requires that [height, width] pixels are not too many.
     *
     * @param remedy what a person may do
     * @throws UnfitPictureException if they are
     */
    static void require(double height, double width, String remedy) {
        if (!(height * width <= MAX_PIXELS)) {
            throw new UnfitPictureException(String.format(Locale.ROOT,
                    "input: expected at most %d pixels, found %.0f×%.0f; %s", MAX_PIXELS, height, width, remedy));
        }
    }
}
