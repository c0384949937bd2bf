package fathom.models;

import fathom.raster.DepthKind;

/**
 * What is known of a model without running it: enough to label its predictions and to tell where they came from.
 *
 * @param name catalogue name, or the name of the folder or file that it was opened from
 * @param architecture the family, for checkpoints the {@code model_type} of their configuration
 * @param kind what the predicted numbers mean
 * @param resampling label of the kernel that resizes a prediction to the picture, as the model's reference does it, such
 * as {@code torch-bicubic}
 * @param inputPolicy how a picture is brought to the model's input, and what was set, in one line. Datasets of schema 1 hold
 *            this line as the key of their predictions, so it must not be reworded; the identity is {@code identity}
 * @param parameters number of weights, 0 for a model without any
 * @param licence SPDX identifier of the weights' licence, or {@code unknown}
 * @param source where the weights come from: a package with its version, a folder, a file, or {@code formula}
 * @param identity what decides the numbers
 */
public record ModelDescription(String name, String architecture, DepthKind kind, String resampling, String inputPolicy,
        long parameters, String licence, String source, ModelIdentity identity) {
    public ModelDescription {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: expected some text, found \"" + name + "\"");
        }
        if (parameters < 0) {
            throw new IllegalArgumentException("parameters: expected at least 0, found " + parameters);
        }
    }

    /** Lower-case hexadecimal SHA-256 of the weight files in the order of their names, empty without weights. */
    public String weightsHash() {
        return identity.weightsHash();
    }

    /** Unit of the predicted numbers, {@code "m"} or empty where they have none. */
    public String unit() {
        return kind.unit();
    }
}
