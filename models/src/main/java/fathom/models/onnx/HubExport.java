package fathom.models.onnx;

import java.util.Map;

/**
 * A depth model of the hub as optimum exports it: {@code pixel_values} [N, 3, H, W] in, {@code predicted_depth} [N, H, W]
 * out. What the numbers mean and how pictures are prepared stands in the repository's own configuration.
 */
record HubExport() implements OnnxFamily {
    static final String INPUT = "pixel_values";
    static final String OUTPUT = "predicted_depth";

    @Override
    public String label() {
        return "hub";
    }

    @Override
    public boolean matches(Candidate candidate) {
        return candidate.takesPicture(INPUT) && candidate.output(OUTPUT).filter(Candidate::givesMap).isPresent();
    }

    @Override
    public Map<OnnxKey, String> statements(Candidate candidate) {
        return Map.of(OnnxKey.INPUT, INPUT, OnnxKey.OUTPUT, OUTPUT);
    }

    @Override
    public boolean isConfiguredByHub() {
        return true;
    }
}
