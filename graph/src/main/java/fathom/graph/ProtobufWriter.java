package fathom.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes protobuf messages from the last byte to the first. The length of a nested message is then known when it has to
 * be written, and nothing is copied. Fields, and the items of a repeated field, therefore have to be written in reverse
 * order. Source: the protobuf encoding specification.
 */
final class ProtobufWriter {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private byte[] array;
    private int start;

    /** Creates a writer with space for {@code expected} bytes; it grows if necessary. */
    ProtobufWriter(int expected) {
        this.array = new byte[expected];
        this.start = expected;
    }

    /** Returns the written bytes. */
    byte[] toBytes() {
        return Arrays.copyOfRange(array, start, array.length);
    }

    void integer(int field, long value) {
        varint(value);
        tag(field, VARINT);
    }

    void real(int field, float value) {
        int bits = Float.floatToRawIntBits(value);
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            array[--start] = (byte) (bits >>> shift);
        }
        tag(field, FIXED32);
    }

    void text(int field, String value) {
        bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    void bytes(int field, ByteBuffer value) {
        int length = value.remaining();
        reserve(length);
        start -= length;
        value.duplicate().get(array, start, length);
        varint(length);
        tag(field, LENGTH_DELIMITED);
    }

    /** Writes a nested message whose fields {@code body} writes. */
    void message(int field, Runnable body) {
        int end = array.length - start;
        body.run();
        varint(array.length - start - end);
        tag(field, LENGTH_DELIMITED);
    }

    /** Calls {@code write} for the items from the last to the first. */
    static <T> void repeated(List<T> items, Consumer<T> write) {
        items.reversed().forEach(write);
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        reserve(length);
        start -= length;
        long rest = value;
        for (int i = 0; i < length; i++, rest >>>= 7) {
            array[start + i] = (byte) ((rest & 0x7F) | (i < length - 1 ? 0x80 : 0));
        }
    }

    private void reserve(int bytes) {
        if (start < bytes) {
            int used = array.length - start;
            byte[] larger = new byte[Math.max(Math.addExact(used, bytes),
                    (int) Math.min(2L * array.length, Integer.MAX_VALUE - 8))];
            System.arraycopy(array, start, larger, larger.length - used, used);
            start = larger.length - used;
            array = larger;
        }
    }
}
