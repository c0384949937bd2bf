package fathom.datasets;

/** A listener for the progress of a loop over samples or scenes. */
@FunctionalInterface
public interface StepListener {
    /** A listener that ignores the progress. */
    StepListener NONE = (done, total) -> {};

    /**
     * Called before the first item, with 0, and after each item.
     *
     * @param done the number of completed items
     * @param total the number of items
     */
    void at(int done, int total);
}
