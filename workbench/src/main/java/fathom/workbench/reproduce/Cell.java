package fathom.workbench.reproduce;

import java.util.Locale;

import fathom.evaluation.metrics.Metric;

/**
 * One published score: a model on a dataset under a protocol.
 *
 * @param name what users type, for example {@code "fastdepth-nyu-delta1"}
 * @param model the model, with its variant
 * @param dataset the test set
 * @param samples the number of samples of the test set; 0 if the source does not state it
 * @param protocol the name of the protocol that is closest to the one of the source
 * @param metric the metric
 * @param value the published number, in the unit of the metric
 * @param tolerance the largest relative difference of a match
 * @param source paper or file, table and row
 * @param status the status on the machines of this project
 * @param note what a reader has to know to compare; may be empty
 */
public record Cell(String name, String model, String dataset, int samples, String protocol, Metric metric, double value,
        double tolerance, String source, CellStatus status, String note) {
    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public Cell {
        if (!(value > 0 && Double.isFinite(value)) || !(tolerance > 0 && tolerance < 1) || samples < 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "cell %s: expected a value above 0, a tolerance between 0 and 1 and at least 0 samples, "
                            + "found %s, %s and %d",
                    name, value, tolerance, samples));
        }
    }

    /**
     * {@return the status of a score computed here}
     *
     * @param score the score, in the unit of the metric
     */
    public CellStatus statusOf(double score) {
        return Math.abs(difference(score)) <= tolerance ? CellStatus.MATCH : CellStatus.OFF;
    }

    /**
     * {@return the difference of a score from the published value, relative to it}
     *
     * @param score the score, in the unit of the metric
     */
    public double difference(double score) {
        return (score - value) / value;
    }
}
