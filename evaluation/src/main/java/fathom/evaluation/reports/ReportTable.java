package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import fathom.evaluation.metrics.Metric;

/** Human-readable reports: rounded numbers, a mark on the best of each column, notes below. */
final class ReportTable {
    private static final String ABSENT = "–";

    private final Report report;
    private final boolean models;
    private final boolean failures;
    private final boolean gaps;

    private ReportTable(Report report) {
        this.report = report;
        this.models = report.rows().stream()
                .anyMatch(row -> !row.model().isEmpty() && !row.model().equals(row.prediction()));
        this.failures = report.rows().stream().anyMatch(row -> row.failed() > 0);
        this.gaps = report.rows().stream().anyMatch(row -> row.missing() > 0);
    }

    static String text(Report report) {
        return new ReportTable(report).text();
    }

    static String markdown(Report report) {
        return new ReportTable(report).markdown();
    }

    private String text() {
        List<String> notes = notes("* best");
        StringBuilder out = new StringBuilder(heading()).append("\n\n").append(table().text(TextTable.Style.RULED));
        out.append(notes.isEmpty() ? "" : "\n");
        notes.forEach(note -> out.append(note).append('\n'));
        return out.toString();
    }

    private String markdown() {
        StringBuilder out = new StringBuilder(heading()).append("\n\n").append(table().markdown());
        notes("Bold: best").forEach(note -> out.append('\n').append(note).append('\n'));
        return out.toString();
    }

    private String heading() {
        return "Means over " + report.dataset() + ", protocol " + report.protocol();
    }

    private TextTable table() {
        return new TextTable(columns(), report.rows().stream().map(this::line).toList());
    }

    private List<TextTable.Column> columns() {
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(new TextTable.Column("prediction", TextTable.Alignment.LEFT));
        if (models) {
            columns.add(new TextTable.Column("model", TextTable.Alignment.LEFT));
        }
        for (Metric metric : report.metrics()) {
            String unit = report.unit(metric).isEmpty() ? " " : " " + report.unit(metric) + " ";
            columns.add(numbers(metric.title() + unit + (metric.better() == Metric.Better.LOWER ? "↓" : "↑")));
        }
        columns.add(numbers("samples"));
        if (failures) {
            columns.add(numbers("failed"));
        }
        if (gaps) {
            columns.add(numbers("missing"));
        }
        return columns;
    }

    private static TextTable.Column numbers(String heading) {
        return new TextTable.Column(heading, TextTable.Alignment.RIGHT);
    }

    private List<TextTable.Cell> line(Report.Row row) {
        List<TextTable.Cell> line = new ArrayList<>();
        line.add(TextTable.Cell.of(row.prediction()));
        if (models) {
            line.add(TextTable.Cell.of(row.model().isEmpty() ? ABSENT : row.model()));
        }
        for (Metric metric : report.metrics()) {
            String number = row.mean(metric).map(mean -> number(mean.value(), metric)).orElse(ABSENT);
            line.add(new TextTable.Cell(number, report.isBest(row, metric)));
        }
        line.add(TextTable.Cell.of(row.scored()));
        if (failures) {
            line.add(TextTable.Cell.of(row.failed()));
        }
        if (gaps) {
            line.add(TextTable.Cell.of(row.missing()));
        }
        return line;
    }

    private static String number(double value, Metric metric) {
        if (Double.isNaN(value)) {
            return ABSENT;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        return String.format(Locale.ROOT, "%." + metric.decimals() + "f", value);
    }

    private List<String> notes(String best) {
        List<String> notes = new ArrayList<>();
        if (report.rows().size() > 1) {
            notes.add(best + " of its column; ↓ lower is better, ↑ higher is better");
        }
        if (report.isUneven()) {
            notes.add("The rows are means over different numbers of samples");
        }
        for (Report.Row row : report.rows()) {
            for (Metric metric : report.metrics()) {
                row.mean(metric).filter(mean -> mean.samples() != row.scored())
                        .ifPresent(mean -> notes.add(row.prediction() + ": " + metric.title() + " is over "
                                + mean.samples() + " of " + row.scored() + " samples"));
            }
        }
        return notes;
    }
}
