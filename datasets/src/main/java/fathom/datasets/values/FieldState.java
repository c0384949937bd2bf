package fathom.datasets.values;

/** The state of the prediction of one sample. */
public enum FieldState {
    /** The prediction is stored. */
    DONE,
    /** The prediction failed; the reason is recorded. */
    FAILED,
    /** The prediction was not attempted. */
    PENDING
}
