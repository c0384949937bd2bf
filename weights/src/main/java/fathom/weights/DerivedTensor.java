package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

import fathom.graph.Shape;

/**
 * A tensor that is made of a checkpoint's weights and written to a file of {@link DerivedFiles}.
 *
 * @param name unique in its file
 * @param type element type
 * @param shape extents
 * @param content writes the elements, row-major, little-endian
 */
public record DerivedTensor(String name, StoredType type, Shape shape, Content content) {
    /** Number of bytes. */
    long length() {
        return shape.elements() * type.bytes();
    }

    /** The elements of a tensor that is made while it is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of them. */
        void writeTo(WritableByteChannel channel) throws IOException;

        /** The elements in {@code bytes}, which belongs to this content from now on. */
        static Content of(ByteBuffer bytes) {
            return channel -> DerivedFiles.writeFully(channel, bytes.duplicate());
        }
    }
}
