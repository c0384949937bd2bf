package fathom.engine.quantisation;

/**
 * What values of a map were seen, and how 8 bits cover them: q = round(value / scale) + zero, from 0 to 255.
 *
 * @param low the smallest, at most 0
 * @param high the largest, at least 0
 */
record Range(float low, float high) {
    private static final int LEVELS = 255;

    /** 0 is always within: padding must be exact. */
    static Range of(float low, float high) {
        return new Range(Math.min(low, 0), Math.max(high, 0));
    }

    /** Both together. */
    Range with(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Width of one level; 1 where all values were 0. */
    float scale() {
        float scale = (high - low) / LEVELS;
        return scale > 0 ? scale : 1;
    }

    /** The level of 0. */
    int zero() {
        return Math.clamp(Math.round(-low / scale()), 0, LEVELS);
    }
}
