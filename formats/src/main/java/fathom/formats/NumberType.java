package fathom.formats;

/** The element types of an {@link NdArray}: the booleans, integers and floats of NumPy. */
public enum NumberType {
    /** One byte, 0 or 1. */
    BOOL("b1", 1),
    /** 8-bit signed integer. */
    INT8("i1", 1),
    /** 8-bit unsigned integer. */
    UINT8("u1", 1),
    /** 16-bit signed integer. */
    INT16("i2", 2),
    /** 16-bit unsigned integer. */
    UINT16("u2", 2),
    /** 32-bit signed integer. */
    INT32("i4", 4),
    /** 32-bit unsigned integer. */
    UINT32("u4", 4),
    /** 64-bit signed integer. */
    INT64("i8", 8),
    /** 64-bit unsigned integer. */
    UINT64("u8", 8),
    /** IEEE 754 half precision. */
    FLOAT16("f2", 2),
    /** IEEE 754 single precision. */
    FLOAT32("f4", 4),
    /** IEEE 754 double precision. */
    FLOAT64("f8", 8);

    private final String code;
    private final int size;

    NumberType(String code, int size) {
        this.code = code;
        this.size = size;
    }

    /** {@return the type string of NumPy without the byte order, for example {@code f4}} */
    public String code() {
        return code;
    }

    /** {@return the number of bytes per element} */
    public int size() {
        return size;
    }

    /** {@return whether the elements are floating-point numbers} */
    public boolean isFloat() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }
}
