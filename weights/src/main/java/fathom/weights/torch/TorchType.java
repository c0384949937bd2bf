package fathom.weights.torch;

import java.util.Optional;

/** Element type of a tensor. */
public enum TorchType {
    /** IEEE 754 float64. */
    FLOAT64("DoubleStorage", 8),
    /** IEEE 754 float32. */
    FLOAT32("FloatStorage", 4),
    /** IEEE 754 float16. */
    FLOAT16("HalfStorage", 2),
    /** The upper half of IEEE 754 float32. */
    BFLOAT16("BFloat16Storage", 2),
    /** 64-bit integers. */
    INT64("LongStorage", 8),
    /** 32-bit integers. */
    INT32("IntStorage", 4),
    /** 16-bit integers. */
    INT16("ShortStorage", 2),
    /** 8-bit integers. */
    INT8("CharStorage", 1),
    /** Unsigned 8-bit integers. */
    UINT8("ByteStorage", 1),
    /** Booleans, one byte each. */
    BOOL("BoolStorage", 1);

    private final String storageClass;
    private final int bytes;

    TorchType(String storageClass, int bytes) {
        this.storageClass = storageClass;
        this.bytes = bytes;
    }

    /** {@return the number of bytes per element} */
    public int bytes() {
        return bytes;
    }

    /** Returns the element type of the storage class {@code torch.NAME}, or empty if it is not supported. */
    static Optional<TorchType> ofStorage(String name) {
        for (TorchType type : values()) {
            if (type.storageClass.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
