package fathom.raster;

/** Ways to continue a plane beyond its edges. */
public enum Padding {
    /** The edge's value again and again: {@code F.pad(mode="replicate")}, {@code numpy.pad(mode="edge")}. */
    REPLICATE {
        @Override
        int source(int at, int length) {
            return Math.clamp(at, 0, length - 1);
        }
    },
    /** Mirrored at the edge, which is not repeated: {@code F.pad(mode="reflect")}, {@code numpy.pad(mode="reflect")}. */
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

    /** Which of {@code length} inputs stands at position {@code at}, which may lie outside. */
    abstract int source(int at, int length);

    /**
     * A new plane, [top + H + bottom, left + W + right]. Padding wider than the plane goes on mirroring, as NumPy's does;
     * torch refuses it.
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
