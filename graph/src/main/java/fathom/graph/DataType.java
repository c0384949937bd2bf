package fathom.graph;

/** The element type of a tensor, with its number in {@code TensorProto.DataType}. */
public enum DataType {
    /** IEEE 754 single precision. */
    FLOAT32(1, 4),
    /** 8-bit unsigned integer. */
    UINT8(2, 1),
    /** 8-bit signed integer. */
    INT8(3, 1),
    /** 32-bit signed integer. */
    INT32(6, 4),
    /** 64-bit signed integer. */
    INT64(7, 8),
    /** One byte, 0 or 1. */
    BOOL(9, 1),
    /** IEEE 754 half precision. */
    FLOAT16(10, 2),
    /** IEEE 754 double precision. */
    FLOAT64(11, 8),
    /** The upper 16 bits of float32; see {@link Bfloat16}. */
    BFLOAT16(16, 2);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** {@return the number in {@code TensorProto.DataType}} */
    public int code() {
        return code;
    }

    /** {@return the number of bytes per element} */
    public int bytes() {
        return bytes;
    }
}
