package fathom.weights;

import java.util.Optional;

/** Element type of a stored tensor, by its name in safetensors. */
public enum StoredType {
    /** IEEE 754 float64. */
    F64(8),
    /** IEEE 754 float32. */
    F32(4),
    /** IEEE 754 float16. */
    F16(2),
    /** The upper half of IEEE 754 float32. */
    BF16(2),
    /** 64-bit integers. */
    I64(8),
    /** 32-bit integers. */
    I32(4),
    /** 16-bit integers. */
    I16(2),
    /** 8-bit integers. */
    I8(1),
    /** Unsigned 8-bit integers. */
    U8(1),
    /** Booleans, one byte each. */
    BOOL(1);

    private final int bytes;

    StoredType(int bytes) {
        this.bytes = bytes;
    }

    /** {@return the number of bytes per element} */
    public int bytes() {
        return bytes;
    }

    /** {@return whether elements are floating-point numbers} */
    public boolean isFloat() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            case I64, I32, I16, I8, U8, BOOL -> false;
        };
    }

    /** Returns the type called {@code name}, or empty if it is not supported. */
    static Optional<StoredType> ofName(String name) {
        for (StoredType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
