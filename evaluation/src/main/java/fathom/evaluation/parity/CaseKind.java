package fathom.evaluation.parity;

import fathom.raster.DepthKind;

/** What the prediction of a case is. */
public enum CaseKind {
    /** Depth in metres. */
    METRIC("metric", DepthKind.METRIC),
    /** Depth up to a scale. */
    SCALE("scale", DepthKind.SCALE_INVARIANT),
    /** Depth up to scale and shift. */
    AFFINE_DEPTH("affine_depth", DepthKind.AFFINE),
    /** Inverse depth up to scale and shift. */
    AFFINE_DISPARITY("affine_disp", DepthKind.AFFINE_INVERSE);

    private final String label;
    private final DepthKind depthKind;

    CaseKind(String label, DepthKind depthKind) {
        this.label = label;
        this.depthKind = depthKind;
    }

    /** {@return the word of {@code cases.json}} */
    public String label() {
        return label;
    }

    /** {@return the kind of a prediction with these values} */
    public DepthKind depthKind() {
        return depthKind;
    }

    /**
     * {@return the kind with that {@link #label()}}
     *
     * @param label the label
     * @throws IllegalArgumentException if there is none
     */
    public static CaseKind ofLabel(String label) {
        for (CaseKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind: expected metric, scale, affine_depth or affine_disp, found \"" + label + "\"");
    }
}
