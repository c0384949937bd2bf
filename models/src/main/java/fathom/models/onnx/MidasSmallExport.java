package fathom.models.onnx;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import fathom.graph.Port;

/**
 * MiDaS v2.1 small, {@code model-small.onnx} of isl-org/MiDaS, and exports of the same network with that file name:
 * input one picture [1, 3, 256, 256], output inverse depth [1, 256, 256]. MiDaS resizes floats, not bytes, with
 * OpenCV's cubic kernel. The authors' exporter ({@code tf/make_onnx_model.py}) includes ImageNet's mean and deviation
 * in the graph; other exports do not, so the graph's first operator decides.
 */
record MidasSmallExport() implements OnnxFamily {
    private static final int SIDE = 256;
    private static final Set<String> INPUTS = Set.of("0", "input.1", "input");
    private static final String OUTPUT = "797";

    @Override
    public String label() {
        return "midas-v21-small";
    }

    @Override
    public boolean matches(Candidate candidate) {
        if (candidate.inputs().size() != 1 || candidate.outputs().size() != 1) {
            return false;
        }
        Port input = candidate.inputs().getFirst();
        Port output = candidate.outputs().getFirst();
        boolean portsNamed = INPUTS.contains(input.name()) && output.name().equals(OUTPUT);
        boolean fileNamed = candidate.fileName().contains("midas") && candidate.fileName().contains("small");
        return (portsNamed || fileNamed) && Candidate.takesPicture(input) && input.extent(1) == 3
                && input.extent(2) == SIDE && input.extent(3) == SIDE && Candidate.givesMap(output)
                && output.extent(output.rank() - 1) == SIDE && output.extent(output.rank() - 2) == SIDE;
    }

    @Override
    public Map<OnnxKey, String> properties(Candidate candidate) {
        Map<OnnxKey, String> texts = new EnumMap<>(OnnxKey.class);
        texts.put(OnnxKey.KIND, "affine-invariant-inverse");
        texts.put(OnnxKey.RESAMPLE, "opencv-cubic-float");
        texts.put(OnnxKey.RESIZE, "torch-bicubic");
        if (!candidate.takesMeanItself(candidate.inputs().getFirst().name())) {
            texts.put(OnnxKey.MEAN, "0.485,0.456,0.406");
            texts.put(OnnxKey.STD, "0.229,0.224,0.225");
        }
        return texts;
    }
}
