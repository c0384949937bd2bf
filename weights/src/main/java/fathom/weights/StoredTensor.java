package fathom.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

import fathom.graph.Shape;

/**
 * The location of a tensor's elements: contiguous, row-major, little-endian.
 *
 * @param name its name in the checkpoint
 * @param type element type
 * @param shape extents
 * @param file the file that contains it
 * @param offset first byte in the file, meaningless if there is a copy
 * @param copy the bytes, if the file stores them in another order or compressed
 */
public record StoredTensor(String name, StoredType type, Shape shape, Path file, long offset,
        Optional<MemorySegment> copy) {
    /** Creates a tensor whose bytes are in the file. */
    StoredTensor(String name, StoredType type, Shape shape, Path file, long offset) {
        this(name, type, shape, file, offset, Optional.empty());
    }

    /** {@return the number of bytes} */
    public long length() {
        return shape.elements() * type.bytes();
    }

    /**
     * Returns the same tensor under another name.
     *
     * @param other the name
     * @return the tensor
     */
    public StoredTensor renamed(String other) {
        return new StoredTensor(other, type, shape, file, offset, copy);
    }

    /**
     * Returns consecutive rows of the first axis as a tensor.
     *
     * @param other its name
     * @param from first row
     * @param count number of rows
     * @return the tensor
     */
    public StoredTensor rows(String other, int from, int count) {
        if (shape.rank() == 0 || from < 0 || count < 0 || from > shape.dim(0) - count) {
            throw new IllegalArgumentException(
                    "rows of " + name + ": expected within " + shape + ", found " + count + " from " + from);
        }
        int[] extents = shape.toArray();
        long row = extents[0] == 0 ? 0 : length() / extents[0];
        extents[0] = count;
        return new StoredTensor(other, type, Shape.of(extents), file, offset + from * row,
                copy.map(bytes -> bytes.asSlice(from * row, count * row)));
    }
}
