package fathom.evaluation.reports;

import java.util.HashMap;
import java.util.Map;

import fathom.evaluation.metrics.Metric;

/**
 * The numbers of one prediction field, one per sample and metric: what a report is computed from. Immutable.
 *
 * @see ReportBuilder
 */
public final class PredictionScores {
    private final String prediction;
    private final Origin origin;
    private final int samples;
    private final long failed;
    private final Map<Metric, double[]> values = new HashMap<>();

    /**
     * Copies the numbers.
     *
     * @param prediction name of the field
     * @param origin what made the predictions
     * @param samples number of samples
     * @param failed number of samples whose prediction or scoring failed for a recorded reason
     * @param values for each metric one number per sample, NaN for a sample without this metric; all predictions of a
     *            report have the samples in the same order
     * @throws IllegalArgumentException if a metric does not have one number per sample
     */
    public PredictionScores(String prediction, Origin origin, int samples, long failed, Map<Metric, double[]> values) {
        this.prediction = prediction;
        this.origin = origin;
        this.samples = samples;
        this.failed = failed;
        values.forEach((metric, numbers) -> {
            if (numbers.length != samples) {
                throw new IllegalArgumentException(
                        metric + ": expected " + samples + " numbers, found " + numbers.length);
            }
            this.values.put(metric, numbers.clone());
        });
    }

    /** {@return the name of the field} */
    public String prediction() {
        return prediction;
    }

    /** {@return what made the predictions} */
    public Origin origin() {
        return origin;
    }

    /** {@return the number of samples, with or without scores} */
    public int samples() {
        return samples;
    }

    /** {@return the number of samples whose prediction or scoring failed} */
    public long failed() {
        return failed;
    }

    /** {@return the number of samples that have at least one metric} */
    public int scored() {
        int scored = 0;
        for (int i = 0; i < samples; i++) {
            scored += isScored(i) ? 1 : 0;
        }
        return scored;
    }

    /**
     * {@return whether a sample has at least one metric}
     *
     * @param sample the index of the sample
     */
    public boolean isScored(int sample) {
        for (double[] numbers : values.values()) {
            if (!Double.isNaN(numbers[sample])) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the same numbers with another count of failures}
     *
     * @param failures number of samples whose prediction or scoring failed
     */
    public PredictionScores withFailed(long failures) {
        return new PredictionScores(prediction, origin, samples, failures, values);
    }

    /**
     * {@return the number of one sample; NaN if it does not have the metric}
     *
     * @param metric the metric
     * @param sample the index of the sample
     */
    public double value(Metric metric, int sample) {
        double[] numbers = values.get(metric);
        return numbers == null ? Double.NaN : numbers[sample];
    }

    /**
     * {@return whether a sample has a metric}
     *
     * @param metric the metric
     * @param sample the index of the sample
     */
    public boolean has(Metric metric, int sample) {
        return !Double.isNaN(value(metric, sample));
    }
}
