package fathom.raster;

/**
 * What the values of a prediction mean: which unknowns separate them from metres.
 *
 * <p>With z the depth along the optical axis, in metres, and unknown a &gt; 0 and b:
 *
 * <table>
 * <caption>Kinds of depth</caption>
 * <tr><th>kind</th><th>value</th><th>larger is</th><th>unknown</th></tr>
 * <tr><td>{@link #METRIC}</td><td>z</td><td>farther</td><td>none</td></tr>
 * <tr><td>{@link #SCALE_INVARIANT}</td><td>a·z</td><td>farther</td><td>a</td></tr>
 * <tr><td>{@link #AFFINE}</td><td>a·z + b</td><td>farther</td><td>a, b</td></tr>
 * <tr><td>{@link #AFFINE_INVERSE}</td><td>a/z + b</td><td>nearer</td><td>a, b</td></tr>
 * <tr><td>{@link #LEVELS}</td><td>0 to 255</td><td>farther</td><td>the whole mapping</td></tr>
 * </table>
 *
 * <p>Values of different kinds cannot be compared directly: an alignment must fit the unknowns to a measurement first.
 * Only {@link #METRIC} has a unit. <i>Affine-invariant</i> is the term of Ke et al., <i>Repurposing Diffusion-Based
 * Image Generators for Monocular Depth Estimation</i>, CVPR 2024; Ranftl et al., <i>Towards Robust Monocular Depth
 * Estimation</i>, IEEE TPAMI 2022, call it <i>scale- and shift-invariant</i>.
 *
 * @see Prediction
 */
public enum DepthKind {
    /** Depth z, in metres. */
    METRIC("metric", "m", false),
    /** Depth up to an unknown scale: a·z. */
    SCALE_INVARIANT("scale-invariant", "", false),
    /** Depth up to an unknown scale and shift: a·z + b. */
    AFFINE("affine-invariant", "", false),
    /**
     * Inverse depth up to an unknown scale and shift: a/z + b; larger is nearer. Papers on monocular depth often call
     * this disparity. A disparity is a pixel offset and needs a baseline.
     */
    AFFINE_INVERSE("affine-invariant-inverse", "", true),
    /**
     * Values of an 8-bit image, 0 to 255; larger is farther. The mapping to metres is unknown, so these values are
     * compared with other 8-bit images as they are.
     */
    LEVELS("levels", "", false);

    /** The largest of {@link #LEVELS}, which is the farthest. */
    public static final int MAX_LEVEL = 255;

    private final String label;
    private final String unit;
    private final boolean inverse;

    DepthKind(String label, String unit, boolean inverse) {
        this.label = label;
        this.unit = unit;
        this.inverse = inverse;
    }

    /** {@return the name that datasets store and tables display} */
    public String label() {
        return label;
    }

    /** {@return the unit of the values: {@code "m"}, or empty if they have none} */
    public String unit() {
        return unit;
    }

    /** {@return whether larger values are nearer} */
    public boolean isInverse() {
        return inverse;
    }

    /**
     * {@return the kind whose {@link #label()} is {@code label}}
     *
     * @param label the label
     * @throws IllegalArgumentException if there is none
     */
    public static DepthKind ofLabel(String label) {
        for (DepthKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind of depth: expected one of metric, scale-invariant, affine-invariant, "
                + "affine-invariant-inverse, levels, found \"" + label + "\"");
    }
}
