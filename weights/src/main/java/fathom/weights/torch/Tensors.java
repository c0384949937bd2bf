package fathom.weights.torch;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Creates tensors from the arguments of {@code torch._utils._rebuild_tensor_v2(storage, offset, size, stride, …)}. */
final class Tensors {
    private static final int HIGHEST_RANK = 64;

    private Tensors() {}

    static TorchValue.Tensor rebuilt(Bytes in, @Nullable Storage storage, List<TorchValue> given) {
        if (storage == null || given.size() < 4) {
            throw in.wrong("expected a storage, offset, size and stride for a tensor, found " + given.size()
                    + " other values");
        }
        long start = number(in, given.get(1));
        long[] extents = numbers(in, given.get(2));
        long[] strides = numbers(in, given.get(3));
        if (extents.length != strides.length || extents.length > HIGHEST_RANK) {
            throw in.wrong("expected as many strides as extents, at most " + HIGHEST_RANK + ", found " + strides.length
                    + " and " + extents.length);
        }
        int[] shape = new int[extents.length];
        for (int axis = 0; axis < shape.length; axis++) {
            if (extents[axis] > Integer.MAX_VALUE) {
                throw in.wrong("expected extents below 2^31, found " + Arrays.toString(extents));
            }
            shape[axis] = (int) extents[axis];
        }
        requireInside(in, storage, start, extents, strides);
        return new TorchValue.Tensor(storage, start, shape, strides);
    }

    /**
     * Requires that the last element of the view is inside the storage, and that the view does not expand a few
     * elements to very many.
     */
    private static void requireInside(Bytes in, Storage storage, long start, long[] extents, long[] strides) {
        try {
            long elements = 1;
            long last = start;
            for (int axis = 0; axis < extents.length; axis++) {
                elements = Math.multiplyExact(elements, extents[axis]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, extents[axis] - 1), strides[axis]));
            }
            long most = Math.max(1 << 20, Math.multiplyExact(16L, storage.elements()));
            if (elements <= most && (elements == 0 ? start <= storage.elements() : last < storage.elements())) {
                return;
            }
        } catch (ArithmeticException e) {
            // Larger than any storage: reported below.
        }
        throw in.wrong("expected a tensor inside its storage of " + storage.elements() + " elements, found "
                + Arrays.toString(extents) + " with strides " + Arrays.toString(strides) + " from element " + start);
    }

    private static long[] numbers(Bytes in, TorchValue value) {
        if (!(value instanceof TorchValue.Items items)) {
            throw in.wrong("expected a list of extents, found something else");
        }
        return items.values().stream().mapToLong(item -> number(in, item)).toArray();
    }

    /** Returns a count: an integer from 0 to 2⁶² − 1. */
    static long number(Bytes in, TorchValue value) {
        if (value instanceof TorchValue.Whole(BigInteger whole) && whole.signum() >= 0 && whole.bitLength() <= 62) {
            return whole.longValue();
        }
        throw in.wrong("expected an integer of at least 0, found "
                + (value instanceof TorchValue.Whole(BigInteger whole) && whole.bitLength() < 200
                        ? whole
                        : "something else"));
    }
}
