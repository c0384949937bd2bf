package fathom.raster;

/** What the numbers of a prediction mean: which unknowns stand between them and metres. */
public enum DepthKind {
    /** Depth z in metres. */
    METRIC("metric", "m", false),
    /** Depth up to an unknown scale: a·z. */
    SCALE_INVARIANT("scale-invariant", "", false),
    /** Depth up to an unknown scale and shift: a·z + b. */
    AFFINE("affine-invariant", "", false),
    /**
     * Inverse depth up to an unknown scale and shift: a/z + b, larger is nearer. Papers on monocular depth often call this
     * disparity; a disparity is a pixel offset and needs a baseline.
     */
    AFFINE_INVERSE("affine-invariant-inverse", "", true),
    /**
     * Levels of an 8-bit picture that somebody made, 0 to 255, larger is farther: to be compared with other such pictures as
     * they are. Nothing says how they become metres.
     */
    LEVELS("levels", "", false);

    /** The largest of {@link #LEVELS}, the farthest. */
    public static final int MAX_LEVEL = 255;

    private final String label;
    private final String unit;
    private final boolean inverse;

    DepthKind(String label, String unit, boolean inverse) {
        this.label = label;
        this.unit = unit;
        this.inverse = inverse;
    }

    /** The name stored in datasets and shown to people. */
    public String label() {
        return label;
    }

    /** Unit of the values, {@code "m"} or empty where they have none. */
    public String unit() {
        return unit;
    }

    /** Whether larger values are nearer. */
    public boolean isInverse() {
        return inverse;
    }

    /** The kind whose {@link #label()} is {@code label}. */
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
