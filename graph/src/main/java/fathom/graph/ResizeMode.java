package fathom.graph;

/**
 * The interpolation method of {@link GraphBuilder#resize}. All except {@link #LINEAR_CORNER} match {@code interpolate}
 * of PyTorch.
 */
public enum ResizeMode {
    /** The pixel at the scaled index, rounded down ({@code mode="nearest"}). */
    NEAREST("nearest", "asymmetric"),
    /** Linear interpolation between the two nearest pixels; pixel centres at halves ({@code align_corners=False}). */
    LINEAR("linear", "half_pixel"),
    /** Linear interpolation; corner pixels are aligned ({@code align_corners=True}). */
    LINEAR_ALIGNED("linear", "align_corners"),
    /**
     * Linear interpolation; the first pixels are aligned and the others are at multiples of the factor, as in
     * TensorFlow 1.
     */
    LINEAR_CORNER("linear", "asymmetric"),
    /** Cubic convolution with a = −0.75; pixel centres at halves ({@code align_corners=False}). */
    CUBIC("cubic", "half_pixel"),
    /** Cubic convolution with a = −0.75; corner pixels are aligned ({@code align_corners=True}). */
    CUBIC_ALIGNED("cubic", "align_corners");

    private final String mode;
    private final String coordinates;

    ResizeMode(String mode, String coordinates) {
        this.mode = mode;
        this.coordinates = coordinates;
    }

    /** Returns the value of the operator attribute {@code mode}. */
    String mode() {
        return mode;
    }

    /** Returns the value of the operator attribute {@code coordinate_transformation_mode}. */
    String coordinates() {
        return coordinates;
    }
}
