package fathom.models.onnx;

import java.util.Map;

/**
 * Depth Pro as exported from apple/ml-depth-pro ({@code onnx-community/DepthPro-ONNX}). Outputs are the depth and the
 * focal length in pixels of the input. The field of view is applied inside the graph, and depth is in metres: 1 /
 * clamp(inverse depth · width / focal length).
 */
record DepthProExport() implements OnnxFamily {
    static final String FOCAL_LENGTH = "focallength_px";
    private static final int SIDE = 1536;

    @Override
    public String label() {
        return "depth-pro";
    }

    @Override
    public boolean matches(Candidate candidate) {
        return candidate.takesPicture(HubExport.INPUT)
                && candidate.output(HubExport.OUTPUT).filter(Candidate::givesMap).isPresent()
                && candidate.output(FOCAL_LENGTH).filter(Candidate::isOfNumbers).isPresent();
    }

    @Override
    public Map<OnnxKey, String> properties(Candidate candidate) {
        return Map.of(OnnxKey.INPUT, HubExport.INPUT, OnnxKey.OUTPUT, HubExport.OUTPUT, OnnxKey.KIND, "metric",
                OnnxKey.SIZE, Integer.toString(SIDE), OnnxKey.RESAMPLE, "torch-bilinear", OnnxKey.MEAN, "0.5,0.5,0.5",
                OnnxKey.STD, "0.5,0.5,0.5");
    }

    @Override
    public OnnxPostprocessor.Way way() {
        return OnnxPostprocessor.Way.DEPTH_PRO;
    }

    @Override
    public boolean isConfiguredByHub() {
        return true;
    }
}
