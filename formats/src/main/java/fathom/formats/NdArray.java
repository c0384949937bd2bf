package fathom.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import fathom.raster.Plane;

/**
 * An array of numbers with any number of axes, in C order: the last axis varies fastest.
 *
 * <p>The elements remain in the bytes that they were read from and are converted on request. The array owns its bytes;
 * {@link #bytes()} is read-only. Safe for concurrent use.
 */
public final class NdArray {
    private final NumberType type;
    private final int[] shape;
    private final ByteBuffer bytes;
    private final int size;

    /**
     * Wraps {@code bytes}, from position to limit, in the byte order of the buffer, without copying them.
     *
     * @param type type of the elements
     * @param shape length of each axis, each at least 0; none for a single number
     * @param bytes the elements in C order; must not change later
     * @throws IllegalArgumentException if the number of bytes differs from what {@code shape} needs
     */
    public NdArray(NumberType type, int[] shape, ByteBuffer bytes) {
        this.type = type;
        this.shape = shape.clone();
        this.size = count(shape);
        this.bytes = bytes.slice().order(bytes.order());
        if (this.bytes.capacity() != (long) size * type.size()) {
            throw new IllegalArgumentException("bytes: expected " + (long) size * type.size() + " for " + this
                    + ", found " + this.bytes.capacity());
        }
    }

    /**
     * {@return a float32 copy of a plane, [H, W]}
     *
     * @param plane the values
     */
    public static NdArray of(Plane plane) {
        return ofFloats(plane.toArray(), plane.height(), plane.width());
    }

    /**
     * {@return a float32 array with a copy of {@code values}}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofFloats(float[] values, int... shape) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return new NdArray(NumberType.FLOAT32, shape, bytes);
    }

    /**
     * {@return a float64 array with a copy of {@code values}}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofDoubles(double[] values, int... shape) {
        ByteBuffer bytes = allocate(values.length, Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return new NdArray(NumberType.FLOAT64, shape, bytes);
    }

    /**
     * {@return an int32 array with a copy of {@code values}}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofInts(int[] values, int... shape) {
        ByteBuffer bytes = allocate(values.length, Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return new NdArray(NumberType.INT32, shape, bytes);
    }

    /**
     * {@return an int64 array with a copy of {@code values}}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofLongs(long[] values, int... shape) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new NdArray(NumberType.INT64, shape, bytes);
    }

    /**
     * {@return a uint8 array with a copy of {@code values}, which are interpreted as unsigned}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofBytes(byte[] values, int... shape) {
        return new NdArray(NumberType.UINT8, shape, ByteBuffer.wrap(values.clone()).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * {@return a boolean array with a copy of {@code values}}
     *
     * @param values as many as {@code shape} has elements
     * @param shape length of each axis, each at least 0
     */
    public static NdArray ofBooleans(boolean[] values, int... shape) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return new NdArray(NumberType.BOOL, shape, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static ByteBuffer allocate(int count, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int count(int[] shape) {
        boolean empty = false;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException(
                        "shape: expected lengths of at least 0, found " + Arrays.toString(shape));
            }
            empty |= length == 0;
        }
        int count = empty ? 0 : 1;
        for (int length : shape) {
            count = empty ? 0 : Math.multiplyExact(count, length);
        }
        return count;
    }

    /** {@return the type of the elements} */
    public NumberType type() {
        return type;
    }

    /** {@return a copy of the length of each axis; empty for a single number} */
    public int[] shape() {
        return shape.clone();
    }

    /** {@return the number of elements} */
    public int size() {
        return size;
    }

