package fathom.graph;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or output of a model that comes from elsewhere: like a {@link Value}, but what is not known beforehand is left
 * open.
 *
 * @param name its name
 * @param type element type; empty where it is none of {@link DataType}'s, as for words, or the port is no tensor
 * @param extents one per axis, −1 where any extent is accepted
 */
public record Port(String name, Optional<DataType> type, List<Long> extents) {
    public Port {
        extents = List.copyOf(extents);
    }

    /** Number of axes. */
    public int rank() {
        return extents.size();
    }

    /** Extent of {@code axis}, −1 where any is accepted. */
    public long extent(int axis) {
        return extents.get(axis);
    }

    /** Whether any extent is accepted along {@code axis}. */
    public boolean isOpen(int axis) {
        return extents.get(axis) < 0;
    }

    /** As {@code picture FLOAT32 [?, 3, 384, 384]}. */
    @Override
    public String toString() {
        return name + " " + type.map(DataType::name).orElse("of another type") + " " + extents.stream().map(
                extent -> extent < 0 ? "?" : extent.toString()).collect(Collectors.joining(", ", "[", "]"));
    }
}
