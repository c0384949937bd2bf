package fathom.raster;

/**
 * The positions of the elements of an image or map in a flat array. The first element of pixel (row, column) has index
 * {@code offset + row * stride + column * channels}; its other channels follow.
 *
 * @param offset index of the first element of pixel (0, 0)
 * @param height rows
 * @param width columns
 * @param channels elements per pixel
 * @param stride elements between the starts of two neighbouring rows
 */
record Layout(int offset, int height, int width, int channels, int stride) {
    Layout {
        // So that no product of the extents overflows later.
        Math.multiplyExact(height, Math.multiplyExact(width, channels));
    }

    /** Returns a layout without gaps between rows, from the start of an array. */
    static Layout packed(int height, int width, int channels) {
        Shapes.requireSize(height, width);
        return new Layout(0, height, width, channels, Math.multiplyExact(width, channels));
    }

    /** Returns this layout if an array of {@code length} contains all its elements. */
    Layout within(int length) {
        Shapes.requireStorage(length, offset, height, rowLength(), stride);
        return this;
    }

    /** Returns the number of elements of a row. */
    int rowLength() {
        return width * channels;
    }

    /** Returns the number of elements of all rows. */
    int size() {
        return height * rowLength();
    }

    /** Returns the index of the first element of {@code row}, which is not checked. */
    int rowStart(int row) {
        return offset + row * stride;
    }

    /** Returns the index of the first element of the pixel at (row, column), which is checked. */
    int index(int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("(row, column): expected inside [" + height + ", " + width
                    + "], found (" + row + ", " + column + ")");
        }
        return rowStart(row) + column * channels;
    }

    /** Returns whether there is no gap between rows. */
    boolean isContiguous() {
        return stride == rowLength() || height == 1;
    }

    /** Returns the layout of the window whose top left corner is (top, left). */
    Layout crop(int top, int left, int height, int width) {
        Shapes.requireWindow(top, left, height, width, this.height, this.width);
        return new Layout(rowStart(top) + left * channels, height, width, channels, stride);
    }

    /**
     * Copies the elements of this layout row by row from array {@code from} to the start of array {@code to} of the
     * same type.
     */
    void copy(Object from, Object to) {
        if (isContiguous()) {
            System.arraycopy(from, offset, to, 0, size());
            return;
        }
        for (int row = 0; row < height; row++) {
            System.arraycopy(from, rowStart(row), to, row * rowLength(), rowLength());
        }
    }
}