    /** {@return the bytes of the elements in C order, read-only, in the byte order that the buffer states} */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(bytes.order());
    }

    /** {@return a float32 copy} Wider types are rounded to nearest. */
    public float[] toFloats() {
        float[] values = new float[size];
        switch (type) {
            case FLOAT32 -> bytes.asFloatBuffer().get(values);
            case FLOAT16 -> {
                for (int i = 0; i < size; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort(2 * i));
                }
            }
            case INT64 -> {
                for (int i = 0; i < size; i++) {
                    values[i] = bytes.getLong(8 * i);
                }
            }
            case UINT64 -> {
                for (int i = 0; i < size; i++) {
                    values[i] = unsignedToFloat(bytes.getLong(8 * i));
                }
            }
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, FLOAT64 -> {
                for (int i = 0; i < size; i++) {
                    values[i] = (float) getDouble(i);
                }
            }
        }
        return values;
    }

    /** {@return a float64 copy} 64-bit integers are rounded to nearest. */
    public double[] toDoubles() {
        double[] values = new double[size];
        if (type == NumberType.FLOAT64) {
            bytes.asDoubleBuffer().get(values);
        } else {
            for (int i = 0; i < size; i++) {
                values[i] = getDouble(i);
            }
        }
        return values;
    }

    /**
     * {@return a copy as 64-bit integers} Unsigned 64-bit values keep their bits.
     *
     * @throws IllegalArgumentException if the elements are floats
     */
    public long[] toLongs() {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case BOOL -> bytes.get(i) != 0 ? 1 : 0;
                case INT8 -> bytes.get(i);
                case UINT8 -> bytes.get(i) & 0xFF;
                case INT16 -> bytes.getShort(2 * i);
                case UINT16 -> bytes.getShort(2 * i) & 0xFFFF;
                case INT32 -> bytes.getInt(4 * i);
                case UINT32 -> bytes.getInt(4 * i) & 0xFFFF_FFFFL;
                case INT64, UINT64 -> bytes.getLong(8 * i);
                case FLOAT16, FLOAT32, FLOAT64 ->
                    throw new IllegalArgumentException("type: expected integers, found " + this);
            };
        }
        return values;
    }

    /**
     * {@return a copy of the raw bytes of a uint8, int8 or bool array}
     *
     * @throws IllegalArgumentException if an element has more than one byte
     */
    public byte[] toBytes() {
        if (type.size() != 1) {
            throw new IllegalArgumentException("type: expected one byte per element, found " + this);
        }
        byte[] values = new byte[size];
        bytes.get(0, values);
        return values;
    }

    /**
     * {@return a float32 copy with two axes: axes of length 1 are dropped, the leading ones first, until two remain}
     *
     * @throws IllegalArgumentException if it has fewer than two axes, no elements, or more than two longer axes
     */
    public Plane toPlane() {
        int[] lengths = shape;
        while (lengths.length > 2) {
            int unit = firstUnit(lengths);
            if (unit < 0) {
                throw new IllegalArgumentException("shape: expected two axes besides those of length 1, found " + this);
            }
            lengths = without(lengths, unit);
        }
        if (lengths.length < 2 || size == 0) {
            throw new IllegalArgumentException("shape: expected two axes with elements, found " + this);
        }
        return Plane.wrap(toFloats(), lengths[0], lengths[1]);
    }

    private static int firstUnit(int[] lengths) {
        for (int axis = 0; axis < lengths.length; axis++) {
            if (lengths[axis] == 1) {
                return axis;
            }
        }
        return -1;
    }

    private static int[] without(int[] lengths, int axis) {
        int[] fewer = new int[lengths.length - 1];
        System.arraycopy(lengths, 0, fewer, 0, axis);
        System.arraycopy(lengths, axis + 1, fewer, axis, fewer.length - axis);
        return fewer;
    }

    private double getDouble(int i) {
        return switch (type) {
            case BOOL -> bytes.get(i) != 0 ? 1 : 0;
            case INT8 -> bytes.get(i);
            case UINT8 -> bytes.get(i) & 0xFF;
            case INT16 -> bytes.getShort(2 * i);
            case UINT16 -> bytes.getShort(2 * i) & 0xFFFF;
            case INT32 -> bytes.getInt(4 * i);
            case UINT32 -> bytes.getInt(4 * i) & 0xFFFF_FFFFL;
            case INT64 -> bytes.getLong(8 * i);
            case UINT64 -> unsignedToDouble(bytes.getLong(8 * i));
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort(2 * i));
            case FLOAT32 -> bytes.getFloat(4 * i);
            case FLOAT64 -> bytes.getDouble(8 * i);
        };
    }

    /**
     * Converts an unsigned integer. Halving a value above 2^63 keeps its lowest bit, so that rounding to nearest stays
     * correct (Hacker's Delight).
     */
    private static double unsignedToDouble(long bits) {
        return bits >= 0 ? (double) bits : (double) ((bits >>> 1) | (bits & 1)) * 2;
    }

    private static float unsignedToFloat(long bits) {
        return bits >= 0 ? (float) bits : (float) ((bits >>> 1) | (bits & 1)) * 2;
    }

    @Override
    public String toString() {
        return "NdArray[" + type.code() + ", " + Arrays.toString(shape) + "]";
    }
}
