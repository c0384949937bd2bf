package fathom.weights.torch;

/**
 * The elements behind tensors, at an offset of the file that may be assigned later. One object per key, so tensors with
 * the same storage share it.
 */
final class Storage {
    /** Where the bytes of a storage are. */
    sealed interface Place {}

    /** Uncompressed, at {@code offset}. */
    record Stored(long offset) implements Place {}

    /** Compressed with deflate to {@code length} bytes, at {@code offset}. */
    record Deflated(long offset, long length) implements Place {}

    private final String key;
    private final TorchType type;
    private final long elements;
    private Place place = new Stored(-1);
    private boolean bigEndian;

    Storage(String key, TorchType type, long elements) {
        this.key = key;
        this.type = type;
        this.elements = elements;
    }

    String key() {
        return key;
    }

    TorchType type() {
        return type;
    }

    long elements() {
        return elements;
    }

    /** Returns the bytes of all elements. */
    long bytes() {
        return elements * type.bytes();
    }

    void locate(Place where, boolean isBigEndian) {
        this.place = where;
        this.bigEndian = isBigEndian;
    }

    Place place() {
        return place;
    }

    boolean isBigEndian() {
        return bigEndian && type.bytes() > 1;
    }

    /** Returns whether the bytes can be used without conversion. */
    boolean isPlain() {
        return place instanceof Stored && !isBigEndian();
    }

    long offset() {
        return switch (place) {
            case Stored(long offset) -> offset;
            case Deflated(long offset, long _) -> offset;
        };
    }
}
