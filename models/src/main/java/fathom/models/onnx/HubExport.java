package fathom.models.onnx;

import java.util.Map;

/**
 * A depth model of the Hub as exported by optimum: input {@code pixel_values} [N, 3, H, W], output
 * {@code predicted_depth} [N, H, W]. The kind of depth and the preprocessing are read from the repository's
 * configuration.
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
