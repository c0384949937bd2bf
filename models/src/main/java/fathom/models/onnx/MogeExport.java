package fathom.models.onnx;

import java.util.Map;

/**
 * MoGe-2 as exported by microsoft/MoGe ({@code docs/onnx.md}). Inputs: {@code image} [N, 3, H, W] from 0 to 1 at any
 * size, and the number of tokens. Outputs: {@code points} [N, H, W, 3], {@code mask} [N, H, W] and, if the model has
 * them, {@code normal} [N, H, W, 3] and {@code metric_scale} [N]. Resizing and ImageNet's mean are in the graph. An
 * export with a fixed size has no {@code num_tokens}.
 */
record MogeExport() implements OnnxFamily {
    static final String IMAGE = "image";
    static final String POINTS = "points";
    static final String MASK = "mask";
    static final String NORMAL = "normal";
    static final String SCALE = "metric_scale";

    @Override
    public String label() {
        return "moge-2";
    }

    @Override
    public boolean matches(Candidate candidate) {
        return candidate.takesPicture(IMAGE) && candidate.output(POINTS)
                .filter(port -> port.rank() == 4 && Candidate.accepts(port, 3, 3) && Candidate.isOfNumbers(port))
                .isPresent() && candidate.output(MASK).filter(Candidate::givesMap).isPresent();
    }

    @Override
    public Map<OnnxKey, String> properties(Candidate candidate) {
        return Map.of(OnnxKey.INPUT, IMAGE, OnnxKey.OUTPUT, POINTS, OnnxKey.KIND,
                candidate.output(SCALE).isPresent() ? "metric" : "scale-invariant", OnnxKey.FIT, "own",
                OnnxKey.MULTIPLE, "1", OnnxKey.RESAMPLE, "torch-bilinear-antialias", OnnxKey.SCALE, "1");
    }

    @Override
    public OnnxPostprocessor.Way way() {
        return OnnxPostprocessor.Way.MOGE;
    }
}
