package fathom.graph;

/** The element type of a tensor, with its number in {@code TensorProto.DataType}. */
public enum DataType {
    FLOAT32(1, 4), UINT8(2, 1), INT8(3, 1), INT32(6, 4), INT64(7, 8), BOOL(9, 1), FLOAT16(10, 2), FLOAT64(11,
            8), BFLOAT16(16, 2);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Returns the number in {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    /** Returns the number of bytes per element. */
    public int bytes() {
        return bytes;
    }
}
