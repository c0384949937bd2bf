package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

import fathom.graph.Shape;

/**
 * A tensor that is derived from a checkpoint's weights and written to a file of {@link DerivedFiles}.
 *
 * @param name unique in its file
 * @param type element type
 * @param shape extents
 * @param content writes the elements, row-major, little-endian
 */
public record DerivedTensor(String name, StoredType type, Shape shape, Content content) {
    /** Returns the number of bytes. */
    long length() {
        return shape.elements() * type.bytes();
    }

    /** The elements of a tensor, computed while it is written. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all elements.
         *
         * @param channel the target
         * @throws IOException if they cannot be written
         */
        void writeTo(WritableByteChannel channel) throws IOException;

        /**
         * Returns the content of a buffer.
         *
         * @param bytes the elements; the buffer must not be used afterwards
         * @return the content
         */
        static Content of(ByteBuffer bytes) {
            return channel -> DerivedFiles.writeFully(channel, bytes.duplicate());
        }
    }
}
