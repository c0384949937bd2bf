package fathom.models.onnx;

import java.util.List;
import java.util.Locale;

import fathom.graph.Port;
import fathom.models.onnx.OnnxDescription.Layout;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;

/** What people are told of a model that is not known and not described. */
final class Unrecognised {
    private Unrecognised() {}

    /** That ports do not fit. */
    static IllegalArgumentException ports(Candidate candidate, String expected, List<Port> found, String remedy) {
        return new IllegalArgumentException(candidate.file().path() + ": " + expected + ", found " + found + remedy);
    }

    /** That nobody says what the numbers mean, with the YAML that would. */
    static IllegalArgumentException kind(Candidate candidate, Port input, Layout layout) {
        int axis = layout == Layout.NCHW ? 2 : 1;
        String size = input.isOpen(axis) || input.isOpen(axis + 1)
                ? "size: 384            # or [height, width]\n"
                : "";
        String description = "kind: affine-invariant-inverse\n" + size
                + "mean: [0.485, 0.456, 0.406]\n"
                + "std: [0.229, 0.224, 0.225]\n"
                + "resample: pillow-bicubic\n"
                + "channels: rgb\n"
                + "layout: " + layout.name().toLowerCase(Locale.ROOT);
        return new UsageException(candidate.file().path() + ": an ONNX file does not say what its numbers "
                + "mean, and its ports are of no known family (" + candidate.inputs() + " in, " + candidate.outputs()
                + " out); expected the option kind, or a description next to the file",
                new Remedy.DescribeModel(
                        List.of("metric", "scale-invariant", "affine-invariant", "affine-invariant-inverse"),
                        OnnxYaml.candidates(candidate.file().path()).getFirst(), description));
    }
}
