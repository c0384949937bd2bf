package fathom.raster;

/**
 * An 8-bit sRGB image, [H, W, 3], interleaved red, green, blue, over storage that may be shared: a crop is a view.
 *
 * <p>Channel {@code c} of pixel {@code (row, column)} is element {@code offset + row * stride + 3 * column + c} of {@link
 * #array()}, unsigned: read it as {@code array[i] & 0xFF}. An image has at least one pixel; its 3·H·W bytes fit into
 * one array, so the largest square image has about 26 700 pixels per side. Values are gamma-encoded sRGB, and no
 * operation of this package linearises them, in agreement with Pillow, OpenCV and PyTorch.
 *
 * <p>The creator of the array may continue to write to it. Not safe for concurrent writes.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="rgb"}
 *
 * @see fathom.raster.resampling.RgbResampling
 * @see GrayImage
 */
public final class RgbImage {
    /** Bytes per pixel. */
    public static final int CHANNELS = 3;

    private final byte[] array;
    private final Layout layout;

    private RgbImage(byte[] array, Layout layout) {
        this.array = array;
        this.layout = layout;
    }

    /**
     * Allocates a black image, [height, width, 3].
     *
     * @param height number of rows
     * @param width number of columns
     * @return the image
     */
    public static RgbImage allocate(int height, int width) {
        Layout layout = Layout.packed(height, width, CHANNELS);
        return new RgbImage(new byte[layout.size()], layout);
    }

    /**
     * Wraps {@code array} as [height, width, 3] in row-major order without copying it; it may be longer than needed.
     *
     * @param array interleaved channels, row-major; may be longer than needed
     * @param height number of rows
     * @param width number of columns
     * @return the image
     */
    public static RgbImage wrap(byte[] array, int height, int width) {
        return new RgbImage(array, Layout.packed(height, width, CHANNELS).within(array.length));
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

    /** {@return the index in {@link #array()} of the red value of pixel (0, 0)} */
    public int offset() {
        return layout.offset();
    }

    /** {@return the number of bytes between the starts of two neighbouring rows} */
    public int stride() {
        return layout.stride();
    }

    /**
     * {@return the index in {@link #array()} of the first byte of {@code row}} The row is not checked.
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
     * {@return one channel of the pixel at (row, column), 0 to 255}
     *
     * @param row from 0 to H − 1
     * @param column from 0 to W − 1
     * @param channel 0 (red), 1 (green) or 2 (blue)
     */
    public int get(int row, int column, int channel) {
        if (channel < 0 || channel >= CHANNELS) {
            throw new IndexOutOfBoundsException("channel: expected 0 to " + (CHANNELS - 1) + ", found " + channel);
        }
        return array[layout.index(row, column) + channel] & 0xFF;
    }

    /**
     * {@return a view of the window whose top left corner is (top, left)} The view shares the array of this image.
     *
     * @param top first row
     * @param left first column
     * @param height number of rows
     * @param width number of columns
     */
    public RgbImage crop(int top, int left, int height, int width) {
        return new RgbImage(array, layout.crop(top, left, height, width));
    }

    /** {@return a new array of H * W * 3 bytes in row-major order} */
    public byte[] toArray() {
        byte[] bytes = new byte[layout.size()];
        layout.copy(array, bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "RgbImage[" + height() + ", " + width() + "]";
    }
}
