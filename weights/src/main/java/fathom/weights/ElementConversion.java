package fathom.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

import fathom.graph.Bfloat16;

/** Conversion of stored elements to float32, and the search for values that are not finite. */
final class ElementConversion {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private ElementConversion() {}

    /** Converts {@code count} elements of {@code bytes}, from element {@code from}, to the start of {@code target}. */
    static void toFloats(StoredType type, MemorySegment bytes, long from, int count, float[] target) {
        long start = from * type.bytes();
        switch (type) {
            case F32 -> MemorySegment.copy(bytes, FLOAT, start, target, 0, count);
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = (float) bytes.get(DOUBLE, start + 8L * i);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = Float.float16ToFloat(bytes.get(SHORT, start + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = Bfloat16.toFloat(bytes.get(SHORT, start + 2L * i));
                }
            }
            case I64 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = bytes.get(LONG, start + 8L * i);
                }
            }
            case I32 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = bytes.get(INT, start + 4L * i);
                }
            }
            case I16 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = bytes.get(SHORT, start + 2L * i);
                }
            }
            case I8 -> {
                for (int i = 0; i < count; i++) {
                    target[i] = bytes.get(ValueLayout.JAVA_BYTE, start + i);
                }
            }
            case U8, BOOL -> {
                for (int i = 0; i < count; i++) {
                    target[i] = bytes.get(ValueLayout.JAVA_BYTE, start + i) & 0xFF;
                }
            }
        }
    }

    /**
     * Returns the index of the first element of {@code bytes} that is NaN or infinite as float32, or −1; −1 for types
     * that are not floating-point.
     */
    static long firstNonFinite(StoredType type, MemorySegment bytes) {
        if (!type.isFloat()) {
            return -1;
        }
        int block = 4096;
        int[] words = new int[2 * block];
        float[] values = new float[block];
        long count = bytes.byteSize() / type.bytes();
        for (long from = 0; from < count; from += block) {
            int length = (int) Math.min(block, count - from);
            if (!areFinite(type, bytes.asSlice(from * type.bytes(), (long) length * type.bytes()), words)) {
                toFloats(type, bytes, from, length, values);
                for (int i = 0; i < length; i++) {
                    if (!Float.isFinite(values[i])) {
                        return from + i;
                    }
                }
            }
        }
        return -1;
    }

    /**
     * Returns whether all elements of {@code bytes} are finite as float32; true for types that are not floating-point.
     *
     * <p>An element of at most 32 bits is not finite if all bits of its exponent are ones. Adding one to the exponent then
     * sets the sign bit, which was cleared. The loop over 32-bit words, of one or two elements each, has no branches, so
     * that the compiler vectorizes it.
     *
     * @param words scratch memory for the bytes
     */
    static boolean areFinite(StoredType type, MemorySegment bytes, int[] words) {
        return switch (type) {
            case F32 -> haveFiniteExponents(bytes, words, 0x7F80_0000, 0x0080_0000, 0x8000_0000);
            case F16 -> haveFiniteExponents(bytes, words, 0x7C00_7C00, 0x0400_0400, 0x8000_8000);
            case BF16 -> haveFiniteExponents(bytes, words, 0x7F80_7F80, 0x0080_0080, 0x8000_8000);
            case F64 -> areFiniteDoubles(bytes);
            case I64, I32, I16, I8, U8, BOOL -> true;
        };
    }

    private static boolean haveFiniteExponents(MemorySegment bytes, int[] words, int exponents, int ones, int signs) {
        int count = (int) (bytes.byteSize() / Integer.BYTES);
        MemorySegment.copy(bytes, INT, 0, words, 0, count);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum |= (words[i] & exponents) + ones;
        }
        if (bytes.byteSize() % Integer.BYTES != 0) {
            sum |= (bytes.get(SHORT, bytes.byteSize() - Short.BYTES) & 0xFFFF & exponents) + ones;
        }
        return (sum & signs) == 0;
    }

    private static boolean areFiniteDoubles(MemorySegment bytes) {
        for (long at = 0; at < bytes.byteSize(); at += Double.BYTES) {
            if (!Float.isFinite((float) bytes.get(DOUBLE, at))) {
                return false;
            }
        }
        return true;
    }
}
