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
     * Returns the index of the first element of {@code bytes} that is NaN or infinite, or −1; −1 for types that are not
     * floating-point. One pass; a float32 is not finite if all bits of its exponent are ones.
     */
    static long firstNonFinite(StoredType type, MemorySegment bytes) {
        if (!type.isFloat()) {
            return -1;
        }
        int block = 4096;
        int[] bits = new int[block];
        float[] values = new float[block];
        long count = bytes.byteSize() / type.bytes();
        for (long from = 0; from < count; from += block) {
            int length = (int) Math.min(block, count - from);
            if (type == StoredType.F32) {
                MemorySegment.copy(bytes, INT, from * Float.BYTES, bits, 0, length);
            } else {
                toFloats(type, bytes, from, length, values);
                for (int i = 0; i < length; i++) {
                    bits[i] = Float.floatToRawIntBits(values[i]);
                }
            }
            if (largestMagnitude(bits, length) >= 0x7F80_0000) {
                for (int i = 0; i < length; i++) {
                    if ((bits[i] & 0x7FFF_FFFF) >= 0x7F80_0000) {
                        return from + i;
                    }
                }
            }
        }
        return -1;
    }

    private static int largestMagnitude(int[] bits, int length) {
        int largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, bits[i] & 0x7FFF_FFFF);
        }
        return largest;
    }
}
