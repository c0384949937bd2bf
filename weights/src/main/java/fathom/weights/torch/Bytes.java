package fathom.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

/** A window onto bytes of a file, read from front to back; every step is checked against its end. */
final class Bytes {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble BIG_DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_LINE = 4096;

    private final Path file;
    private final MemorySegment segment;
    private final long end;
    private long at;

    Bytes(Path file, MemorySegment segment, long start, long end) {
        this.file = file;
        this.segment = segment;
        this.at = start;
        this.end = end;
    }

    Path file() {
        return file;
    }

    long position() {
        return at;
    }

    void skip(long count) {
        at += require(count);
    }

    int u8() {
        require(1);
        return segment.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
    }

    int u16() {
        require(2);
        at += 2;
        return segment.get(SHORT, at - 2) & 0xffff;
    }

    int i32() {
        require(4);
        at += 4;
        return segment.get(INT, at - 4);
    }

    long u32() {
        return i32() & 0xffff_ffffL;
    }

    /** Reads a 64-bit integer; an unsigned one must be less than 2⁶³. */
    long i64() {
        require(8);
        at += 8;
        return segment.get(LONG, at - 8);
    }

    double bigDouble() {
        require(8);
        at += 8;
        return segment.get(BIG_DOUBLE, at - 8);
    }

    byte[] take(long count, long limit) {
        if (count < 0 || count > limit) {
            throw wrong("expected a length from 0 to " + limit + ", found " + Long.toUnsignedString(count));
        }
        require(count);
        at += count;
        return segment.asSlice(at - count, count).toArray(ValueLayout.JAVA_BYTE);
    }

    String text(long length, long limit, Charset charset) {
        byte[] bytes = take(length, limit);
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("expected text in " + charset + ", found other bytes");
        }
    }

    /** Reads the characters up to the next line feed, which is consumed. */
    String line(Charset charset) {
        long from = at;
        while (u8() != '\n') {
            if (at - from > LONGEST_LINE) {
                throw wrong("expected a line of at most " + LONGEST_LINE + " bytes, found a longer one");
            }
        }
        long length = at - 1 - from;
        at = from;
        String text = text(length, LONGEST_LINE, charset);
        skip(1);
        return text;
    }

    private long require(long count) {
        if (count < 0 || count > end - at) {
            throw wrong("expected " + Long.toUnsignedString(count) + " more bytes, found " + (end - at)
                    + ": the file is cut off or damaged");
        }
        return count;
    }

    TorchFormatException wrong(String detail) {
        return new TorchFormatException(file, "byte " + at + ": " + detail);
    }
}
