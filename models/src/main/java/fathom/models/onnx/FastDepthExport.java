package fathom.models.onnx;

import java.util.List;
import java.util.Map;

import fathom.graph.Port;

/**
 * FastDepth as in its package: input {@code 0} [1, 3, 224, 224] from 0 to 1, output {@code 350} [1, 1, 224, 224] in
 * metres. It was validated on pictures that Pillow had shrunk bilinearly; here the 224×224 pixels are the whole
 * picture, shrunk the same way.
 */
record FastDepthExport() implements OnnxFamily {
    @Override
    public String label() {
        return "fastdepth";
    }

    @Override
    public boolean matches(Candidate candidate) {
        if (candidate.inputs().size() != 1 || candidate.outputs().size() != 1) {
            return false;
        }
        Port input = candidate.inputs().getFirst();
        return Candidate.takesPicture(input) && input.name().equals("0")
                && input.extents().equals(List.of(1L, 3L, 224L, 224L))
                && candidate.outputs().getFirst().name().equals("350");
    }

    @Override
    public Map<OnnxKey, String> properties(Candidate candidate) {
        return Map.of(OnnxKey.KIND, "metric", OnnxKey.SCALE, "1");
    }
}
