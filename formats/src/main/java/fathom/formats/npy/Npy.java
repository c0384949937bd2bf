package fathom.formats.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.Input;
import fathom.formats.NdArray;
import fathom.raster.Plane;

/**
 * The array file of NumPy, {@code .npy}: versions 1 to 3; booleans, integers and floats of either byte order; C and
 * Fortran order. Like {@code numpy.load} it reads the first array and ignores following bytes. Pickled objects are
 * rejected.
 */
public final class Npy {
    private static final int CHUNK = 1 << 16;

    private Npy() {}

    /**
     * Reads an array.
     *
     * @param path the file
     * @return the array
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static NdArray read(Path path) throws IOException {
        return read(Input.of(path));
    }

    /**
     * Reads an array from {@code bytes}, which are not copied and must not change later.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @return the array
     * @throws IOException if the data is damaged or not supported
     */
    public static NdArray read(byte[] bytes, String name) throws IOException {
        return read(new Input(bytes, name).requireNotEmpty());
    }

    /**
     * Reads an array with two axes, in addition to those of length 1, as float32, [H, W].
     *
     * @param path the file
     * @return the map
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Plane readPlane(Path path) throws IOException {
        return plane(read(path), path.toString());
    }

    /**
     * {@return {@link NdArray#toPlane()} of an array that was read from a file}
     *
     * @param array the array
     * @param name the name for messages
     * @throws FormatException if the array is not one map
     */
    public static Plane plane(NdArray array, String name) throws FormatException {
        try {
            return array.toPlane();
        } catch (IllegalArgumentException e) {
            throw new FormatException(name, FormatException.NO_OFFSET,
                    "expected one map, [height, width]: " + e.getMessage(), e);
        }
    }

    static NdArray read(Input in) throws IOException {
        NpyHeader header = NpyHeader.parse(in);
        in.require(header.dataLength(), "array data " + header.type().code() + " " + shape(header));
        return array(header, ByteBuffer.wrap(in.bytes(), header.end(), header.dataLength()));
    }

    /** Returns the array whose elements are {@code data}, as described by {@code header}. */
    static NdArray array(NpyHeader header, ByteBuffer data) {
        ByteBuffer bytes = header.fortranOrder() ? transposed(data, header) : data;
        return new NdArray(header.type(), header.shape(), bytes.order(header.order()));
    }

    private static String shape(NpyHeader header) {
        return Arrays.toString(header.shape());
    }

    /** Converts Fortran order, in which the first axis varies fastest, to C order. */
    private static ByteBuffer transposed(ByteBuffer data, NpyHeader header) {
        int[] shape = header.shape();
        int item = header.type().size();
        int axes = shape.length;
        byte[] from = data.array();
        int base = data.arrayOffset() + data.position();
        byte[] to = new byte[header.dataLength()];
        int[] strides = new int[axes];
        for (int axis = 0, stride = item; axis < axes; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] index = new int[axes];
        int source = base;
        for (int at = 0; at < to.length; at += item) {
            System.arraycopy(from, source, to, at, item);
            for (int axis = axes - 1; axis >= 0; axis--) {
                source += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                source -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return ByteBuffer.wrap(to);
    }

    /**
     * Writes a plane as little-endian float32, [H, W].
     *
     * @param path the file
     * @param plane the map
     * @throws IOException if writing fails
     */
    public static void write(Path path, Plane plane) throws IOException {
        write(path, NdArray.of(plane));
    }

    /**
     * Writes an array in its type and byte order.
     *
     * @param path the file
     * @param array the array
     * @throws IOException if writing fails
     */
    public static void write(Path path, NdArray array) throws IOException {
        AtomicFile.write(path, out -> write(out, array));
    }

    /**
     * Writes an array to a stream, which stays open.
     *
     * @param out the destination
     * @param array the array
     * @throws IOException if writing fails
     */
    public static void write(OutputStream out, NdArray array) throws IOException {
        out.write(NpyHeader.format(array));
        ByteBuffer bytes = array.bytes();
        byte[] chunk = new byte[Math.min(CHUNK, bytes.remaining())];
        while (bytes.hasRemaining()) {
            int count = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, count);
            out.write(chunk, 0, count);
        }
    }
}
