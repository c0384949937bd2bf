package fathom.graph;

/**
 * Conversion between float32 and bfloat16, the upper 16 bits of float32. This is the only place that converts bfloat16.
 * For IEEE half precision use {@link Float#float16ToFloat} and {@link Float#floatToFloat16}.
 */
public final class Bfloat16 {
    private static final short NAN = 0x7FC0;

    private Bfloat16() {}

    /**
     * {@return the exact value of {@code bits}}
     *
     * @param bits a bfloat16
     */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /**
     * {@return the bfloat16 that is nearest to {@code value}; a tie is rounded to the even last bit}
     *
     * @param value any float32
     */
    public static short ofNearest(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? NAN : (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
