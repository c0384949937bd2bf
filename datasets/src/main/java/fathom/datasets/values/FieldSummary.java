package fathom.datasets.values;

/**
 * The progress of one field over a dataset.
 *
 * @param name the name of the field
 * @param type picture, measured depth or prediction
 * @param done the number of samples that have the field
 * @param failed the number of samples for which the prediction failed
 * @param pending the number of the other samples
 */
public record FieldSummary(String name, FieldType type, int done, int failed, int pending) {
    /**
     * Returns the number of samples in a state.
     *
     * @param state the state
     * @return the number of samples in it
     */
    public int count(FieldState state) {
        return switch (state) {
            case DONE -> done;
            case FAILED -> failed;
            case PENDING -> pending;
        };
    }
}
