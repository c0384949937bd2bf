package fathom.engine.quantisation;

/**
 * The range of a map's values, and its mapping to 8 bits: q = round(value / scale) + zero, from 0 to 255.
 *
 * @param low the smallest, at most 0
 * @param high the largest, at least 0
 */
record Range(float low, float high) {
    private static final int LEVELS = 255;

    /** Creates a range that includes 0, because padding must be exact. */
    static Range of(float low, float high) {
        return new Range(Math.min(low, 0), Math.max(high, 0));
    }

    /** Returns the union of both ranges. */
    Range with(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Returns the width of one level; 1 if all values are 0. */
    float scale() {
        float scale = (high - low) / LEVELS;
        return scale > 0 ? scale : 1;
    }

    /** Returns the level of 0. */
    int zero() {
        return Math.clamp(Math.round(-low / scale()), 0, LEVELS);
    }
}
