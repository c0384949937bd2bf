package fathom.evaluation.reports;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Means over a dataset: one row per prediction field, one column per metric.
 *
 * <p>A mean is the arithmetic mean over the samples that have the metric. The rows may cover different samples, for
 * example after failed predictions; {@link #isUneven()} tells, and the text formats add a note. Text and Markdown round
 * to the decimals of the metric; CSV and JSON have full precision.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="report"}
 *
 * @param dataset name of the dataset
 * @param protocol name of the protocol of all numbers
 * @param metrics the columns
 * @param rows the predictions, in display order
 * @see ReportFormat
 */
public record Report(String dataset, String protocol, List<Metric> metrics, List<Row> rows) {
    /** Copies the lists. */
    public Report {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    /**
     * One prediction field.
     *
     * @param prediction name of the field
     * @param model the model that predicted it, for example a catalogue name; empty if unknown
     * @param scored number of samples that have scores
     * @param failed number of samples whose prediction or scoring failed for a recorded reason
     * @param missing number of samples that have not been predicted or scored
     * @param means the mean of each metric over the samples that have it; a metric that no sample has is omitted
     */
    public record Row(String prediction, String model, long scored, long failed, long missing,
            Map<Metric, Mean> means) {
        /** Copies the map. */
        public Row {
            Map<Metric, Mean> ordered = new TreeMap<>();
            ordered.putAll(means);
            means = Collections.unmodifiableMap(ordered);
        }

        /**
         * {@return the mean of {@code metric}, empty if no sample has it}
         *
         * @param metric the metric
         */
        public Optional<Mean> mean(Metric metric) {
            @Nullable
            Mean mean = means.get(metric);
            return Optional.ofNullable(mean);
        }
    }

    /**
     * An arithmetic mean over samples.
     *
     * @param value the mean; infinite if the value of one sample is infinite
     * @param samples number of samples
     */
    public record Mean(double value, long samples) {}

    /**
     * {@return whether {@code row} has the best mean of {@code metric} among at least two rows that have one} Rows with
     * equal means are all best.
     *
     * @param row a row of this report
     * @param metric the column
     */
    public boolean isBest(Row row, Metric metric) {
        Optional<Mean> own = row.mean(metric);
        if (own.isEmpty() || Double.isNaN(own.get().value())) {
            return false;
        }
        int rivals = 0;
        for (Row other : rows) {
            Optional<Mean> theirs = other.mean(metric);
            if (theirs.isPresent() && !Double.isNaN(theirs.get().value())) {
                rivals++;
                if (metric.isBetter(theirs.get().value(), own.get().value())) {
                    return false;
                }
            }
        }
        return rivals >= 2;
    }

    /**
     * {@return whether the rows are means over different numbers of samples, so that they have to be compared with
     * care}
     */
    public boolean isUneven() {
        return rows.stream().mapToLong(Row::scored).distinct().count() > 1;
    }

    /** Returns the unit of a metric under the protocol. */
    String unit(Metric metric) {
        return Protocol.all().stream().filter(known -> known.name().equals(protocol)).findFirst()
                .map(known -> known.unit(metric)).orElse(metric.unit().symbol(Quantity.NUMBERS));
    }

    /**
     * {@return the report as text in {@code format}, ending with a line break}
     *
     * @param format the format
     */
    public String render(ReportFormat format) {
        return switch (format) {
            case TEXT -> ReportTable.text(this);
            case MARKDOWN -> ReportTable.markdown(this);
            case CSV -> ReportData.csv(this);
            case JSON -> ReportData.json(this);
        };
    }
}
