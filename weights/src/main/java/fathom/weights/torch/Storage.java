package fathom.weights.torch;

/**
 * The numbers behind tensors, wherever in the file they turn out to be. One object per key, so tensors that share numbers share
 * it.
 */
final class Storage {
    /** Where the bytes of a storage are. */
    sealed interface Place {}

    /** At {@code offset}, as they are. */
    record Stored(long offset) implements Place {}

    /** At {@code offset}, packed into {@code length} bytes with deflate. */
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

    /** Bytes of all elements. */
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

    /** Whether the bytes can be used where they are. */
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
