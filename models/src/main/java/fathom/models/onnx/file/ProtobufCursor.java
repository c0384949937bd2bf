package fathom.models.onnx.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A cursor over the fields of one protobuf message in memory; skipped fields are not read. Not safe for concurrent use.
 */
final class ProtobufCursor {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int HIGHEST_FIELD = (1 << 29) - 1;

    private final MemorySegment message;
    private long at;
    private long start;
    private int field;
    private int type;
    private long number;
    private long contentStart;
    private long contentLength;

    ProtobufCursor(MemorySegment message) {
        this.message = message;
    }

    /** Thrown if the bytes are no protobuf message. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    /** Advances to the next field; returns false at the end. */
    boolean next() throws MalformedException {
        if (at == message.byteSize()) {
            return false;
        }
        start = at;
        long tag = varint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > HIGHEST_FIELD) {
            throw new MalformedException("field " + (tag >>> 3) + " at byte " + start);
        }
        contentStart = at;
        switch (type) {
            case VARINT -> number = varint();
            case EIGHT_BYTES -> skip(Long.BYTES);
            case LENGTH -> {
                long length = varint();
                contentStart = at;
                skip(length);
            }
            case FOUR_BYTES -> skip(Integer.BYTES);
            default -> throw new MalformedException("wire type " + type + " at byte " + start);
        }
        contentLength = at - contentStart;
        return true;
    }

    private void skip(long bytes) throws MalformedException {
        if (bytes < 0 || bytes > message.byteSize() - at) {
            throw new MalformedException("a field of " + bytes + " bytes at byte " + start + ", "
                    + (message.byteSize() - at) + " of which are there");
        }
        at += bytes;
    }

    private long varint() throws MalformedException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && at < message.byteSize(); i++) {
            byte next = message.get(ValueLayout.JAVA_BYTE, at);
            at++;
            value |= (long) (next & 0x7F) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("an integer without end at byte " + start);
    }

    /** Returns the number of the current field. */
    int field() {
        return field;
    }

    /** Returns whether the current field is a message, a string or bytes. */
    boolean isContent() {
        return type == LENGTH;
    }

    /** Returns the current field as an integer; 0 if it is none. */
    long number() {
        return type == VARINT ? number : 0;
    }

    /** Returns whether the current field is four bytes, such as a float32. */
    boolean isFourBytes() {
        return type == FOUR_BYTES;
    }

    /** Returns the length of the content of the current field. */
    long contentBytes() {
        return contentLength;
    }

    /** Returns the integers of a repeated field: one, or all of a packed field. */
    List<Long> numbers() throws MalformedException {
        if (!isContent()) {
            return List.of(number());
        }
        List<Long> numbers = new ArrayList<>();
        ProtobufCursor packed = new ProtobufCursor(content());
        while (packed.at < packed.message.byteSize()) {
            numbers.add(packed.varint());
        }
        return numbers;
    }

    /** Returns the content of the current field, without its tag and length. */
    MemorySegment content() {
        return message.asSlice(contentStart, contentLength);
    }

    /** Returns the current field with its tag. */
    MemorySegment whole() {
        return message.asSlice(start, at - start);
    }

    /** Returns the content of the current field as a string. */
    String text() {
        return new String(content().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
