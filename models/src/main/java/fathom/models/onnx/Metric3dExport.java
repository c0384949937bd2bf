package fathom.models.onnx;

import java.util.EnumMap;
import java.util.Map;

/**
 * Metric3D as exported by YvanYin/Metric3D ({@code onnx/metric3d_onnx_export.py}): input {@code image} [1, 3, H, W]
 * from 0 to 255, output {@code pred_depth} in metres for a camera whose focal length is 1000 pixels of the input.
 * Pictures are scaled into the input and surrounded by ImageNet's mean, as bytes. The exported graph applies mean and
 * deviation; if a graph does not, they are applied before.
 */
record Metric3dExport() implements OnnxFamily {
    static final int CANONICAL_FOCAL = 1000;
    private static final String IMAGE = "image";
    private static final String DEPTH = "pred_depth";

    @Override
    public String label() {
        return "metric3d";
    }

    @Override
    public boolean matches(Candidate candidate) {
        return candidate.takesPicture(IMAGE) && candidate.output(DEPTH).filter(Candidate::givesMap).isPresent();
    }

    @Override
    public Map<OnnxKey, String> statements(Candidate candidate) {
        Map<OnnxKey, String> texts = new EnumMap<>(OnnxKey.class);
        texts.put(OnnxKey.INPUT, IMAGE);
        texts.put(OnnxKey.OUTPUT, DEPTH);
        texts.put(OnnxKey.KIND, "metric");
        texts.put(OnnxKey.CANONICAL_FOCAL, Integer.toString(CANONICAL_FOCAL));
        texts.put(OnnxKey.SIZE, "616,1064");
        texts.put(OnnxKey.FIT, "pad");
        texts.put(OnnxKey.FILL, "124,116,104");
        texts.put(OnnxKey.RESAMPLE, "opencv-linear");
        texts.put(OnnxKey.SCALE, "255");
        if (!candidate.takesMeanItself(IMAGE)) {
            texts.put(OnnxKey.MEAN, "123.675,116.28,103.53");
            texts.put(OnnxKey.STD, "58.395,57.12,57.375");
        }
        return texts;
    }
}
