package fathom.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports for people: rounded numbers, a mark on the best of each column, notes below. */
final class ReportTable {
    private static final String ABSENT = "–";

    private final Report report;
    private final boolean models;
    private final boolean failures;
    private final boolean gaps;

    private record Cell(String text, boolean best) {
        static Cell of(String text) {
            return new Cell(text, false);
        }

        static Cell of(long count) {
            return of(Long.toString(count));
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

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
        List<List<Cell>> lines = lines();
        int[] widths = widths(lines);
        StringBuilder out = new StringBuilder(heading()).append("\n\n");
        for (int i = 0; i < lines.size(); i++) {
            appendAligned(out, lines.get(i), widths);
            if (i == 0) {
                int total = 3 * (widths.length - 1);
                for (int width : widths) {
                    total += width;
                }
                out.append("─".repeat(total)).append('\n');
            }
        }
        List<String> notes = notes("* best");
        out.append(notes.isEmpty() ? "" : "\n");
        notes.forEach(note -> out.append(note).append('\n'));
        return out.toString();
    }

    private String markdown() {
        List<List<Cell>> lines = lines();
        StringBuilder out = new StringBuilder(heading()).append("\n\n");
        for (int i = 0; i < lines.size(); i++) {
            out.append('|');
            for (Cell cell : lines.get(i)) {
                String text = cell.text.replace("|", "\\|");
                out.append(' ').append(cell.best ? "**" + text + "**" : text).append(" |");
            }
            out.append('\n');
            if (i == 0) {
                out.append('|');
                for (int column = 0; column < lines.get(0).size(); column++) {
                    out.append(isText(column) ? "---|" : "---:|");
                }
                out.append('\n');
            }
        }
        notes("Bold: best").forEach(note -> out.append('\n').append(note).append('\n'));
        return out.toString();
    }

    private String heading() {
        return "Means over " + report.dataset() + ", protocol " + report.protocol();
    }

    private boolean isText(int column) {
        return column < (models ? 2 : 1);
    }

    private List<List<Cell>> lines() {
        List<List<Cell>> lines = new ArrayList<>();
        lines.add(head());
        report.rows().forEach(row -> lines.add(line(row)));
        return lines;
    }

    private List<Cell> head() {
        List<Cell> head = new ArrayList<>();
        head.add(Cell.of("prediction"));
        if (models) {
            head.add(Cell.of("model"));
        }
        for (Metric metric : report.metrics()) {
            String unit = metric.unit().isEmpty() ? " " : " " + metric.unit() + " ";
            head.add(Cell.of(metric.title() + unit + (metric.better() == Metric.Better.LOWER ? "↓" : "↑")));
        }
        head.add(Cell.of("samples"));
        if (failures) {
            head.add(Cell.of("failed"));
        }
        if (gaps) {
            head.add(Cell.of("missing"));
        }
        return head;
    }

    private List<Cell> line(Report.Row row) {
        List<Cell> line = new ArrayList<>();
        line.add(Cell.of(row.prediction()));
        if (models) {
            line.add(Cell.of(row.model().isEmpty() ? ABSENT : row.model()));
        }
        for (Metric metric : report.metrics()) {
            String number = row.mean(metric).map(mean -> number(mean.value(), metric)).orElse(ABSENT);
            line.add(new Cell(number, report.isBest(row, metric)));
        }
        line.add(Cell.of(row.scored()));
        if (failures) {
            line.add(Cell.of(row.failed()));
        }
        if (gaps) {
            line.add(Cell.of(row.missing()));
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

    private static int[] widths(List<List<Cell>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<Cell> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).width());
            }
        }
        return widths;
    }

    /** The star hangs in the gap after its column, so that numbers stay aligned. */
    private void appendAligned(StringBuilder out, List<Cell> line, int[] widths) {
        StringBuilder aligned = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            Cell cell = line.get(column);
            String gap = " ".repeat(widths[column] - cell.width());
            aligned.append(isText(column) ? cell.text + gap : gap + cell.text).append(cell.best ? "*  " : "   ");
        }
        out.append(aligned.toString().stripTrailing()).append('\n');
    }
}
