package fathom.graph;

/**
 * How {@link GraphBuilder#resize} finds the values between the pixels; all but {@link #LINEAR_CORNER} match PyTorch's
 * {@code interpolate}.
 */
public enum ResizeMode {
    /** The pixel whose index, scaled, is next below ({@code mode="nearest"}). */
    NEAREST("nearest", "asymmetric"),
    /** Linear between the two nearest pixels, pixel centres at halves ({@code align_corners=False}). */
    LINEAR("linear", "half_pixel"),
    /** Linear, corner pixels on corner pixels ({@code align_corners=True}). */
    LINEAR_ALIGNED("linear", "align_corners"),
    /** Linear, the first pixels on each other and the rest at multiples of the factor, as TensorFlow 1 resizes. */
    LINEAR_CORNER("linear", "asymmetric"),
    /** Cubic convolution with a = −0.75, pixel centres at halves ({@code align_corners=False}). */
    CUBIC("cubic", "half_pixel"),
    /** Cubic convolution with a = −0.75, corner pixels on corner pixels ({@code align_corners=True}). */
    CUBIC_ALIGNED("cubic", "align_corners");

    private final String mode;
    private final String coordinates;

    ResizeMode(String mode, String coordinates) {
        this.mode = mode;
        this.coordinates = coordinates;
    }

    /** The value of the operator's attribute {@code mode}. */
    String mode() {
        return mode;
    }

    /** The value of the operator's attribute {@code coordinate_transformation_mode}. */
    String coordinates() {
        return coordinates;
    }
}
