package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.statistics.Bootstrap;

/** Human-readable reports: rounded numbers, a mark on the best of each column, comparisons and notes below. */
final class ReportTable {
    private static final String ABSENT = "–";
    private static final int PERCENT = 100;
    /** The largest number of comparisons that a table shows; of more, only those with the best of each metric. */
    private static final int MAX_COMPARISONS = 24;

    private final Report report;
    private final boolean slices;
    private final boolean models;
    private final boolean failures;
    private final boolean gaps;

    private ReportTable(Report report) {
        this.report = report;
        this.slices = report.isSliced();
        this.models = report.rows().stream()
                .anyMatch(row -> !row.model().isEmpty() && !row.model().equals(row.prediction()));
        this.failures = report.rows().stream().anyMatch(row -> row.failed() > 0);
        this.gaps = report.rows().stream().anyMatch(row -> row.missing() > 0);
    }

    static String text(Report report) {
        ReportTable table = new ReportTable(report);
        List<String> notes = table.notes("* best");
        StringBuilder out = new StringBuilder(String.join("\n", report.heading().lines())).append("\n\n")
                .append(table.means().text(TextTable.Style.RULED));
        if (!report.comparisons().isEmpty()) {
            out.append('\n').append(table.comparisons().text(TextTable.Style.RULED));
        }
        out.append(notes.isEmpty() ? "" : "\n");
        notes.forEach(note -> out.append(note).append('\n'));
        return out.toString();
    }

    static String markdown(Report report) {
        ReportTable table = new ReportTable(report);
        StringBuilder out = new StringBuilder(
                report.heading().lines().stream().map(TextTable::markdownText).collect(Collectors.joining("  \n")))
                .append("\n\n").append(table.means().markdown());
        if (!report.comparisons().isEmpty()) {
            out.append('\n').append(table.comparisons().markdown());
        }
        table.notes("Bold: best").forEach(note -> out.append('\n').append(TextTable.markdownText(note)).append('\n'));
        return out.toString();
    }

    static String latex(Report report) {
        ReportTable table = new ReportTable(report);
        StringBuilder out = new StringBuilder();
        report.heading().lines().forEach(line -> out.append("% ").append(line.replaceAll("\\R", " ")).append('\n'));
        out.append(table.means().latex());
        if (!report.comparisons().isEmpty()) {
            out.append('\n').append(table.comparisons().latex());
        }
        table.notes("bold: best").forEach(note -> out.append("% ").append(note.replaceAll("\\R", " ")).append('\n'));
        return out.toString();
    }

    private TextTable means() {
        List<TextTable.Column> columns = new ArrayList<>();
        if (slices) {
            columns.add(words("slice"));
        }
        columns.add(words("prediction"));
        if (models) {
            columns.add(words("model"));
        }
        report.columns().forEach(column -> columns.add(numbers(column.heading())));
        columns.add(numbers("samples"));
        if (failures) {
            columns.add(numbers("failed"));
        }
        if (gaps) {
            columns.add(numbers("missing"));
        }
        List<List<TextTable.Cell>> lines = new ArrayList<>();
        for (Report.Row row : report.rows()) {
            lines.add(own(row));
            if (row.means().values().stream().anyMatch(mean -> mean.interval().isPresent())) {
                lines.add(intervals(row));
            }
            if (!row.common().isEmpty()) {
                lines.add(common(row));
            }
        }
        return new TextTable(columns, lines);
    }

    private static TextTable.Column words(String heading) {
        return new TextTable.Column(heading, TextTable.Alignment.LEFT);
    }

    private static TextTable.Column numbers(String heading) {
        return new TextTable.Column(heading, TextTable.Alignment.RIGHT);
    }

    private List<TextTable.Cell> own(Report.Row row) {
        List<TextTable.Cell> line = labels(row.slice().isEmpty() ? "all" : row.slice(), row.prediction(),
                row.model().isEmpty() ? ABSENT : row.model());
        for (Column column : report.columns()) {
            String number = row.mean(column.metric()).map(mean -> column.format(mean.value())).orElse(ABSENT);
            boolean best = row.common().isEmpty() && report.isBest(row, column.metric());
            line.add(new TextTable.Cell(number, best));
        }
        addCounts(line, String.valueOf(row.scored()), String.valueOf(row.failed()), String.valueOf(row.missing()));
        return line;
    }

    private List<TextTable.Cell> intervals(Report.Row row) {
        List<TextTable.Cell> line = labels("", "", "");
        for (Column column : report.columns()) {
            line.add(TextTable.Cell
                    .of(row.mean(column.metric()).flatMap(Report.Mean::interval).map(column::format).orElse("")));
        }
        addCounts(line, "", "", "");
        return line;
    }

