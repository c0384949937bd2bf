package fathom.graph;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or output of a model that Fathom did not build. In contrast to a {@link Value}, its type and extents may be
 * unknown.
 *
 * @param name the name
 * @param type element type; empty if it is not one of {@link DataType}, for example a string, or the port is not a
 *            tensor
 * @param extents one per axis; −1 if any extent is accepted
 */
public record Port(String name, Optional<DataType> type, List<Long> extents) {
    /** Copies the list. */
    public Port {
        extents = List.copyOf(extents);
    }

    /** {@return the number of axes} */
    public int rank() {
        return extents.size();
    }

    /**
     * {@return the extent of {@code axis}, −1 if any extent is accepted}
     *
     * @param axis from 0 for the first
     */
    public long extent(int axis) {
        return extents.get(axis);
    }

    /**
     * {@return whether any extent is accepted along {@code axis}}
     *
     * @param axis from 0 for the first
     */
    public boolean isOpen(int axis) {
        return extents.get(axis) < 0;
    }

    /** Returns a text such as {@code picture FLOAT32 [?, 3, 384, 384]}. */
    @Override
    public String toString() {
        return name + " " + type.map(DataType::name).orElse("of another type") + " " + extents.stream()
                .map(extent -> extent < 0 ? "?" : extent.toString()).collect(Collectors.joining(", ", "[", "]"));
    }
}
