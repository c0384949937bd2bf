package fathom.evaluation.reports;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.statistics.Bootstrap;
import fathom.evaluation.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Means over a dataset under one definition of one protocol: one row per prediction field, one column per metric.
 *
 * <p>A mean is the arithmetic mean over the samples that have the metric. The rows may cover different samples, for
 * example after failed predictions; {@link #isUneven()} tells. Then each row also has the means over the samples that all
 * rows have, and only these are compared. Text, Markdown and LaTeX round to the decimals of the column; CSV and JSON have
 * full precision.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="report"}
 *
 * @param heading what the numbers are
 * @param columns the metrics
 * @param rows the predictions, in display order; first those over all samples, then those of slices
 * @param comparisons pairs of predictions, by metric
 * @param bootstrap how the intervals were computed; empty if there are none
 * @see ReportBuilder
 * @see ReportFormat
 */
public record Report(ReportHeading heading, List<Column> columns, List<Row> rows, List<Comparison> comparisons,
        Optional<Bootstrap> bootstrap) {
    /** Copies the lists. */
    public Report {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * Creates a report of means only.
     *
     * @param dataset name of the dataset
     * @param protocol name of the protocol of all numbers
     * @param metrics the columns
     * @param rows the predictions, in display order
     */
    public Report(String dataset, String protocol, List<Metric> metrics, List<Row> rows) {
        this(ReportHeading.of(dataset, protocol),
                metrics.stream()
                        .map(metric -> Protocol.all().stream().filter(known -> known.name().equals(protocol))
                                .findFirst().map(known -> Column.of(metric, known)).orElse(Column.of(metric)))
                        .toList(),
                rows, List.of(), Optional.empty());
    }

    /**
     * {@return this report with some of its columns, in their order here}
     *
     * @param metrics the metrics to keep
     */
    public Report withMetrics(List<Metric> metrics) {
        return new Report(heading, columns.stream().filter(column -> metrics.contains(column.metric())).toList(), rows,
                comparisons.stream().filter(comparison -> metrics.contains(comparison.column().metric())).toList(),
                bootstrap);
    }

    /** {@return this report without rows that no sample has a score for} */
    public Report withoutEmptyRows() {
        return new Report(heading, columns, rows.stream().filter(row -> row.scored() > 0).toList(), comparisons,
                bootstrap);
    }

    /**
     * One prediction field.
     *
     * @param slice name of the selection of samples; empty for all
     * @param prediction name of the field
     * @param origin what made the predictions
     * @param scored number of samples that have scores
     * @param failed number of samples whose prediction or scoring failed for a recorded reason
     * @param missing number of samples that have not been predicted or scored
     * @param means the mean of each metric over the samples that have it; a metric that no sample has is omitted
     * @param common the mean of each metric over the samples that all compared rows have; empty if these are all samples
     */
    public record Row(String slice, String prediction, Origin origin, long scored, long failed, long missing,
            Map<Metric, Mean> means, Map<Metric, Mean> common) {
        /** Copies the maps. */
        public Row {
            means = ordered(means);
            common = ordered(common);
        }

        /**
         * Creates a row over all samples.
         *
         * @param prediction name of the field
         * @param model the model that predicted it, for example a catalogue name; empty if unknown
         * @param scored number of samples that have scores
         * @param failed number of samples whose prediction or scoring failed for a recorded reason
         * @param missing number of samples that have not been predicted or scored
         * @param means the mean of each metric over the samples that have it
         */
        public Row(String prediction, String model, long scored, long failed, long missing, Map<Metric, Mean> means) {
            this("", prediction, new Origin(model, "", "", "", 0), scored, failed, missing, means, Map.of());
        }

        /** {@return the model that predicted the field; empty if unknown} */
        public String model() {
            return origin.model();
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

        /**
         * {@return the mean of {@code metric} over the samples that all rows have; empty if there is no such sample or
         * the rows have the same samples}
         *
         * @param metric the metric
         */
        public Optional<Mean> commonMean(Metric metric) {
            @Nullable
            Mean mean = common.get(metric);
            return Optional.ofNullable(mean);
        }

        private static Map<Metric, Mean> ordered(Map<Metric, Mean> means) {
            Map<Metric, Mean> ordered = new TreeMap<>();
            ordered.putAll(means);
            return Collections.unmodifiableMap(ordered);
        }
    }

    /**
     * An arithmetic mean over samples.
     *
     * @param value the mean; infinite if the value of one sample is infinite
     * @param samples number of samples
     * @param median the median; NaN if it is not known
     * @param interval the confidence interval of the mean; empty if there is none
     * @param medianInterval that of the median
     */
    public record Mean(double value, long samples, double median, Optional<Interval> interval,
            Optional<Interval> medianInterval) {
        /**
         * Creates a mean without an interval.
         *
         * @param value the mean
         * @param samples number of samples
         */
        public Mean(double value, long samples) {
            this(value, samples, Double.NaN, Optional.empty(), Optional.empty());
        }
    }

    /** {@return the name of the dataset} */
    public String dataset() {
        return heading.dataset();
    }

    /** {@return the name of the protocol} */
    public String protocol() {
        return heading.protocol();
    }

    /** {@return the metrics of the columns} */
    public List<Metric> metrics() {
        return columns.stream().map(Column::metric).toList();
    }

    /** {@return whether some rows are over a slice of the samples} */
    public boolean isSliced() {
        return rows.stream().anyMatch(row -> !row.slice().isEmpty());
    }

    /**
     * {@return whether {@code row} has the best mean of {@code metric} among at least two rows of its slice that have
     * one} Rows with equal means are all best. If the rows cover different samples, and the means over the common samples
     * are known, these are compared.
     *
     * @param row a row of this report
     * @param metric the column
     */
    public boolean isBest(Row row, Metric metric) {
        List<Row> rivals = rows.stream().filter(other -> other.slice().equals(row.slice())).toList();
        boolean common = rivals.stream().anyMatch(other -> !other.common().isEmpty());
        double own = compared(row, metric, common);
        return !Double.isNaN(own)
                && rivals.stream().filter(other -> !Double.isNaN(compared(other, metric, common))).count() >= 2
                && rivals.stream().noneMatch(other -> metric.isBetter(compared(other, metric, common), own));
    }

    private static double compared(Row row, Metric metric, boolean common) {
        return (common ? row.commonMean(metric) : row.mean(metric)).map(Mean::value).orElse(Double.NaN);
    }

    /**
     * {@return whether rows are means over different samples, so that they have to be compared with care}
     */
    public boolean isUneven() {
        return rows.stream().anyMatch(row -> !row.common().isEmpty())
                || rows.stream().map(Row::slice).distinct().anyMatch(slice -> rows.stream()
                        .filter(row -> row.slice().equals(slice)).mapToLong(Row::scored).distinct().count() > 1);
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
            case LATEX -> ReportTable.latex(this);
            case CSV -> ReportData.csv(this);
            case JSON -> ReportData.json(this);
        };
    }
}
