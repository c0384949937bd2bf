package fathom.models.onnx.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes fields of one protobuf message. Not safe for concurrent use. */
final class ProtobufWriter {
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out;

    ProtobufWriter(int expectedBytes) {
        this.out = new ByteArrayOutputStream(expectedBytes);
    }

    /** Appends a string. */
    void field(int field, String text) {
        field(field, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a message or bytes. */
    void field(int field, byte[] content) {
        varint((field << 3) | LENGTH);
        varint(content.length);
        out.writeBytes(content);
    }

    /** Appends a field with its tag. */
    void whole(byte[] field) {
        out.writeBytes(field);
    }

    private void varint(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** Returns the message. */
    byte[] toBytes() {
        return out.toByteArray();
    }
}
