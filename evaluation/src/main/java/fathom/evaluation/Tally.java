package fathom.evaluation;

import java.util.EnumMap;
import java.util.Map;

/**
 * Adds up the scores of one prediction field, sample by sample in a fixed order, into a row of a {@link Report}. Not safe for
 * concurrent use.
 */
public final class Tally {
    private final String prediction;
    private final String model;
    private final Map<Metric, Sum> sums = new EnumMap<>(Metric.class);
    private long scored;
    private long failed;
    private long missing;

    private static final class Sum {
        private double total;
        private long samples;
    }

    /** An empty tally of the field {@code prediction}, predicted by {@code model} (empty where that is not known). */
    public Tally(String prediction, String model) {
        this.prediction = prediction;
        this.model = model;
    }

    /** Adds one sample's numbers; metrics it lacks are left out of their means. */
    public Tally scored(Map<Metric, Double> values) {
        scored++;
        values.forEach((metric, value) -> {
            Sum sum = sums.computeIfAbsent(metric, key -> new Sum());
            sum.total += value;
            sum.samples++;
        });
        return this;
    }

    /** Counts one sample whose prediction or score failed. */
    public Tally failed() {
        failed++;
        return this;
    }

    /** Counts one sample without a prediction or without scores. */
    public Tally missing() {
        missing++;
        return this;
    }

    /** The row so far. */
    public Report.Row row() {
        Map<Metric, Report.Mean> means = new EnumMap<>(Metric.class);
        sums.forEach((metric, sum) -> means.put(metric, new Report.Mean(sum.total / sum.samples, sum.samples)));
        return new Report.Row(prediction, model, scored, failed, missing, means);
    }
}
