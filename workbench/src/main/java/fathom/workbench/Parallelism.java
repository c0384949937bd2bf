package fathom.workbench;

/**
 * How much of the model's work goes on at the same time.
 *
 * @param concurrency runs under way at once; more than one helps a model that runs elsewhere, as a local one uses all cores
 *        for one run
 * @param batch pictures per run, where the model can take several together
 */
public record Parallelism(int concurrency, int batch) {
    /** One picture after the other. */
    public static final Parallelism NONE = new Parallelism(1, 1);

    /** Most runs at once, and most pictures per run. */
    public static final int MOST = 256;

    public Parallelism {
        if (concurrency < 1 || concurrency > MOST) {
            throw new IllegalArgumentException("concurrency: expected from 1 to " + MOST + ", found " + concurrency);
        }
        if (batch < 1 || batch > MOST) {
            throw new IllegalArgumentException("batch: expected from 1 to " + MOST + ", found " + batch);
        }
    }
}
