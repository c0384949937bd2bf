package fathom.raster;

import java.util.Arrays;

/**
 * An 8-bit picture of one channel, [H, W], over storage that may be shared: a crop is a view.
 *
 * <p>Pixel {@code (row, column)} is element {@code offset + row * stride + column} of {@link #array()}, unsigned. It is what
 * 8-bit protocols compare and 8-bit maps are written from; a depth map is a {@link Plane}. Whoever made the array may go on
 * writing to it. Not safe for concurrent writes.
 */
public final class GrayImage {
    private final byte[] array;
    private final int offset;
    private final int height;
    private final int width;
    private final int stride;

    private GrayImage(byte[] array, int offset, int height, int width, int stride) {
        this.array = array;
        this.offset = offset;
        this.height = height;
        this.width = width;
        this.stride = stride;
    }

    /** Allocates a black picture, [height, width]. */
    public static GrayImage allocate(int height, int width) {
        Shapes.requireSize(height, width);
        return new GrayImage(new byte[height * width], 0, height, width, width);
    }

    /** Wraps {@code array} as [height, width] in row-major order without copying it; it may be longer than needed. */
    public static GrayImage wrap(byte[] array, int height, int width) {
        Shapes.requireSize(height, width);
        Shapes.requireStorage(array.length, 0, height, width, width);
        return new GrayImage(array, 0, height, width, width);
    }

    /** A new picture of channel 0 (red), 1 (green) or 2 (blue) of {@code image}. */
    public static GrayImage ofChannel(RgbImage image, int channel) {
        if (channel < 0 || channel >= RgbImage.CHANNELS) {
            throw new IllegalArgumentException("channel: expected 0, 1 or 2, found " + channel);
        }
        GrayImage grey = allocate(image.height(), image.width());
        byte[] source = image.array();
        for (int row = 0, at = 0; row < grey.height; row++) {
            int from = image.rowStart(row) + channel;
            for (int end = at + grey.width; at < end; at++, from += RgbImage.CHANNELS) {
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
        for (int row = 0, at = 0; row < grey.height; row++) {
            int from = levels.rowStart(row);
            for (int end = at + grey.width; at < end; at++, from++) {
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
        float[] levels = new float[height * width];
        for (int row = 0, at = 0; row < height; row++) {
            int from = rowStart(row);
            for (int end = at + width; at < end; at++, from++) {
                levels[at] = array[from] & 0xFF;
            }
        }
        return Plane.wrap(levels, height, width);
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

    /** Index in {@link #array()} of pixel (0, 0). */
    public int offset() {
        return offset;
    }

    /** Bytes between the starts of two neighbouring rows. */
    public int stride() {
        return stride;
    }

    /** Index in {@link #array()} of the first pixel of {@code row}; the row is not checked. */
    public int rowStart(int row) {
        return offset + row * stride;
    }

    /** Whether the pixels follow each other without gaps. */
    public boolean isContiguous() {
        return stride == width || height == 1;
    }

    /** The pixel at (row, column), 0 to 255. */
    public int get(int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("(row, column): expected inside [" + height + ", " + width
                    + "], found (" + row + ", " + column + ")");
        }
        return array[rowStart(row) + column] & 0xFF;
    }

    /** A view of the window whose top left corner is (top, left); it shares this picture's array. */
    public GrayImage crop(int top, int left, int height, int width) {
        Shapes.requireWindow(top, left, height, width, this.height, this.width);
        return new GrayImage(array, rowStart(top) + left, height, width, stride);
    }

    /** A new array of H * W bytes in row-major order. */
    public byte[] toArray() {
        if (isContiguous()) {
            return Arrays.copyOfRange(array, offset, offset + height * width);
        }
        byte[] bytes = new byte[height * width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(array, rowStart(row), bytes, row * width, width);
        }
        return bytes;
    }

    /** Throws {@link IllegalArgumentException} naming {@code what} unless {@code other} has this picture's shape. */
    public void requireSameShape(String what, GrayImage other) {
        Shapes.requireSame(what, height, width, other.height, other.width);
    }

    @Override
    public String toString() {
        return "GrayImage[" + height + ", " + width + "]";
    }
}
