package fathom.models.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import fathom.graph.DataType;
import fathom.graph.Port;

/**
 * A model that is to be recognised.
 *
 * @param file its file
 * @param inputs what goes in
 * @param outputs what comes out
 */
record Candidate(OnnxFile file, List<Port> inputs, List<Port> outputs) {
    Candidate {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input called {@code name}, if there is one. */
    Optional<Port> input(String name) {
        return inputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** The output called {@code name}, if there is one. */
    Optional<Port> output(String name) {
        return outputs.stream().filter(port -> port.name().equals(name)).findFirst();
    }

    /** Whether there is an input of that name which takes pictures. */
    boolean takesPicture(String name) {
        return input(name).filter(Candidate::takesPicture).isPresent();
    }

    /** Whether numbers [1, 3, H, W] or [1, H, W, 3] go into {@code port}, or may. */
    static boolean takesPicture(Port port) {
        return isOfNumbers(port) && port.rank() == 4 && port.extent(0) <= 1 && (accepts(port, 1, 3) || accepts(port, 3,
                3));
    }

    /** Whether {@code extent} is accepted along {@code axis}. */
    static boolean accepts(Port port, int axis, long extent) {
        return port.isOpen(axis) || port.extent(axis) == extent;
    }

    /** Whether a map may come out of {@code port}. */
    static boolean givesMap(Port port) {
        return isOfNumbers(port) && port.rank() >= 2 && port.rank() <= 4;
    }

    /** Whether the elements of {@code port} are numbers. */
    static boolean isOfNumbers(Port port) {
        return port.type().filter(type -> type != DataType.BOOL).isPresent();
    }

    /** Whether the graph starts by taking a mean from the input {@code name}, so that pictures are not normalised before. */
    boolean takesMeanItself(String name) {
        return file.readers(name).equals(Set.of("Sub"));
    }

    /** The file's name in small letters. */
    String fileName() {
        return String.valueOf(file.path().getFileName()).toLowerCase(Locale.ROOT);
    }
}
