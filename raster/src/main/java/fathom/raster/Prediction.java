package fathom.raster;

import java.util.Objects;

/**
 * The depth map of a model, of a stated kind, at the resolution of the model or resized to the image.
 *
 * <p>Pixels without a value are NaN or infinite; {@link #valid()} is false there. The values are stored as the model
 * outputs them: Fathom never normalises or clips a prediction before it is stored.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="prediction"}
 *
 * @param kind what the values mean
 * @param values [H, W], in the unit of {@code kind}; not copied
 * @see AuxiliaryMap
 */
public record Prediction(DepthKind kind, Plane values) {
    /** Creates a prediction over {@code values}. */
    public Prediction {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(values, "values");
    }

    /** {@return a mask that is true where the value is finite} */
    public Mask valid() {
        return Mask.ofFinite(values);
    }

    /**
     * {@return a prediction of the same kind with other values, for example resized ones}
     *
     * @param values [H, W], in the unit of the kind
     */
    public Prediction withValues(Plane values) {
        return new Prediction(kind, values);
    }
}
