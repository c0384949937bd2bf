package fathom.datasets;

import java.util.Map;

import fathom.datasets.sqlite.NumberTable;

/** Where the numbers of one protocol about one prediction field are written; {@link Dataset#beginEvaluation} makes it. */
public final class Evaluation {
    private final NumberTable numbers;
    private final String field;
    private final String protocol;

    Evaluation(NumberTable numbers, String field, String protocol) {
        this.numbers = numbers;
        this.field = field;
        this.protocol = protocol;
    }

    /** The prediction field that is scored. */
    public String field() {
        return field;
    }

    /** The protocol's name. */
    public String protocol() {
        return protocol;
    }

    /**
     * Writes one sample's numbers, all or none of them, in place of what was there under the same names.
     *
     * @param values by name, such as {@code rmse}; NaN for a number that is not defined for this sample
     * @throws IllegalArgumentException if the sample has no prediction in the field
     */
    public void set(Sample sample, Map<String, Double> values) {
        numbers.set(field, protocol, sample.key(), values);
    }
}
