package fathom.models.checkpoints;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

import fathom.graph.Shape;

/**
 * Where a tensor lies: contiguous, row-major, little-endian.
 *
 * @param name its name in the checkpoint
 * @param type element type
 * @param shape extents
 * @param file the file that holds it
 * @param offset first byte in the file, meaningless where there is a copy
 * @param copy the bytes, where the file holds them in another order or compressed
 */
public record StoredTensor(String name, StoredType type, Shape shape, Path file, long offset,
        Optional<MemorySegment> copy) {
    /** A tensor whose bytes lie in the file. */
    StoredTensor(String name, StoredType type, Shape shape, Path file, long offset) {
        this(name, type, shape, file, offset, Optional.empty());
    }

    /** Number of bytes. */
    public long length() {
        return shape.elements() * type.bytes();
    }
}
