package fathom.raster;

/**
 * An 8-bit image of one channel, [H, W], over storage that may be shared: a crop is a view.
 *
 * <p>Pixel {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}, unsigned.
 * Protocols that compare 8-bit images take this type, and 8-bit files are written from it; a depth map is a
 * {@link Plane}. The creator of the array may continue to write to it. Not safe for concurrent writes.
 */
public final class GrayImage {
    private final byte[] array;
    private final Layout layout;

    private GrayImage(byte[] array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /**
     * Allocates a black image, [height, width].
     *
     * @param height number of rows
     * @param width number of columns
     * @return the image
     */
    public static GrayImage allocate(int height, int width) {
        Layout layout = Layout.packed(height, width, 1);
        return new GrayImage(new byte[layout.size()], layout);
    }

    /**
     * Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed.
     *
     * @param array unsigned values, row-major; may be longer than needed
     * @param height number of rows
     * @param width number of columns
     * @return the image
     */
    public static GrayImage wrap(byte[] array, int height, int width) {
        return new GrayImage(array, Layout.packed(height, width, 1).within(array.length));
    }

    /**
     * {@return a new image of one channel of {@code image}}
     *
     * @param image the colour image
     * @param channel 0 (red), 1 (green) or 2 (blue)
     * @throws IllegalArgumentException if there is no such channel
     */
    public static GrayImage ofChannel(RgbImage image, int channel) {
        if (channel < 0 || channel >= RgbImage.CHANNELS) {
            throw new IllegalArgumentException("channel: expected 0, 1 or 2, found " + channel);
        }
        GrayImage gray = allocate(image.height(), image.width());
        byte[] source = image.array();
        for (int row = 0, at = 0; row < gray.height(); row++) {
            int from = image.rowStart(row) + channel;
            for (int end = at + gray.width(); at < end; at++, from += RgbImage.CHANNELS) {
                gray.array[at] = source[from];
            }
        }
        return gray;
    }

    /**
     * {@return a new image of the values of {@code levels}}
     *
     * @param levels integers from 0 to 255, [H, W]
     * @throws IllegalArgumentException if a value is not an integer from 0 to 255
     */
    public static GrayImage ofLevels(Plane levels) {
        GrayImage gray = allocate(levels.height(), levels.width());
        float[] source = levels.array();
        for (int row = 0, at = 0; row < gray.height(); row++) {
            int from = levels.rowStart(row);
            for (int end = at + gray.width(); at < end; at++, from++) {
                int level = (int) source[from];
                if (level != source[from] || level < 0 || level > 255) {
                    throw new IllegalArgumentException(
                            "levels: expected integers from 0 to 255, found " + source[from] + " in row " + row);
                }
                gray.array[at] = (byte) level;
            }
        }
        return gray;
    }

    /** {@return a new plane of the pixels, [H, W], 0 to 255} */
    public Plane toLevels() {
        float[] levels = new float[layout.size()];
        for (int row = 0, at = 0; row < height(); row++) {
            int from = rowStart(row);
            for (int end = at + width(); at < end; at++, from++) {
                levels[at] = array[from] & 0xFF;
            }
        }
        return Plane.wrap(levels, height(), width());
    }

    /** {@return the number of rows, H} */
    public int height() {
        return layout.height();
    }

    /** {@return the number of columns, W} */
    public int width() {
        return layout.width();
    }

    /** {@return the backing array, not copied} */
    public byte[] array() {
        return array;
    }

    /** {@return the index in {@link #array()} of pixel (0, 0)} */
    public int offset() {
        return layout.offset();
    }

    /** {@return the number of bytes between the starts of two neighbouring rows} */
    public int stride() {
        return layout.stride();
    }

    /**
     * {@return the index in {@link #array()} of the first pixel of {@code row}} The row is not checked.
     *
     * @param row from 0 to H − 1
     */
    public int rowStart(int row) {
        return layout.rowStart(row);
    }

    /** {@return whether there is no gap between rows} */
    public boolean isContiguous() {
        return layout.isContiguous();
    }

    /**
     * {@return the pixel at (row, column), 0 to 255}
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     */
    public int get(int row, int column) {
        return array[layout.index(row, column)] & 0xFF;
    }

    /**
     * {@return a view of the window whose top left corner is (top, left)} The view shares the array of this image.
     *
     * @param top first row
     * @param left first column
     * @param height number of rows
     * @param width number of columns
     */
    public GrayImage crop(int top, int left, int height, int width) {
        return new GrayImage(array, layout.crop(top, left, height, width));
    }

    /** {@return a new array of H * W bytes in row-major order} */
    public byte[] toArray() {
        byte[] bytes = new byte[layout.size()];
        layout.copy(array, bytes);
        return bytes;
    }

    /**
     * Requires that {@code other} has the shape of this image.
     *
     * @param what names the argument in the message
     * @param other the image to check
     * @throws IllegalArgumentException if it has another shape; the message names {@code what}
     */
    public void requireSameShape(String what, GrayImage other) {
        Shapes.requireSame(what, height(), width(), other.height(), other.width());
    }

    @Override
    public String toString() {
        return "GrayImage[" + height() + ", " + width() + "]";
    }
}
