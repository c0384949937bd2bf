package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.statistics.Interval;
import fathom.evaluation.statistics.PairedComparison;
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
        head.addAll(List.of("slice", "definition", "selection", "program", "revision", "weights", "predicted_by"));
        for (Metric metric : report.metrics()) {
            for (String suffix : List.of("low", "high", "median", "median_low", "median_high", "common",
                    "common_samples")) {
                head.add(metric.key() + "_" + suffix);
            }
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
            line.addAll(List.of(row.slice(), report.heading().hash(), report.heading().selection(),
                    report.heading().program(), row.origin().revision(), row.origin().weights(),
                    row.origin().program()));
            for (Metric metric : report.metrics()) {
                addStatistics(line, row.mean(metric), row.commonMean(metric));
            }
            appendCsv(out, line);
        }
        return out.toString();
    }

    private static void addStatistics(List<String> line, Optional<Report.Mean> own, Optional<Report.Mean> common) {
        addEnds(line, own.flatMap(Report.Mean::interval));
        line.add(own.map(Report.Mean::median).filter(median -> !median.isNaN()).map(String::valueOf).orElse(""));
        addEnds(line, own.flatMap(Report.Mean::medianInterval));
        line.add(common.map(mean -> Double.toString(mean.value())).orElse(""));
        line.add(common.map(mean -> Long.toString(mean.samples())).orElse(""));
    }

    private static void addEnds(List<String> line, Optional<Interval> interval) {
        line.add(interval.map(known -> Double.toString(known.low())).orElse(""));
        line.add(interval.map(known -> Double.toString(known.high())).orElse(""));
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
        root.put("definition", report.heading().hash());
        root.put("selection", report.heading().selection());
        root.put("program", report.heading().program());
        ArrayNode remarks = root.putArray("remarks");
        report.heading().remarks().forEach(remarks::add);
        report.bootstrap().ifPresent(bootstrap -> {
            ObjectNode node = root.putObject("bootstrap");
            node.put("resamples", bootstrap.resamples());
            node.put("level", bootstrap.level());
            node.put("seed", bootstrap.seed());
        });
        ArrayNode metrics = root.putArray("metrics");
        for (Column column : report.columns()) {
            Metric metric = column.metric();
            ObjectNode node = metrics.addObject();
            node.put("name", metric.key());
            node.put("title", metric.title());
            node.put("unit", column.unit());
            node.put("better", metric.better().label());
            node.put("formula", metric.formula());
            node.put("source", metric.source());
        }
        ArrayNode rows = root.putArray("rows");
        report.rows().forEach(row -> putRow(rows.addObject(), report, row));
        ArrayNode comparisons = root.putArray("comparisons");
        report.comparisons().forEach(comparison -> putComparison(comparisons.addObject(), comparison));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void putRow(ObjectNode node, Report report, Report.Row row) {
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
        node.put("slice", row.slice());
        ObjectNode origin = node.putObject("provenance");
        origin.put("revision", row.origin().revision());
        origin.put("weights", row.origin().weights());
        origin.put("program", row.origin().program());
        origin.put("different", row.origin().provenances());
        ObjectNode intervals = node.putObject("intervals");
        ObjectNode medians = node.putObject("medians");
        ObjectNode medianIntervals = node.putObject("medianIntervals");
        row.means().forEach((metric, mean) -> {
            mean.interval().ifPresent(interval -> putInterval(intervals, metric.key(), interval));
            mean.medianInterval().ifPresent(interval -> putInterval(medianIntervals, metric.key(), interval));
            if (!Double.isNaN(mean.median())) {
                putNumber(medians, metric.key(), mean.median());
            }
        });
        ObjectNode common = node.putObject("common");
        row.common().forEach((metric, mean) -> {
            ObjectNode shared = common.putObject(metric.key());
            putNumber(shared, "mean", mean.value());
            shared.put("samples", mean.samples());
            mean.interval().ifPresent(interval -> putInterval(shared, "interval", interval));
        });
    }

    private static void putComparison(ObjectNode node, Comparison comparison) {
        PairedComparison paired = comparison.paired();
        node.put("metric", comparison.column().metric().key());
        node.put("first", comparison.first());
        node.put("second", comparison.second());
        node.put("samples", paired.samples());
        putNumber(node, "difference", paired.difference());
        paired.interval().ifPresent(interval -> putInterval(node, "interval", interval));
        node.put("effect", paired.effect());
        node.put("wilcoxon", paired.wilcoxon());
        node.put("wilcoxonCorrected", comparison.wilcoxon());
        node.put("sign", paired.sign());
        node.put("signCorrected", comparison.sign());
        node.put("wins", paired.wins());
        node.put("losses", paired.losses());
        node.put("ties", paired.ties());
        node.put("winRate", paired.winRate());
        node.put("verdict", comparison.verdict().label());
        node.put("text", comparison.text());
    }

    private static void putInterval(ObjectNode node, String key, Interval interval) {
        ArrayNode ends = node.putArray(key);
        for (double end : new double[]{interval.low(), interval.high()}) {
            if (Double.isFinite(end)) {
                ends.add(end);
            } else {
                ends.add(Double.toString(end));
            }
        }
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
