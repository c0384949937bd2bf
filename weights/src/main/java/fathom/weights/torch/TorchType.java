package fathom.weights.torch;

import java.util.Optional;

/** Element type of a tensor. */
public enum TorchType {
    FLOAT64("DoubleStorage", 8), FLOAT32("FloatStorage", 4), FLOAT16("HalfStorage", 2), BFLOAT16("BFloat16Storage",
            2), INT64("LongStorage", 8), INT32("IntStorage", 4), INT16("ShortStorage",
                    2), INT8("CharStorage", 1), UINT8("ByteStorage", 1), BOOL("BoolStorage", 1);

    private final String storageClass;
    private final int bytes;

    TorchType(String storageClass, int bytes) {
        this.storageClass = storageClass;
        this.bytes = bytes;
    }

    /** Returns the number of bytes per element. */
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
