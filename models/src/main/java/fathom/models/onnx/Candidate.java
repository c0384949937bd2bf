package fathom.models.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import fathom.graph.DataType;
import fathom.graph.Port;

/**
 * A model to be recognised.
 *
 * @param file its file
 * @param inputs its inputs
 * @param outputs its outputs
 */
record Candidate(OnnxFile file, List<Port> inputs, List<Port> outputs) {
    Candidate {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Returns the input called {@code name}, or empty if there is none. */
    Optional<Port> input(String name) {
        return inputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** Returns the output called {@code name}, or empty if there is none. */
    Optional<Port> output(String name) {
        return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** Returns whether there is an input of that name that takes pictures. */
    boolean takesPicture(String name) {
        return input(name).filter(Candidate::takesPicture).isPresent();
    }

    /** Returns whether {@code port} accepts numbers [1, 3, H, W] or [1, H, W, 3]. */
    static boolean takesPicture(Port port) {
        return isOfNumbers(port) && port.rank() == 4 && port.extent(0) <= 1
                && (accepts(port, 1, 3) || accepts(port, 3, 3));
    }

    /** Returns whether {@code extent} is accepted along {@code axis}. */
    static boolean accepts(Port port, int axis, long extent) {
        return port.isOpen(axis) || port.extent(axis) == extent;
    }

    /** Returns whether {@code port} can provide a map. */
    static boolean givesMap(Port port) {
        return isOfNumbers(port) && port.rank() >= 2 && port.rank() <= 4;
    }

    /** Returns whether the elements of {@code port} are numbers. */
    static boolean isOfNumbers(Port port) {
        return port.type().filter(type -> type != DataType.BOOL).isPresent();
    }

    /**
     * Returns whether the graph starts by subtracting a mean from the input {@code name}, so that pictures are not
     * normalised before.
     */
    boolean takesMeanItself(String name) {
        return file.readers(name).equals(Set.of("Sub"));
    }

    /** Returns the file name in lower case. */
    String fileName() {
        return String.valueOf(file.path().getFileName()).toLowerCase(Locale.ROOT);
    }
}
