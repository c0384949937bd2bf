package fathom.evaluation.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Comparison;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportHeading;
import fathom.evaluation.statistics.Bootstrap;
import fathom.evaluation.statistics.Interval;

/**
 * A page of reports: one HTML file with its style, script, charts and pictures. Tables are sorted by a click on a heading;
 * colours follow the light or dark preference of the browser; printed pages are light.
 *
 * @param dataset name of the dataset
 * @param program name and version of the program that made the page
 * @param sections the reports
 * @param errors where the error is; one entry for each truth
 * @param notes what is missing from the page and why
 */
public record ReportPage(String dataset, String program, List<PageSection> sections, List<DepthErrors> errors,
        List<String> notes) {
    private static final String ABSENT = "–";
    private static final int PERCENT = 100;
    /** The cells of failed and missing samples where they do not apply. */
    private static final String BLANK = "<td data-value=\"\"></td><td data-value=\"\"></td>";

    /** Copies the lists. */
    public ReportPage {
        sections = List.copyOf(sections);
        errors = List.copyOf(errors);
        notes = List.copyOf(notes);
    }

    /** {@return the page as HTML text} */
    public String render() {
        String script = resource("page.js");
        Html out = new Html();
        out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        + "style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" + sha256(script) + "'\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .raw("<link rel=\"icon\" href=\"data:,\">\n").element("title", dataset + " · evaluation report")
                .raw("\n<style>\n").raw(resource("page.css")).raw("</style>\n</head>\n<body>\n<header>\n")
                .element("h1", dataset).raw("\n").element("p class=\"lead\"", "Evaluation report, " + program)
                .raw("\n");
        notes.forEach(note -> out.element("p class=\"remark\"", note).raw("\n"));
        contents(out);
        out.raw("</header>\n<main>\n");
        for (int i = 0; i < sections.size(); i++) {
            section(out, "report-" + i, sections.get(i));
        }
        for (int i = 0; i < errors.size(); i++) {
            errors(out, "errors-" + i, errors.get(i));
        }
        out.raw("</main>\n<script>").raw(script).raw("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private void contents(Html out) {
        out.raw("<nav><ul>\n");
        for (int i = 0; i < sections.size(); i++) {
            ReportHeading heading = sections.get(i).report().heading();
            out.raw("<li><a href=\"#report-" + i + "\">").text(heading.protocol());
            boolean repeated = sections.stream()
                    .filter(section -> section.report().protocol().equals(heading.protocol())).count() > 1;
            out.text(repeated ? ", definition " + heading.shortHash() : "").raw("</a></li>\n");
        }
        for (int i = 0; i < errors.size(); i++) {
            out.raw("<li><a href=\"#errors-" + i + "\">").text("Where the error is, truth " + errors.get(i).truth())
                    .raw("</a></li>\n");
        }
        out.raw("</ul></nav>\n");
    }

    private static void section(Html out, String id, PageSection section) {
        Report report = section.report();
        ReportHeading heading = report.heading();
        out.raw("<section id=\"" + id + "\">\n").element("h2", "Protocol " + heading.protocol())
                .raw("\n<p class=\"facts\">");
        fact(out, "definition", heading.hash().isEmpty() ? "unknown" : heading.shortHash());
        fact(out, "samples", heading.selection());
        fact(out, "made by", heading.program());
        report.bootstrap().ifPresent(bootstrap -> fact(out, "intervals", described(bootstrap)));
        out.raw("</p>\n");
        heading.remarks().forEach(remark -> out.element("p class=\"remark\"", remark).raw("\n"));
        means(out, report);
        figures(out, section.charts());
        comparisons(out, report);
        medians(out, report);
        origins(out, report);
        metrics(out, report);
        worst(out, section.worst());
        out.raw("</section>\n");
    }

    private static void fact(Html out, String label, String value) {
        if (!value.isEmpty()) {
            out.raw("<span>").element("b", label).text(" " + value).raw("</span> ");
        }
    }

    private static String described(Bootstrap bootstrap) {
        return String.format(Locale.ROOT, "%.0f %%, percentile bootstrap, %,d resamples, seed %d",
                PERCENT * bootstrap.level(), bootstrap.resamples(), bootstrap.seed());
    }

    private static void head(Html out, String caption, List<String> words, List<String> numbers) {
        headings(out, caption, words, numbers);
        out.raw("</tr></thead>\n<tbody>\n");
    }

    private static void headings(Html out, String caption, List<String> words, List<String> numbers) {
        out.raw("<div class=\"table\"><table>").element("caption", caption).raw("<thead><tr>");
        words.forEach(word -> out.raw("<th scope=\"col\">").element("button type=\"button\"", word).raw("</th>"));
        numbers.forEach(number -> out.raw("<th scope=\"col\" class=\"number\">")
                .element("button type=\"button\"", number).raw("</th>"));
    }

    private static void tail(Html out) {
        out.raw("</tbody></table></div>\n");
    }

    private static void means(Html out, Report report) {
        boolean slices = report.isSliced();
        boolean gaps = report.rows().stream().anyMatch(row -> row.missing() > 0 || row.failed() > 0);
        List<String> numbers = new ArrayList<>(report.columns().stream().map(Column::heading).toList());
        numbers.add("samples");
        if (gaps) {
            numbers.addAll(List.of("failed", "missing"));
        }
        head(out, "Means over samples" + (report.rows().size() > 1 ? "; strong: best of its column" : ""),
                slices ? List.of("slice", "prediction", "model") : List.of("prediction", "model"), numbers);
        for (Report.Row row : report.rows()) {
            boolean common = !row.common().isEmpty();
            row(out, report, row, "", row::mean, !common);
            counts(out, row.scored(), gaps ? List.of(row.failed(), row.missing()) : List.of());
            if (common) {
                out.raw("</tr>\n");
                row(out, report, row, ", in common", row::commonMean, true);
                counts(out, row.common().values().stream().mapToLong(Report.Mean::samples).max().orElse(0), List.of());
                out.raw(gaps ? BLANK : "");
            }
            out.raw("</tr>\n");
        }
        tail(out);
        if (report.isUneven()) {
            out.element("p class=\"remark\"",
                    "The rows are means over different samples. Compare the rows \"in common\": "
                            + "they are means over the samples that all compared models have.")
                    .raw("\n");
        }
    }

    private static void row(Html out, Report report, Report.Row row, String addition,
            Function<Metric, Optional<Report.Mean>> means, boolean compared) {
        out.raw("<tr>");
        if (report.isSliced()) {
            out.element("td", row.slice().isEmpty() ? "all" : row.slice());
        }
        out.element("td", row.prediction() + addition).element("td", row.model().isEmpty() ? ABSENT : row.model());
        for (Column column : report.columns()) {
            Optional<Report.Mean> mean = means.apply(column.metric());
            double value = mean.map(Report.Mean::value).orElse(Double.NaN);
            out.numberCell(value, compared && report.isBest(row, column.metric()) ? "number best" : "number")
                    .text(column.format(value));
            mean.flatMap(Report.Mean::interval).ifPresent(interval -> out.element("small", column.format(interval)));
            out.raw("</td>");
        }
    }

    private static void counts(Html out, long samples, List<Long> gaps) {
        number(out, (double) samples, String.valueOf(samples));
        gaps.forEach(count -> number(out, (double) count, String.valueOf(count)));
    }

    private static void comparisons(Html out, Report report) {
        if (report.comparisons().isEmpty()) {
            return;
        }
        head(out, "Can two models be distinguished?", List.of("metric", "first", "second", "verdict"),
                List.of("first − second", "p", "effect", "first wins", "samples"));
        for (Comparison comparison : report.comparisons()) {
            Column column = comparison.column();
            double difference = comparison.paired().difference();
            out.raw("<tr>").element("td", column.title()).element("td", comparison.first())
                    .element("td", comparison.second()).element("td", comparison.text())
                    .numberCell(difference, "number").text(column.format(difference));
            comparison.paired().interval().ifPresent(interval -> out.element("small", column.format(interval)));
            out.raw("</td>");
            number(out, comparison.wilcoxon(), Comparison.probability(comparison.wilcoxon()));
            number(out, comparison.paired().effect(),
                    String.format(Locale.ROOT, "%.2f", comparison.paired().effect()).replace('-', '−'));
            number(out, comparison.paired().winRate(), Comparison.percent(comparison.paired().winRate()));
            number(out, comparison.paired().samples(), String.valueOf(comparison.paired().samples()));
            out.raw("</tr>\n");
        }
        tail(out);
        out.element("p class=\"note\"", "Over the samples that both have. p: Wilcoxon signed-rank test, corrected for "
                + report.comparisons().size() + " comparisons by Holm's method. Effect: matched-pairs rank-biserial "
                + "correlation, 1 if the first is better in every pair. A model is called better only if p is below "
                + "the level and the interval of the difference excludes 0.").raw("\n");
    }

    private static void number(Html out, double value, String text) {
        out.numberCell(value, "number").text(text).raw("</td>");
    }

    private static void medians(Html out, Report report) {
        if (report.bootstrap().isEmpty()) {
            return;
        }
        out.raw("<details><summary>Medians</summary>\n");
        head(out, "Medians over samples", List.of("slice", "prediction"),
                report.columns().stream().map(Column::heading).toList());
        for (Report.Row row : report.rows()) {
            out.raw("<tr>").element("td", row.slice().isEmpty() ? "all" : row.slice()).element("td", row.prediction());
            for (Column column : report.columns()) {
                Optional<Report.Mean> mean = row.mean(column.metric());
                double median = mean.map(Report.Mean::median).orElse(Double.NaN);
                out.numberCell(median, "number").text(column.format(median));
                Optional<Interval> interval = mean.flatMap(Report.Mean::medianInterval);
                interval.ifPresent(known -> out.element("small", column.format(known)));
                out.raw("</td>");
            }
            out.raw("</tr>\n");
        }
        tail(out);
        out.raw("</details>\n");
    }

    private static void origins(Html out, Report report) {
        out.raw("<details><summary>Origin of the predictions</summary>\n<dl>");
        report.rows().stream().filter(row -> row.slice().isEmpty()).forEach(row -> out.element("dt", row.prediction())
                .element("dd", row.origin().text().isEmpty() ? "unknown" : row.origin().text()));
        out.raw("</dl></details>\n");
    }

    private static void metrics(Html out, Report report) {
        out.raw("<details><summary>Definitions of the metrics</summary>\n<dl>");
        for (Column column : report.columns()) {
            out.element("dt", column.heading()).raw("<dd>").element("code", column.metric().formula())
                    .text(" — " + column.metric().source()).raw("</dd>");
        }
        out.raw("</dl></details>\n");
    }

    private static void figures(Html out, List<PageChart> charts) {
        if (charts.isEmpty()) {
            return;
        }
        out.raw("<div class=\"charts\">\n");
        for (PageChart chart : charts) {
            out.raw("<figure>").raw(chart.svg()).raw("<figcaption>").element("b", chart.title())
                    .text(chart.caption().isEmpty() ? "" : " " + chart.caption()).raw("</figcaption></figure>\n");
        }
        out.raw("</div>\n");
    }

    private static void worst(Html out, List<WorstSample> worst) {
        if (worst.isEmpty()) {
            return;
        }
        out.element("h3", "Worst samples by " + worst.getFirst().column().title()).raw("\n");
        headings(out, "Share of the absolute error that the worst pixels of the sample carry",
                List.of("prediction", "sample"),
                List.of(worst.getFirst().column().heading(), "worst 1 %", "worst 5 %", "worst 20 %"));
        out.raw("<th scope=\"col\" class=\"plain\">maps</th></tr></thead>\n<tbody>\n");
        for (WorstSample sample : worst) {
            out.raw("<tr>").element("td", sample.prediction()).raw("<td class=\"name\">").text(sample.sample());
            for (String line : List.of(sample.region(), sample.note())) {
                out.raw(line.isEmpty() ? "" : "<small>").text(line).raw(line.isEmpty() ? "" : "</small>");
            }
            out.raw("</td>");
            number(out, sample.value(), sample.column().format(sample.value()));
            share(out, sample.concentration().map(ErrorConcentration::worst1));
            share(out, sample.concentration().map(ErrorConcentration::worst5));
            share(out, sample.concentration().map(ErrorConcentration::worst20));
            out.raw("<td class=\"maps\"><div>");
            for (PagePicture picture : sample.pictures()) {
                out.raw("<figure><img src=\"" + picture.address() + "\" width=\"" + picture.width() + "\" height=\""
                        + picture.height() + "\" alt=\"" + Html.escaped(picture.label() + " of " + sample.sample())
                        + "\">").element("figcaption", picture.label()).raw("</figure>");
            }
            out.raw("</div></td></tr>\n");
        }
        tail(out);
    }

    private static void share(Html out, Optional<Double> share) {
        double value = share.orElse(Double.NaN);
        number(out, value, Double.isNaN(value) ? ABSENT : Comparison.percent(value));
    }

    private static void errors(Html out, String id, DepthErrors errors) {
        out.raw("<section id=\"" + id + "\">\n").element("h2", "Where the error is").raw("\n<p class=\"facts\">");
        fact(out, "truth", errors.truth());
        out.raw("</p>\n").element("p class=\"note\"", errors.method()).raw("\n");
        figures(out, errors.charts());
        head(out, "Share of the absolute error that the worst pixels of a sample carry, mean over samples",
                List.of("prediction"), List.of("worst 1 %", "worst 5 %", "worst 20 %", "samples"));
        for (DepthErrors.Share share : errors.shares()) {
            out.raw("<tr>").element("td", share.prediction());
            share(out, Optional.of(share.worst1()));
            share(out, Optional.of(share.worst5()));
            share(out, Optional.of(share.worst20()));
            number(out, share.samples(), String.valueOf(share.samples()));
            out.raw("</tr>\n");
        }
        tail(out);
        out.raw("</section>\n");
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing from the program's resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
