package fathom.models.onnx;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fathom.graph.Port;
import fathom.models.registry.Architectures;
import fathom.raster.DepthKind;

/**
 * Depth Anything V1 and V2: exports of the authors' code (input {@code image}, output {@code depth}, as in
 * fabio-sim/Depth-Anything-ONNX) and of transformers ({@code pixel_values}, {@code predicted_depth}), with fixed and
 * open sizes. Recognised by the names of its weights or by the file name. A relative network ends in a ReLU, a metric
 * one in a sigmoid times its largest depth. If file name and graph disagree, the kind is not assumed.
 */
record DepthAnythingExport() implements OnnxFamily {
    private static final String FAMILY = "depth_anything";
    private static final Set<String> OUTPUTS = Set.of("depth", HubExport.OUTPUT);
    private static final List<String> METRIC_NAMES = List.of("metric", "indoor", "outdoor", "hypersim", "kitti", "nyu");
    private static final List<String> THIRD_VERSION = List.of("anythingv3", "anything3");

    @Override
    public String label() {
        return FAMILY;
    }

    @Override
    public boolean matches(Candidate candidate) {
        return candidate.inputs().size() == 1 && Candidate.takesPicture(candidate.inputs().getFirst())
                && candidate.inputs().getFirst().rank() == 4 && output(candidate).isPresent()
                && (isNamed(candidate) || hasItsWeights(candidate));
    }

    private static Optional<Port> output(Candidate candidate) {
        List<Port> maps = candidate.outputs().stream().filter(Candidate::givesMap).toList();
        return maps.size() == 1
                ? Optional.of(maps.getFirst())
                : maps.stream().filter(port -> OUTPUTS.contains(port.name())).findFirst();
    }

    private static boolean isNamed(Candidate candidate) {
        String name = words(candidate);
        return name.contains("depthanything") && THIRD_VERSION.stream().noneMatch(name::contains);
    }

    private static boolean hasItsWeights(Candidate candidate) {
        boolean isOfAuthors = candidate.file().hasConstant("depth_head.scratch.")
                && candidate.file().hasConstant("pretrained.");
        return isOfAuthors || (candidate.file().hasConstant("neck.reassemble_stage.")
                && candidate.file().hasConstant("head.conv1."));
    }

    private static String words(Candidate candidate) {
        return candidate.fileName().replaceAll("[-_ ]", "");
    }

    @Override
    public Map<OnnxKey, String> properties(Candidate candidate) {
        Map<OnnxKey, String> texts = new EnumMap<>(OnnxKey.class);
        Port input = candidate.inputs().getFirst();
        output(candidate).ifPresent(port -> texts.put(OnnxKey.OUTPUT, port.name()));
        kind(candidate).ifPresent(kind -> texts.put(OnnxKey.KIND, kind.label()));
        texts.put(OnnxKey.SIZE, "518");
        texts.put(OnnxKey.FIT, "proportion");
        texts.put(OnnxKey.MULTIPLE, "14");
        boolean takesFloats = OnnxDescription.takesFloats(input);
        boolean isOfHub = input.name().equals(HubExport.INPUT);
        texts.put(OnnxKey.RESAMPLE, isOfHub ? "pillow-bicubic" : takesFloats ? "opencv-cubic-float" : "opencv-cubic");
        if (takesFloats && !candidate.file().start(input.name()).normalises()) {
            texts.put(OnnxKey.MEAN, "0.485,0.456,0.406");
            texts.put(OnnxKey.STD, "0.229,0.224,0.225");
        }
        Architectures.resampling(FAMILY, "dinov2", DepthKind.AFFINE_INVERSE)
                .ifPresent(kernel -> texts.put(OnnxKey.RESIZE, kernel));
        return texts;
    }

    /** Returns the kind of depth, or empty if file name and graph disagree. */
    private static Optional<DepthKind> kind(Candidate candidate) {
        List<String> last = output(candidate).map(port -> candidate.file().lastOperators(port.name()))
                .orElse(List.of());
        if (last.contains("Sigmoid")) {
            return Optional.of(DepthKind.METRIC);
        }
        return METRIC_NAMES.stream().anyMatch(words(candidate)::contains)
                ? Optional.empty()
                : Optional.of(DepthKind.AFFINE_INVERSE);
    }

    @Override
    public Optional<String> assumption(Candidate candidate) {
        String evidence = hasItsWeights(candidate) ? "the names of its weights" : "its file name";
        return kind(candidate).map(kind -> switch (kind) {
            case METRIC -> "The model is taken for a metric Depth Anything, depth in metres, because of " + evidence
                    + " and the sigmoid at the end of its graph; set kind if that is wrong.";
            case AFFINE_INVERSE, SCALE_INVARIANT, AFFINE, LEVELS ->
                "The model is taken for a relative Depth Anything, affine-invariant inverse depth, because of "
                        + evidence + "; set kind if it is a metric export.";
        });
    }

    @Override
    public boolean isConfiguredByHub() {
        return true;
    }
}
