package fathom.raster;

/** Ways to continue a plane beyond its edges. */
public enum Padding {
    /** Repeats the value of the edge: {@code F.pad(mode="replicate")}, {@code numpy.pad(mode="edge")}. */
    REPLICATE {
        @Override
        int source(int at, int length) {
            return Math.clamp(at, 0, length - 1);
        }
    },
    /** Mirrors at the edge without repeating it: {@code F.pad(mode="reflect")}, {@code numpy.pad(mode="reflect")}. */
    REFLECT {
        @Override
        int source(int at, int length) {
            if (length == 1) {
                return 0;
            }
            int period = 2 * (length - 1);
            int folded = Math.floorMod(at, period);
            return folded < length ? folded : period - folded;
        }
    };

    /** Returns the index, among {@code length} inputs, of the input for position {@code at}, which may be outside. */
    abstract int source(int at, int length);

    /**
     * {@return a new plane, [top + H + bottom, left + W + right]} If the padding is wider than the plane, mirroring
     * continues, as in NumPy; torch rejects such padding.
     *
     * @param source the plane to pad
     * @param top rows to add at the top
     * @param bottom rows to add at the bottom
     * @param left columns to add at the left
     * @param right columns to add at the right
     * @throws IllegalArgumentException if a padding is negative
     */
    public Plane padded(Plane source, int top, int bottom, int left, int right) {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException("padding: expected pixels of at least 0, found top " + top + ", bottom "
                    + bottom + ", left " + left + ", right " + right);
        }
        int height = Math.addExact(source.height(), Math.addExact(top, bottom));
        int width = Math.addExact(source.width(), Math.addExact(left, right));
        Plane padded = Plane.allocate(height, width);
        float[] from = source.array();
        float[] to = padded.array();
        for (int row = 0; row < height; row++) {
            int start = source.rowStart(source(row - top, source.height()));
            int at = padded.rowStart(row);
            for (int column = 0; column < left; column++) {
                to[at + column] = from[start + source(column - left, source.width())];
            }
            System.arraycopy(from, start, to, at + left, source.width());
            for (int column = left + source.width(); column < width; column++) {
                to[at + column] = from[start + source(column - left, source.width())];
            }
        }
        return padded;
    }
}
