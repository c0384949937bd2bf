package fathom.datasets;

import java.util.Map;

import fathom.datasets.sqlite.NumberTable;

/**
 * A writer of the scores of one protocol for one prediction field. Created by {@link Dataset#beginEvaluation}. Safe for
 * use by several threads.
 */
public final class Evaluation {
    private final NumberTable numbers;
    private final String field;
    private final String protocol;

    Evaluation(NumberTable numbers, String field, String protocol) {
        this.numbers = numbers;
        this.field = field;
        this.protocol = protocol;
    }

    /** {@return the name of the prediction field that is scored} */
    public String field() {
        return field;
    }

    /** {@return the name of the protocol} */
    public String protocol() {
        return protocol;
    }

    /**
     * Stores the scores of one sample, all or none of them. Overwrites earlier scores of the same names.
     *
     * @param sample a sample of the dataset
     * @param values the scores by name, such as {@code rmse}; NaN if a score is not defined for this sample
     * @throws IllegalArgumentException if the sample has no prediction in the field
     */
    public void set(Sample sample, Map<String, Double> values) {
        numbers.set(field, protocol, sample.key(), values);
    }
}
