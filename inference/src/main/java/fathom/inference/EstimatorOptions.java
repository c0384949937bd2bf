package fathom.inference;

/**
 * How an estimator runs.
 *
 * @param threads threads of one run, at least 1
 */
public record EstimatorOptions(int threads) {
    public EstimatorOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** One thread per core. */
    public static EstimatorOptions defaults() {
        return new EstimatorOptions(Runtime.getRuntime().availableProcessors());
    }

    /** The same with another number of threads. */
    public EstimatorOptions withThreads(int threads) {
        return new EstimatorOptions(threads);
    }
}
