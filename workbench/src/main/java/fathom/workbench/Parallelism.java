package fathom.workbench;

/**
 * The amount of parallel work of a model.
 *
 * @param concurrency the number of runs in progress at once. Values above 1 help remote models; a local model uses all
 *            processors for one run
 * @param batch the number of pictures per run, if the model supports batches
 */
public record Parallelism(int concurrency, int batch) {
    /** One picture after the other. */
    public static final Parallelism NONE = new Parallelism(1, 1);

    /** The largest number of concurrent runs, and the largest batch. */
    public static final int MAX = 256;

    /** Checks the ranges. */
    public Parallelism {
        if (concurrency < 1 || concurrency > MAX) {
            throw new IllegalArgumentException("concurrency: expected from 1 to " + MAX + ", found " + concurrency);
        }
        if (batch < 1 || batch > MAX) {
            throw new IllegalArgumentException("batch: expected from 1 to " + MAX + ", found " + batch);
        }
    }
}
