package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import fathom.evaluation.metrics.Metric;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Machine-readable reports: every number in full precision. */
final class ReportData {
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?|∞|inf|Infinity)");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ReportData() {}

    static String csv(Report report) {
        StringBuilder out = new StringBuilder();
        List<String> head = new ArrayList<>(
                List.of("dataset", "protocol", "prediction", "model", "samples", "failed", "missing"));
        for (Metric metric : report.metrics()) {
            head.add(metric.key());
            head.add(metric.key() + "_samples");
        }
        appendCsv(out, head);
        for (Report.Row row : report.rows()) {
            List<String> line = new ArrayList<>(
                    List.of(report.dataset(), report.protocol(), row.prediction(), row.model(),
                            Long.toString(row.scored()), Long.toString(row.failed()), Long.toString(row.missing())));
            for (Metric metric : report.metrics()) {
                line.add(row.mean(metric).map(mean -> Double.toString(mean.value())).orElse(""));
                line.add(Long.toString(row.mean(metric).map(Report.Mean::samples).orElse(0L)));
            }
            appendCsv(out, line);
        }
        return out.toString();
    }

    private static void appendCsv(StringBuilder out, List<String> line) {
        for (int i = 0; i < line.size(); i++) {
            String cell = asText(line.get(i));
            boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            out.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.append("\r\n");
    }

    /**
     * Returns a cell that spreadsheets show as text: one that begins like a formula and is not a number gets an
     * apostrophe, as OWASP recommends against CSV injection.
     */
    private static String asText(String cell) {
        boolean formula = !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0
                && !NUMBER.matcher(cell).matches();
        return formula ? "'" + cell : cell;
    }

    static String json(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("dataset", report.dataset());
        root.put("protocol", report.protocol());
        ArrayNode metrics = root.putArray("metrics");
        for (Metric metric : report.metrics()) {
            ObjectNode node = metrics.addObject();
            node.put("name", metric.key());
            node.put("title", metric.title());
            node.put("unit", report.unit(metric));
            node.put("better", metric.better() == Metric.Better.LOWER ? "lower" : "higher");
            node.put("formula", metric.formula());
            node.put("source", metric.source());
        }
        ArrayNode rows = root.putArray("rows");
        for (Report.Row row : report.rows()) {
            ObjectNode node = rows.addObject();
            node.put("prediction", row.prediction());
            node.put("model", row.model());
            node.put("samples", row.scored());
            node.put("failed", row.failed());
            node.put("missing", row.missing());
            ObjectNode means = node.putObject("means");
            ObjectNode counts = node.putObject("counts");
            for (Metric metric : report.metrics()) {
                row.mean(metric).ifPresentOrElse(mean -> putNumber(means, metric.key(), mean.value()),
                        () -> means.putNull(metric.key()));
                counts.put(metric.key(), row.mean(metric).map(Report.Mean::samples).orElse(0L));
            }
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /**
     * Writes a number. JSON has no infinity, so it is written as a string that Java, JavaScript and Python can all
     * parse.
     */
    private static void putNumber(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.put(key, Double.toString(value));
        }
    }
}
