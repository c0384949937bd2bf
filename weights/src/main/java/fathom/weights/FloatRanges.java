package fathom.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The places of floating-point numbers in a file: ranges of bytes of one type, sorted, without overlap between ranges
 * that have the same type and alignment. Tensors that follow each other are one range, so there are few.
 */
record FloatRanges(List<Range> ranges) {
    static final FloatRanges NONE = new FloatRanges(List.of());

    private static final Comparator<Range> ORDER = Comparator.comparing(Range::type)
            .thenComparingLong(range -> range.from() % range.type().bytes()).thenComparingLong(Range::from);

    /** Copies the list. */
    FloatRanges {
        ranges = List.copyOf(ranges);
    }

    /**
     * Consecutive numbers.
     *
     * @param type their type
     * @param from the first byte
     * @param to the byte after the last
     */
    record Range(StoredType type, long from, long to) {
        private boolean continues(Range before) {
            return type == before.type && from <= before.to && (from - before.from) % type.bytes() == 0;
        }
    }

    /** Returns the places of those {@code tensors} that are floating-point; all of them are stored in one file. */
    static FloatRanges of(Collection<StoredTensor> tensors) {
        return merged(tensors.stream().filter(tensor -> tensor.type().isFloat() && tensor.length() > 0)
                .map(tensor -> new Range(tensor.type(), tensor.offset(), tensor.offset() + tensor.length())).toList());
    }

    private static FloatRanges merged(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        for (Range range : ranges.stream().sorted(ORDER).toList()) {
            Range last = merged.isEmpty() ? range : merged.getLast();
            if (!merged.isEmpty() && range.continues(last)) {
                merged.set(merged.size() - 1, new Range(range.type, last.from, Math.max(last.to, range.to)));
            } else {
                merged.add(range);
            }
        }
        return new FloatRanges(merged);
    }

    /** Returns the places of these ranges and those of {@code others}. */
    FloatRanges and(FloatRanges others) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(others.ranges);
        return merged(all);
    }

    /** Returns whether every number of {@code others} is in these ranges. */
    boolean contain(FloatRanges others) {
        return and(others).equals(this);
    }
}
