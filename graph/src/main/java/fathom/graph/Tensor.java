package fathom.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight or constant of a graph.
 *
 * @param name the value that it defines
 * @param type element type
 * @param shape extents
 * @param content where its elements are
 */
public record Tensor(String name, DataType type, Shape shape, Content content) {
    public Tensor {
        long expected = Math.multiplyExact(shape.elements(), type.bytes());
        if (content.length() != expected) {
            throw new ShapeException("tensor " + name + ": expected " + expected + " bytes for " + type + " " + shape
                    + ", found " + content.length());
        }
    }

    /** The elements of a tensor, row-major, little-endian. */
    public sealed interface Content {
        /** Number of bytes. */
        long length();
    }

    /** Elements inside the model; the buffer belongs to this record and is not written to. */
    public record Inline(ByteBuffer bytes) implements Content {
        @Override
        public long length() {
            return bytes.remaining();
        }

        /** The elements of {@code values}, copied. */
        public static Inline of(float[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return new Inline(bytes);
        }

        /** The elements of {@code values}, copied. */
        public static Inline of(long[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            return new Inline(bytes);
        }
    }

    /**
     * Elements in a file beside the model.
     *
     * @param location path relative to the folder that the runtime is told, with {@code /} between names
     * @param offset first byte
     * @param length number of bytes
     */
    public record External(String location, long offset, long length) implements Content {
        public External {
            if (offset < 0 || length < 0) {
                throw new IllegalArgumentException("external data in " + location
                        + ": expected an offset and a length of at least 0, found " + offset + " and " + length);
            }
        }
    }
}
