package fathom.raster;

/**
 * An 8-bit picture of one channel, [H, W], over storage that may be shared: a crop is a view.
 *
 * <p>Pixel {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}, unsigned. It is what
 * 8-bit protocols compare and 8-bit maps are written from; a depth map is a {@link Plane}. Whoever made the array may go on
 * writing to it. Not safe for concurrent writes.
 */
public final class GrayImage {
    private final byte[] array;
    private final Layout layout;

    private GrayImage(byte[] array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /** Allocates a black picture, [height, width]. */
    public static GrayImage allocate(int height, int width) {
        Layout layout = Layout.packed(height, width, 1);
        return new GrayImage(new byte[layout.size()], layout);
    }

    /** Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed. */
    public static GrayImage wrap(byte[] array, int height, int width) {
        return new GrayImage(array, Layout.packed(height, width, 1).within(array.length));
    }

    /** A new picture of channel 0 (red), 1 (green) or 2 (blue) of {@code image}. */
    public static GrayImage ofChannel(RgbImage image, int channel) {
        if (channel < 0 || channel >= RgbImage.CHANNELS) {
            throw new IllegalArgumentException("channel: expected 0, 1 or 2, found " + channel);
        }
        GrayImage grey = allocate(image.height(), image.width());
        byte[] source = image.array();
        for (int row = 0, at = 0; row < grey.height(); row++) {
            int from = image.rowStart(row) + channel;
            for (int end = at + grey.width(); at < end; at++, from += RgbImage.CHANNELS) {
                grey.array[at] = source[from];
            }
        }
        return grey;
    }

    /**
     * A new picture of the values of {@code levels}.
     *
     * @throws IllegalArgumentException if a value is not a whole number from 0 to 255
     */
    public static GrayImage ofLevels(Plane levels) {
        GrayImage grey = allocate(levels.height(), levels.width());
        float[] source = levels.array();
        for (int row = 0, at = 0; row < grey.height(); row++) {
            int from = levels.rowStart(row);
            for (int end = at + grey.width(); at < end; at++, from++) {
                int level = (int) source[from];
                if (level != source[from] || level < 0 || level > 255) {
                    throw new IllegalArgumentException("levels: expected whole numbers from 0 to 255, found "
                            + source[from] + " in row " + row);
                }
                grey.array[at] = (byte) level;
            }
        }
        return grey;
    }

    /** A new plane of the pixels, [H, W], 0 to 255. */
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

    /** Number of rows, H. */
    public int height() {
        return layout.height();
    }

    /** Number of columns, W. */
    public int width() {
        return layout.width();
    }

    /** The backing array, shared with everyone who holds it. */
    public byte[] array() {
        return array;
    }

    /** Index in {@link #array()} of pixel (0, 0). */
    public int offset() {
        return layout.offset();
    }

    /** Bytes between the starts of two neighbouring rows. */
    public int stride() {
        return layout.stride();
    }

    /** Index in {@link #array()} of the first pixel of {@code row}; the row is not checked. */
    public int rowStart(int row) {
        return layout.rowStart(row);
    }

    /** Whether the pixels follow each other without gaps. */
    public boolean isContiguous() {
        return layout.isContiguous();
    }

    /** The pixel at (row, column), 0 to 255. */
    public int get(int row, int column) {
        return array[layout.index(row, column)] & 0xFF;
    }

    /** A view of the window whose top left corner is (top, left); it shares this picture's array. */
    public GrayImage crop(int top, int left, int height, int width) {
        return new GrayImage(array, layout.crop(top, left, height, width));
    }

    /** A new array of H * W bytes in row-major order. */
    public byte[] toArray() {
        byte[] bytes = new byte[layout.size()];
        layout.copy(array, bytes);
        return bytes;
    }

    /** Throws {@link IllegalArgumentException} naming {@code what} unless {@code other} has this picture's shape. */
    public void requireSameShape(String what, GrayImage other) {
        Shapes.requireSame(what, height(), width(), other.height(), other.width());
    }

    @Override
    public String toString() {
        return "GrayImage[" + height() + ", " + width() + "]";
    }
}
