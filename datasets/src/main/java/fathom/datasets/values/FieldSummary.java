package fathom.datasets.values;

/**
 * One field over a whole dataset.
 *
 * @param name the field's name
 * @param type picture, measured depth or prediction
 * @param done samples that have it
 * @param failed samples for which making it failed
 * @param pending all other samples
 */
public record FieldSummary(String name, FieldType type, int done, int failed, int pending) {
    /** Samples in {@code state}. */
    public int count(FieldState state) {
        return switch (state) {
            case DONE -> done;
            case FAILED -> failed;
            case PENDING -> pending;
        };
    }
}