    private List<TextTable.Cell> common(Report.Row row) {
        List<TextTable.Cell> line = labels("", "  in common", "");
        long samples = 0;
        for (Column column : report.columns()) {
            Optional<Report.Mean> mean = row.commonMean(column.metric());
            samples = Math.max(samples, mean.map(Report.Mean::samples).orElse(0L));
            line.add(new TextTable.Cell(mean.map(known -> column.format(known.value())).orElse(ABSENT),
                    report.isBest(row, column.metric())));
        }
        addCounts(line, String.valueOf(samples), "", "");
        return line;
    }

    private List<TextTable.Cell> labels(String slice, String prediction, String model) {
        List<TextTable.Cell> line = new ArrayList<>();
        if (slices) {
            line.add(TextTable.Cell.of(slice));
        }
        line.add(TextTable.Cell.of(prediction));
        if (models) {
            line.add(TextTable.Cell.of(model));
        }
        return line;
    }

    private void addCounts(List<TextTable.Cell> line, String samples, String failed, String missing) {
        line.add(TextTable.Cell.of(samples));
        if (failures) {
            line.add(TextTable.Cell.of(failed));
        }
        if (gaps) {
            line.add(TextTable.Cell.of(missing));
        }
    }

    private TextTable comparisons() {
        List<TextTable.Column> columns = List.of(words("metric"), words("difference of"), numbers("mean"),
                numbers("interval"), numbers("p"), numbers("wins"), numbers("samples"), words("verdict"));
        List<List<TextTable.Cell>> lines = new ArrayList<>();
        for (Comparison comparison : shown()) {
            Column column = comparison.column();
            lines.add(List.of(TextTable.Cell.of(column.title()),
                    TextTable.Cell.of(comparison.first() + " − " + comparison.second()),
                    TextTable.Cell.of(column.format(comparison.paired().difference())),
                    TextTable.Cell.of(comparison.paired().interval().map(column::format).orElse(ABSENT)),
                    TextTable.Cell.of(Comparison.probability(comparison.wilcoxon())),
                    TextTable.Cell.of(Comparison.percent(comparison.paired().winRate())),
                    TextTable.Cell.of(comparison.paired().samples()), TextTable.Cell.of(comparison.text())));
        }
        return new TextTable(columns, lines);
    }

    private List<Comparison> shown() {
        return report.comparisons().size() <= MAX_COMPARISONS
                ? report.comparisons()
                : report.comparisons().stream().filter(this::isWithBest).toList();
    }

    private boolean isWithBest(Comparison comparison) {
        return report.rows().stream().filter(row -> row.slice().isEmpty()).filter(
                row -> row.prediction().equals(comparison.first()) || row.prediction().equals(comparison.second()))
                .anyMatch(row -> report.isBest(row, comparison.column().metric()));
    }

    private List<String> notes(String best) {
        List<String> notes = new ArrayList<>();
        if (report.rows().size() > 1) {
            notes.add(
                    best + " of its column" + (slices ? " and slice" : "") + "; ↓ lower is better, ↑ higher is better");
        }
        report.bootstrap().ifPresent(bootstrap -> addStatistics(notes, bootstrap));
        if (report.isUneven()) {
            boolean common = report.rows().stream().anyMatch(row -> !row.common().isEmpty());
            notes.add("The rows are means over different numbers of samples"
                    + (common ? "; \"in common\": over the samples that all compared models have" : ""));
        }
        for (Report.Row row : report.rows()) {
            for (Column column : report.columns()) {
                Metric metric = column.metric();
                row.mean(metric).filter(mean -> mean.samples() != row.scored())
                        .ifPresent(mean -> notes.add(row.prediction()
                                + (row.slice().isEmpty() ? "" : ", " + row.slice()) + ": " + metric.title()
                                + " is over " + mean.samples() + " of " + row.scored() + " samples"));
            }
        }
        TreeMap<String, String> origins = new TreeMap<>();
        report.rows().stream().filter(row -> !row.origin().text().isEmpty())
                .filter(row -> !row.origin().text().equals(row.model()))
                .forEach(row -> origins.put(row.prediction(), row.origin().text()));
        origins.forEach((prediction, origin) -> notes.add(prediction + ": " + origin));
        return notes;
    }

    private void addStatistics(List<String> notes, Bootstrap bootstrap) {
        if (report.rows().stream()
                .anyMatch(row -> row.means().values().stream().anyMatch(mean -> mean.interval().isPresent()))) {
            notes.add(String.format(Locale.ROOT,
                    "[low, high]: %.0f %% interval of the mean, percentile bootstrap, %,d resamples, seed %d",
                    PERCENT * bootstrap.level(), bootstrap.resamples(), bootstrap.seed()));
        }
        if (!report.comparisons().isEmpty()) {
            notes.add("p: Wilcoxon signed-rank test over the samples that both have, corrected for "
                    + report.comparisons().size() + (report.comparisons().size() == 1 ? " comparison" : " comparisons")
                    + " (Holm); wins: share of samples in which the first is better, equal ones count half");
            int left = report.comparisons().size() - shown().size();
            if (left > 0) {
                notes.add(left
                        + " comparisons between predictions that are not the best of their column are only in JSON");
            }
        }
    }
}
