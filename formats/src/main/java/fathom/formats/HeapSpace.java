package fathom.formats;

/**
 * The memory for decoded images and arrays. Their size is known from the header, so one that cannot fit into the heap is
 * rejected before memory is allocated for it.
 */
public final class HeapSpace {
    /** The part of the heap that one image may use: something must remain for the work on it. */
    private static final double SHARE = 0.75;

    private HeapSpace() {}

    /**
     * Requires that an image fits into the heap.
     *
     * @param source path or name of the data
     * @param height rows
     * @param width columns
     * @param bytesPerPixel the memory of one pixel
     * @throws TooLargeException if it does not fit
     */
    public static void require(String source, int height, int width, int bytesPerPixel) throws TooLargeException {
        requireBytes(source, width + "x" + height + " pixels", (long) height * width * bytesPerPixel);
    }

    /**
     * Requires that {@code bytes} fit into the heap.
     *
     * @param source path or name of the data
     * @param what names the data in the message
     * @param bytes the memory
     * @throws TooLargeException if they do not fit
     */
    public static void requireBytes(String source, String what, long bytes) throws TooLargeException {
        if (bytes > SHARE * Runtime.getRuntime().maxMemory()) {
            throw new TooLargeException(source, what, bytes);
        }
    }
}
