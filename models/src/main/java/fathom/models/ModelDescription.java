package fathom.models;

import fathom.raster.DepthKind;

/**
 * The facts about a model that are known without running it: they label its predictions and record their origin.
 *
 * @param name catalogue name, or the name of the folder or file that it was opened from
 * @param architecture the family; for checkpoints the {@code model_type} of their configuration
 * @param kind kind of depth that the model predicts
 * @param resampling label of the kernel that resizes a prediction to the picture, as the model's reference does it,
 * such as {@code torch-bicubic}
 * @param inputPolicy the preprocessing and the chosen settings, in one line. Datasets of schema 1 store this line as
 * the key of their predictions, so it must not be reworded; the identity is {@code identity}
 * @param parameters number of weights, 0 for a model without weights
 * @param licence SPDX identifier of the weights' licence, or {@code unknown}
 * @param source origin of the weights: a package with its version, a folder, a file, or {@code formula}
 * @param identity everything that determines the predicted values
 */
public record ModelDescription(String name, String architecture, DepthKind kind, String resampling, String inputPolicy,
        long parameters, String licence, String source, ModelIdentity identity) {
    /** Validates the components. */
    public ModelDescription {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: expected some text, found \"" + name + "\"");
        }
        if (parameters < 0) {
            throw new IllegalArgumentException("parameters: expected at least 0, found " + parameters);
        }
    }

    /**
     * {@return the lower-case hexadecimal SHA-256 of the weight files in the order of their names; empty without
     * weights}
     */
    public String weightsHash() {
        return identity.weightsHash();
    }

    /** {@return the unit of the predicted values: {@code "m"}, or empty if they have no unit} */
    public String unit() {
        return kind.unit();
    }
}
