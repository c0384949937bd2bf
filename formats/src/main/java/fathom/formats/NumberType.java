package fathom.formats;

/** The element types of an {@link NdArray}: NumPy's booleans, integers and floats. */
public enum NumberType {
    BOOL("b1", 1), INT8("i1", 1), UINT8("u1", 1), INT16("i2", 2), UINT16("u2", 2), INT32("i4", 4), UINT32("u4",
            4), INT64("i8", 8), UINT64("u8", 8), FLOAT16("f2", 2), FLOAT32("f4", 4), FLOAT64("f8", 8);

    private final String code;
    private final int size;

    NumberType(String code, int size) {
        this.code = code;
        this.size = size;
    }

    /** NumPy's type string without its byte order, for example {@code f4}. */
    public String code() {
        return code;
    }

    /** Bytes per element. */
    public int size() {
        return size;
    }
}
