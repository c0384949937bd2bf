package fathom.datasets;

/** Is told how far a loop over samples or scenes has come. */
@FunctionalInterface
public interface StepListener {
    /** Tells nobody. */
    StepListener NONE = (done, total) -> {};

    /**
     * Called before the first item, with 0, and after each.
     *
     * @param done items finished
     * @param total items in all
     */
    void at(int done, int total);
}
