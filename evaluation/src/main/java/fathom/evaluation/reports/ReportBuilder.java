package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.statistics.Bootstrap;
import fathom.evaluation.statistics.Holm;
import fathom.evaluation.statistics.PairedComparison;
import fathom.evaluation.statistics.Summary;
import fathom.evaluation.statistics.Verdict;

/**
 * Computes a report from the numbers of samples: means with intervals, means over the samples that all models have, and
 * paired comparisons. Not safe for concurrent use.
 */
public final class ReportBuilder {
    private final ReportHeading heading;
    private final List<Column> columns;
    private final Bootstrap bootstrap;
    private final List<Report.Row> rows = new ArrayList<>();
    private List<Comparison> comparisons = List.of();

    /**
     * Starts a report without rows.
     *
     * @param heading what the numbers are
     * @param columns the metrics
     * @param bootstrap how intervals are computed
     */
    public ReportBuilder(ReportHeading heading, List<Column> columns, Bootstrap bootstrap) {
        this.heading = heading;
        this.columns = List.copyOf(columns);
        this.bootstrap = bootstrap;
    }

    /**
     * Adds one row per prediction over all samples, and compares each pair of predictions by each metric. All these
     * comparisons are one family of Holm's correction.
     *
     * @param predictions the predictions, with the same samples in the same order
     * @return this builder
     */
    public ReportBuilder add(List<PredictionScores> predictions) {
        addRows("", predictions);
        comparisons = compared(predictions);
        return this;
    }

    /**
     * Adds one row per prediction over some of the samples. Slices are not compared: the more comparisons, the less
     * each of them can show.
     *
     * @param slice name of the selection
     * @param predictions the predictions, with the same samples in the same order
     * @return this builder
     */
    public ReportBuilder addSlice(String slice, List<PredictionScores> predictions) {
        addRows(slice, predictions);
        return this;
    }

    /** {@return the report} */
    public Report build() {
        return new Report(heading, columns, rows, comparisons, Optional.of(bootstrap));
    }

    private void addRows(String slice, List<PredictionScores> predictions) {
        List<PredictionScores> compared = predictions.stream().filter(each -> each.scored() > 0).toList();
        boolean uneven = compared.size() > 1 && columns.stream().map(Column::metric).anyMatch(
                metric -> compared.stream().anyMatch(each -> count(each, metric) != common(compared, metric).length));
        for (PredictionScores scores : predictions) {
            Map<Metric, Report.Mean> means = new TreeMap<>();
            Map<Metric, Report.Mean> common = new TreeMap<>();
            for (Column column : columns) {
                Metric metric = column.metric();
                put(means, metric, scores, selected(scores.samples(), i -> scores.has(metric, i)));
                if (uneven && scores.scored() > 0) {
                    put(common, metric, scores, common(compared, metric));
                }
            }
            int scored = scores.scored();
            rows.add(new Report.Row(slice, scores.prediction(), scores.origin(), scored, scores.failed(),
                    scores.samples() - scored - scores.failed(), means, common));
        }
    }

    private void put(Map<Metric, Report.Mean> means, Metric metric, PredictionScores scores, int[] samples) {
        if (samples.length > 0) {
            Summary summary = bootstrap.of(values(scores, metric, samples));
            means.put(metric, new Report.Mean(summary.mean(), summary.samples(), summary.median(),
                    summary.meanInterval(), summary.medianInterval()));
        }
    }

    private List<Comparison> compared(List<PredictionScores> predictions) {
        List<Pair> pairs = new ArrayList<>();
        for (Column column : columns) {
            for (int i = 0; i < predictions.size(); i++) {
                for (int j = i + 1; j < predictions.size(); j++) {
                    PredictionScores first = predictions.get(i);
                    PredictionScores second = predictions.get(j);
                    int[] both = common(List.of(first, second), column.metric());
                    if (both.length > 0) {
                        pairs.add(new Pair(first.prediction(), second.prediction(), column,
                                PairedComparison.of(values(first, column.metric(), both),
                                        values(second, column.metric(), both), column.isLowerBetter(), bootstrap)));
                    }
                }
            }
        }
        List<Double> wilcoxon = Holm.corrected(pairs.stream().map(pair -> pair.paired().wilcoxon()).toList());
        List<Double> sign = Holm.corrected(pairs.stream().map(pair -> pair.paired().sign()).toList());
        return IntStream.range(0, pairs.size()).mapToObj(i -> {
            Pair pair = pairs.get(i);
            Verdict verdict = Verdict.of(pair.paired(), wilcoxon.get(i), 1 - bootstrap.level(),
                    pair.column().isLowerBetter());
            return new Comparison(pair.first(), pair.second(), pair.column(), pair.paired(), wilcoxon.get(i),
                    sign.get(i), verdict);
        }).toList();
    }

    private record Pair(String first, String second, Column column, PairedComparison paired) {}

    private static int count(PredictionScores scores, Metric metric) {
        return common(List.of(scores), metric).length;
    }

    /** Returns the indices of the samples that have the metric in all predictions. */
    private static int[] common(List<PredictionScores> predictions, Metric metric) {
        return selected(predictions.getFirst().samples(),
                sample -> predictions.stream().allMatch(each -> each.has(metric, sample)));
    }

    private static int[] selected(int samples, IntPredicate chosen) {
        return IntStream.range(0, samples).filter(chosen).toArray();
    }

    private static double[] values(PredictionScores scores, Metric metric, int[] samples) {
        return IntStream.of(samples).mapToDouble(sample -> scores.value(metric, sample)).toArray();
    }
}
