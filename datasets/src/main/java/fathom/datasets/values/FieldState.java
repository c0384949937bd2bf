package fathom.datasets.values;

/** How far one sample's prediction has come. */
public enum FieldState {
    /** Stored. */
    DONE,
    /** Tried, and it failed for a recorded reason. */
    FAILED,
    /** Not tried. */
    PENDING
}
