package fathom.weights.torch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plain Python value. Scalars are equal by value, and comparable, so that many keys of the same hash stay cheap;
 * containers are equal by identity: a file may nest them in themselves. Limit the depth when traversing them.
 */
public sealed interface TorchValue {
    /** Python's {@code None}. */
    record None() implements TorchValue {}

    /**
     * A {@code bool}.
     *
     * @param value the value
     */
    record Flag(boolean value) implements TorchValue {}

    /**
     * An {@code int} of any size.
     *
     * @param value the value
     */
    record Whole(BigInteger value) implements TorchValue, Comparable<Whole> {
        @Override
        public int compareTo(Whole other) {
            return value.compareTo(other.value);
        }

        static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    /**
     * A {@code float}.
     *
     * @param value the value
     */
    record Real(double value) implements TorchValue, Comparable<Real> {
        @Override
        public int compareTo(Real other) {
            return Double.compare(value, other.value);
        }
    }

    /**
     * A {@code str}, or {@code bytes} as Latin-1.
     *
     * @param value the value
     */
    record Text(String value) implements TorchValue, Comparable<Text> {
        @Override
        public int compareTo(Text other) {
            return value.compareTo(other.value);
        }
    }

    /** An object, class or function that is not a plain value. Only its name is known: nothing of it is created. */
    final class Opaque implements TorchValue {
        private final String name;

        Opaque(String name) {
            this.name = name;
        }

        /** {@return the full name of its class, or of the function that would create it} */
        public String name() {
            return name;
        }
    }

    /** A {@code list}, {@code tuple} or {@code torch.Size}. */
    final class Items implements TorchValue {
        private final List<TorchValue> values = new ArrayList<>();

        Items() {}

        /** {@return the values in order; unmodifiable} */
        public List<TorchValue> values() {
            return Collections.unmodifiableList(values);
        }

        void add(TorchValue value) {
            values.add(value);
        }
    }

    /** A {@code dict} or {@code OrderedDict}. */
    final class Dictionary implements TorchValue {
        private final Map<TorchValue, TorchValue> entries = new LinkedHashMap<>();

        Dictionary() {}

        /** {@return the entries in their order; unmodifiable} */
        public Map<TorchValue, TorchValue> entries() {
            return Collections.unmodifiableMap(entries);
        }

        /**
         * Returns the value of a key that is a string.
         *
         * @param key the key
         * @return the value, or empty if it is missing
         */
        public Optional<TorchValue> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        void put(TorchValue key, TorchValue value) {
            entries.put(key, value);
        }
    }

    /** A {@code set} or {@code frozenset}. */
    final class Group implements TorchValue {
        private final Set<TorchValue> values = new LinkedHashSet<>();

        Group() {}

        /** {@return the values; unmodifiable} */
        public Set<TorchValue> values() {
            return Collections.unmodifiableSet(values);
        }

        void add(TorchValue value) {
            values.add(value);
        }
    }

    /**
     * A tensor: a view of a storage. Element {@code (i, j, …)} is number {@code start + i·strides[0] + j·strides[1] + …} of it.
     */
    final class Tensor implements TorchValue {
        private final Storage storage;
        private final long start;
        private final int[] shape;
        private final long[] strides;

        Tensor(Storage storage, long start, int[] shape, long[] strides) {
            this.storage = storage;
            this.start = start;
            this.shape = shape;
            this.strides = strides;
        }

        /** {@return the element type} */
        public TorchType type() {
            return storage.type();
        }

        /** {@return the extents in a new array} */
        public int[] shape() {
            return shape.clone();
        }

        /** {@return the steps between neighbours along each axis, in elements, in a new array} */
        public long[] strides() {
            return strides.clone();
        }

        /** {@return the number of elements} */
        public long elements() {
            long product = 1;
            for (int extent : shape) {
                product *= extent;
            }
            return product;
        }

        /** {@return whether the elements are contiguous in row-major order} */
        public boolean isContiguous() {
            long step = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                if (shape[axis] != 1 && strides[axis] != step && elements() > 0) {
                    return false;
                }
                step *= shape[axis];
            }
            return true;
        }

        /**
         * {@return whether the file stores the elements contiguously, row-major and little-endian, at
         * {@link #offset}}
         */
        public boolean isMappable() {
            return isContiguous() && storage.isPlain();
        }

        /** {@return the offset of the first element in the file; valid only if it {@link #isMappable}} */
        public long offset() {
            return Math.addExact(storage.offset(), Math.multiplyExact(start, type().bytes()));
        }

        Storage storage() {
            return storage;
        }

        long start() {
            return start;
        }
    }
}
