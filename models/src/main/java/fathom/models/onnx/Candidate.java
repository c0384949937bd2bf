package fathom.models.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import fathom.graph.DataType;
import fathom.graph.Port;
import fathom.models.onnx.file.OnnxFile;

/**
 * A model to be recognised.
 *
 * @param file its file
 * @param inputs its inputs
 * @param outputs its outputs
 */
record Candidate(OnnxFile file, List<Port> inputs, List<Port> outputs) {
    private static final int CHANNELS = 3;
    /** Channels, rows and columns. */
    private static final int PICTURE_AXES = 3;

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

    /**
     * Returns whether {@code port} accepts numbers [1, 3, H, W] or [1, H, W, 3], or those of one picture per batch, [1, 1,
     * 3, H, W].
     */
    static boolean takesPicture(Port port) {
        if (!isOfNumbers(port) || (port.rank() != 4 && port.rank() != 5)) {
            return false;
        }
        int axes = port.rank() - PICTURE_AXES;
        for (int axis = 0; axis < axes; axis++) {
            if (port.extent(axis) > 1) {
                return false;
            }
        }
        return accepts(port, axes, CHANNELS) || accepts(port, port.rank() - 1, CHANNELS);
    }

    /** Returns whether {@code extent} is accepted along {@code axis}. */
    static boolean accepts(Port port, int axis, long extent) {
        return port.isOpen(axis) || port.extent(axis) == extent;
    }

    /** Returns whether {@code port} can provide one map per picture: no channels, or one. */
    static boolean givesMap(Port port) {
        if (!isOfNumbers(port) || port.rank() < 2 || port.rank() > 5) {
            return false;
        }
        int channel = port.rank() - PICTURE_AXES;
        return channel <= 0 || accepts(port, channel, 1) || accepts(port, port.rank() - 1, 1);
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
        return file.start(name).subtractsMean();
    }

    /** Returns the file name in lower case. */
    String fileName() {
        return String.valueOf(file.path().getFileName()).toLowerCase(Locale.ROOT);
    }
}
