package fathom.evaluation.reports;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Means over a dataset: one row per prediction field, one column per metric.
 *
 * @param dataset name of the dataset
 * @param protocol name of the protocol that all numbers come from
 * @param metrics the columns
 * @param rows the predictions, in the order shown
 */
public record Report(String dataset, String protocol, List<Metric> metrics, List<Row> rows) {
    public Report {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    /**
     * One prediction field.
     *
     * @param prediction name of the field
     * @param model what predicted it, for example a catalogue name; empty where that is not known
     * @param scored samples that have scores
     * @param failed samples whose prediction or score failed, for a recorded reason
     * @param missing samples that have not been predicted or scored
     * @param means per metric, over the samples that have it; a metric that no sample has is left out
     */
    public record Row(String prediction, String model, long scored, long failed, long missing,
            Map<Metric, Mean> means) {
        public Row {
            Map<Metric, Mean> ordered = new EnumMap<>(Metric.class);
            ordered.putAll(means);
            means = Collections.unmodifiableMap(ordered);
        }

        /** The mean of {@code metric}, empty where no sample has it. */
        public Optional<Mean> mean(Metric metric) {
            @Nullable
            Mean mean = means.get(metric);
            return Optional.ofNullable(mean);
        }
    }

    /**
     * An arithmetic mean over samples.
     *
     * @param value the mean; infinite if one sample's value is
     * @param samples how many samples it is over
     */
    public record Mean(double value, long samples) {}

    /** Whether {@code row} has the best mean of {@code metric} among at least two rows that have one; equals share it. */
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

    /** Whether the rows are means over different numbers of samples, so that they should be compared with care. */
    public boolean isUneven() {
        return rows.stream().mapToLong(Row::scored).distinct().count() > 1;
    }

    /** The report as text in {@code format}, ending with a line break. */
    public String render(ReportFormat format) {
        return switch (format) {
            case TEXT -> ReportTable.text(this);
            case MARKDOWN -> ReportTable.markdown(this);
            case CSV -> ReportData.csv(this);
            case JSON -> ReportData.json(this);
        };
    }
}
