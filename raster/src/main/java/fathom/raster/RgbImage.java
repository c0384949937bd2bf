package fathom.raster;

import java.util.Arrays;

/**
 * An 8-bit sRGB picture, [H, W, 3], interleaved red, green, blue, over storage that may be shared: a crop is a view.
 *
 * <p>Channel {@code c} of pixel {@code (row, column)} is element {@code offset + row * stride + 3 * column + c} of
 * {@link #array()}, unsigned. Whoever made the array may go on writing to it. Not safe for concurrent writes.
 */
public final class RgbImage {
    /** Bytes per pixel. */
    public static final int CHANNELS = 3;

    private final byte[] array;
    private final int offset;
    private final int height;
    private final int width;
    private final int stride;

    private RgbImage(byte[] array, int offset, int height, int width, int stride) {
        this.array = array;
        this.offset = offset;
        this.height = height;
        this.width = width;
        this.stride = stride;
    }

    /** Allocates a black picture, [height, width, 3]. */
    public static RgbImage allocate(int height, int width) {
        Shapes.requireSize(height, width);
        return new RgbImage(new byte[Math.multiplyExact(height * width, CHANNELS)], 0, height, width, width * CHANNELS);
    }

    /** Wraps {@code array} as [height, width, 3] in row-major order without copying it; it may be longer than needed. */
    public static RgbImage wrap(byte[] array, int height, int width) {
        Shapes.requireSize(height, width);
        int stride = Math.multiplyExact(width, CHANNELS);
        Shapes.requireStorage(array.length, 0, height, stride, stride);
        return new RgbImage(array, 0, height, width, stride);
    }

    /** Number of rows, H. */
    public int height() {
        return height;
    }

    /** Number of columns, W. */
    public int width() {
        return width;
    }

    /** The backing array, shared with everyone who holds it. */
    public byte[] array() {
        return array;
    }

    /** Index in {@link #array()} of the red value of pixel (0, 0). */
    public int offset() {
        return offset;
    }

    /** Bytes between the starts of two neighbouring rows. */
    public int stride() {
        return stride;
    }

    /** Index in {@link #array()} of the first byte of {@code row}; the row is not checked. */
    public int rowStart(int row) {
        return offset + row * stride;
    }

    /** Whether the pixels follow each other without gaps. */
    public boolean isContiguous() {
        return stride == width * CHANNELS || height == 1;
    }

    /** Channel 0 (red), 1 (green) or 2 (blue) of the pixel at (row, column), 0 to 255. */
    public int get(int row, int column, int channel) {
        if (row < 0 || row >= height || column < 0 || column >= width || channel < 0 || channel >= CHANNELS) {
            throw new IndexOutOfBoundsException("(row, column, channel): expected inside [" + height + ", " + width
                    + ", 3], found (" + row + ", " + column + ", " + channel + ")");
        }
        return array[rowStart(row) + column * CHANNELS + channel] & 0xFF;
    }

    /** A view of the window whose top left corner is (top, left); it shares this picture's array. */
    public RgbImage crop(int top, int left, int height, int width) {
        Shapes.requireWindow(top, left, height, width, this.height, this.width);
        return new RgbImage(array, rowStart(top) + left * CHANNELS, height, width, stride);
    }

    /** A new array of H * W * 3 bytes in row-major order. */
    public byte[] toArray() {
        int rowLength = width * CHANNELS;
        if (isContiguous()) {
            return Arrays.copyOfRange(array, offset, offset + height * rowLength);
        }
        byte[] bytes = new byte[height * rowLength];
        for (int row = 0; row < height; row++) {
            System.arraycopy(array, rowStart(row), bytes, row * rowLength, rowLength);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "RgbImage[" + height + ", " + width + "]";
    }
}
