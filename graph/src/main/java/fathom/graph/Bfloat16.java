package fathom.graph;

/**
 * Conversion between float32 and bfloat16, its upper 16 bits: the only place, as {@link Float#float16ToFloat} and
 * {@link Float#floatToFloat16} of the JDK are for IEEE half precision.
 */
public final class Bfloat16 {
    private static final short NAN = 0x7FC0;

    private Bfloat16() {}

    /** Returns the value of {@code bits}, exact. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Returns the nearest bfloat16 to {@code value}; of two equally near, the one with an even last bit. */
    public static short ofNearest(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? NAN : (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }
}
