package fathom.graph;

/**
 * Conversion between float32 and bfloat16, the upper 16 bits of float32. This is the only place that converts bfloat16.
 * For IEEE half precision use {@link Float#float16ToFloat} and {@link Float#floatToFloat16}.
 */
public final class Bfloat16 {
    private static final short NAN = 0x7FC0;

    private Bfloat16() {}

    /** Returns the exact value of {@code bits}. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Returns the bfloat16 that is nearest to {@code value}; a tie is rounded to the even last bit. */
    public static short ofNearest(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? NAN : (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
