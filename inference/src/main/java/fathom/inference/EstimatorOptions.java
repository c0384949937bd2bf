package fathom.inference;

import fathom.models.ModelOptions;

/**
 * How an estimator runs.
 *
 * @param threads threads of one run, at least 1
 * @param model settings that only some models know
 */
public record EstimatorOptions(int threads, ModelOptions model) {
    public EstimatorOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** One thread per core, no settings of the model's own. */
    public static EstimatorOptions defaults() {
        return new EstimatorOptions(Runtime.getRuntime().availableProcessors(), ModelOptions.NONE);
    }

    /** The same with another number of threads. */
    public EstimatorOptions withThreads(int threads) {
        return new EstimatorOptions(threads, model);
    }

    /** The same with other settings of the model's own. */
    public EstimatorOptions withModel(ModelOptions model) {
        return new EstimatorOptions(threads, model);
    }
}
