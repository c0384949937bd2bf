package fathom.raster;

/** Checks of sizes and windows, made once at the start of a constructor or kernel. */
public final class Shapes {
    private Shapes() {}

    /**
     * Requires at least one pixel and fewer than 2³¹.
     *
     * @param height number of rows
     * @param width number of columns
     * @throws IllegalArgumentException if the size is outside these limits
     */
    public static void requireSize(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "height and width: expected at least 1 each, found " + height + " and " + width);
        }
        if ((long) height * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "height x width: expected fewer than 2^31 pixels, found " + height + " x " + width);
        }
    }

    /** Requires that a window is inside an image of [ofHeight, ofWidth]. */
    static void requireWindow(int top, int left, int height, int width, int ofHeight, int ofWidth) {
        requireSize(height, width);
        if (top < 0 || left < 0 || top > ofHeight - height || left > ofWidth - width) {
            throw new IllegalArgumentException(
                    "window: expected inside [" + ofHeight + ", " + ofWidth + "], found rows " + top + " to "
                            + ((long) top + height) + ", columns " + left + " to " + ((long) left + width));
        }
    }

    /** Requires that an array of {@code length} holds {@code height} rows that start {@code stride} apart. */
    static void requireStorage(int length, int offset, int height, int rowLength, int stride) {
        long end = offset + (long) (height - 1) * stride + rowLength;
        if (offset < 0 || stride < rowLength || end > length) {
            throw new IllegalArgumentException("array: expected " + height + " rows of " + rowLength + " at offset "
                    + offset + " with stride " + stride + ", which needs " + end + " elements, found " + length);
        }
    }

    /** Requires two equal shapes; the message names {@code what}. */
    static void requireSame(String what, int height, int width, int otherHeight, int otherWidth) {
        if (height != otherHeight || width != otherWidth) {
            throw new IllegalArgumentException(what + ": expected [" + height + ", " + width + "], found ["
                    + otherHeight + ", " + otherWidth + "]");
        }
    }
}
