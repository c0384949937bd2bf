package fathom.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies the elements of a view into row-major, little-endian order. */
final class StridedCopy {
    private StridedCopy() {}

    static void into(MemorySegment target, MemorySegment storage, TorchValue.Tensor tensor) {
        int[] shape = tensor.shape();
        long[] strides = tensor.strides();
        int width = tensor.type().bytes();
        boolean reversed = tensor.storage().isBigEndian();
        long elements = tensor.elements();
        int[] index = new int[shape.length];
        long from = tensor.start();
        for (long to = 0; to < elements; to++) {
            copy(storage, from * width, target, to * width, width, reversed);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                from -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
    }

    private static void copy(MemorySegment source, long from, MemorySegment target, long to, int width,
            boolean reversed) {
        for (int i = 0; i < width; i++) {
            byte value = source.get(ValueLayout.JAVA_BYTE, from + (reversed ? width - 1 - i : i));
            target.set(ValueLayout.JAVA_BYTE, to + i, value);
        }
    }
}
