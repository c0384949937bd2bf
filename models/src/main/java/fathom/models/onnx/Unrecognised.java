package fathom.models.onnx;

import java.util.List;
import java.util.Locale;

import fathom.graph.Port;
import fathom.models.onnx.OnnxDescription.Layout;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;

/** Creates the messages for a model that is neither recognised nor described. */
final class Unrecognised {
    private Unrecognised() {}

    /** Creates the exception for ports that do not fit. */
    static IllegalArgumentException ports(Candidate candidate, String expected, List<Port> found, String remedy) {
        return new IllegalArgumentException(candidate.file().path() + ": " + expected + ", found " + found + remedy);
    }

    /** Creates the exception for an unknown kind of depth, with the YAML that would declare it. */
    static IllegalArgumentException kind(Candidate candidate, Port input, Layout layout) {
        int axis = layout == Layout.NCHW ? 2 : 1;
        String size = input.isOpen(axis) || input.isOpen(axis + 1) ? "size: 384            # or [height, width]\n" : "";
        String description = "kind: affine-invariant-inverse\n" + size + "mean: [0.485, 0.456, 0.406]\n"
                + "std: [0.229, 0.224, 0.225]\n" + "resample: pillow-bicubic\n" + "channels: rgb\n" + "layout: "
                + layout.name().toLowerCase(Locale.ROOT);
        return new UsageException(candidate.file().path() + ": an ONNX file does not say what its numbers "
                + "mean, and its ports are of no known family (" + candidate.inputs() + " in, " + candidate.outputs()
                + " as outputs); expected the option kind, or a description next to the file",
                new Remedy.DescribeModel(
                        List.of("metric", "scale-invariant", "affine-invariant", "affine-invariant-inverse"),
                        OnnxYaml.candidates(candidate.file().path()).getFirst(), description));
    }
}
