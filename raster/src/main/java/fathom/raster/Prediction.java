package fathom.raster;

import java.util.Objects;

/**
 * A model's depth map at the model's own resolution, of a stated kind. Pixels that the model gives no value for are NaN or
 * infinite; {@link #valid()} is false there. A prediction is never normalised or clipped on its way to a store.
 *
 * @param kind what the numbers mean
 * @param values [H, W], in the unit of {@code kind}
 */
public record Prediction(DepthKind kind, Plane values) {
    public Prediction {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(values, "values");
    }

    /** True where the model gave a finite value. */
    public Mask valid() {
        return Mask.ofFinite(values);
    }

    /** The same kind of prediction over other values, for example resized ones. */
    public Prediction withValues(Plane values) {
        return new Prediction(kind, values);
    }
}
