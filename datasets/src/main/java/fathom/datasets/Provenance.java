package fathom.datasets;

/**
 * What made a prediction. A part that is not known is empty.
 *
 * @param model the model's name or id, such as {@code Intel/dpt-large}; not empty
 * @param revision the model's revision, such as a commit
 * @param weightsHash hash of the weights, such as {@code sha256:6275…}
 * @param preprocessing how the picture became the model's input, in words or as the model's own text
 * @param program the program and version that ran it
 */
public record Provenance(String model, String revision, String weightsHash, String preprocessing, String program) {
    public Provenance {
        if (model.isBlank()) {
            throw new IllegalArgumentException("model: expected the name of what made the prediction, found none");
        }
    }

    /** A provenance of which only the model is known. */
    public static Provenance of(String model) {
        return new Provenance(model, "", "", "", "");
    }
}
