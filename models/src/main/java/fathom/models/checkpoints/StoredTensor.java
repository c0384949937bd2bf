package fathom.models.checkpoints;

import java.nio.file.Path;

import fathom.graph.Shape;

/**
 * Where a tensor lies: contiguous, row-major, little-endian.
 *
 * @param name its name in the checkpoint
 * @param type element type
 * @param shape extents
 * @param file the file that holds it
 * @param offset first byte in the file
 */
public record StoredTensor(String name, StoredType type, Shape shape, Path file, long offset) {
    /** Number of bytes. */
    public long length() {
        return shape.elements() * type.bytes();
    }
}
