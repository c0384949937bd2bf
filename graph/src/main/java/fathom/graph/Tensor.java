package fathom.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A weight or constant of a graph.
 *
 * @param name the name of its value
 * @param type element type
 * @param shape extents
 * @param content the elements, or their location
 */
public record Tensor(String name, DataType type, Shape shape, Content content) {
    /**
     * Validates the number of bytes.
     *
     * @throws ShapeException if the content does not have the size of the shape
     */
    public Tensor {
        long expected = Math.multiplyExact(shape.elements(), type.bytes());
        if (content.length() != expected) {
            throw new ShapeException("tensor " + name + ": expected " + expected + " bytes for " + type + " " + shape
                    + ", found " + content.length());
        }
    }

    /** The elements of a tensor, row-major, little-endian. */
    public sealed interface Content {
        /** {@return the number of bytes} */
        long length();
    }

    /**
     * Elements inside the model.
     *
     * @param bytes the elements; belongs to this record and must not be modified
     */
    public record Inline(ByteBuffer bytes) implements Content {
        @Override
        public long length() {
            return bytes.remaining();
        }

        /**
         * {@return a copy of {@code values}}
         *
         * @param values the elements, row-major
         */
        public static Inline of(float[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return new Inline(bytes);
        }

        /**
         * {@return a copy of {@code values}}
         *
         * @param values the elements, row-major
         */
        public static Inline of(long[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            return new Inline(bytes);
        }
    }

    /**
     * Elements in a file next to the model.
     *
     * @param location path relative to the folder that the runtime is given, with {@code /} between names
     * @param offset first byte
     * @param length number of bytes
     */
    public record External(String location, long offset, long length) implements Content {
        /**
         * Validates the range.
         *
         * @throws IllegalArgumentException if offset or length is negative
         */
        public External {
            if (offset < 0 || length < 0) {
                throw new IllegalArgumentException("external data in " + location
                        + ": expected an offset and a length of at least 0, found " + offset + " and " + length);
            }
        }
    }
}
