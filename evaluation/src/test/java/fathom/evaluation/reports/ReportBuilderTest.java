package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.statistics.Bootstrap;
import fathom.evaluation.statistics.Verdict;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ReportBuilderTest {
    private static final int SAMPLES = 20;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1000, 0.95, 7);
    private static final Origin ORIGIN = new Origin("Intel/dpt-large", "bc15f29aa3a80d532f2ed650b5e6e3de6a4c4e25",
            "0123456789abcdef", "fathom 0.1.0", 1);
    private static final ReportHeading HEADING = new ReportHeading("rooms", "article", "89abcdef0123456789abcdef",
            "all 20 samples", "fathom 0.1.0", List.of("A remark."));
    private static final List<Column> COLUMNS = List.of(Column.of(Metric.RMSE, Protocol.named("article")),
            Column.of(Metric.SSIM, Protocol.named("article")));

    private static double[] rmse(double from) {
        double[] values = new double[SAMPLES];
        Arrays.setAll(values, i -> from + i + 0.1 * Math.sin(i * from));
        return values;
    }

    private static double[] ssim(double from) {
        double[] values = new double[SAMPLES];
        Arrays.setAll(values, i -> from + 0.01 * Math.sin(i));
        return values;
    }

    private static PredictionScores scores(String name, double[] rmse, double[] ssim) {
        return new PredictionScores(name, ORIGIN, SAMPLES, 0, Map.of(Metric.RMSE, rmse, Metric.SSIM, ssim));
    }

    private static Report report(PredictionScores... predictions) {
        return new ReportBuilder(HEADING, COLUMNS, BOOTSTRAP).add(List.of(predictions)).build();
    }

    @Test
    void meansHaveIntervalsAndTheTextStatesSeedAndResamples() {
        String text = report(scores("dpt", rmse(40), ssim(0.8))).render(ReportFormat.TEXT);
        assertThat(text).startsWith("""
                Means over rooms, protocol article, definition 89abcdef0123
                all 20 samples; fathom 0.1.0
                A remark.
                """).contains("95 % interval of the mean, percentile bootstrap, 1,000 resamples, seed 7").contains(
                "dpt: Intel/dpt-large, revision bc15f29aa3a8, weights 0123456789ab, predicted by fathom 0.1.0");
        assertThat(text.lines().filter(line -> line.startsWith("  ") && line.strip().startsWith("[")).toList())
                .singleElement().asString().matches(" +\\[\\d+\\.\\d\\d, \\d+\\.\\d\\d\\] +\\[0\\.\\d+, 0\\.\\d+\\]");
    }

    @Test
    void aClearDifferenceIsAVerdictAndEqualModelsAreNotDistinguished() {
        Report report = report(scores("good", rmse(40), ssim(0.8)), scores("bad", rmse(43), ssim(0.8)));
        assertThat(report.comparisons()).extracting(Comparison::verdict).containsExactly(Verdict.FIRST,
                Verdict.INDISTINGUISHABLE);
        assertThat(report.render(ReportFormat.TEXT)).contains("good − bad").contains("good is better")
                .contains("cannot be distinguished").contains("corrected for 2 comparisons (Holm)");
        Comparison first = report.comparisons().getFirst();
        assertThat(first.wilcoxon()).as("Holm: the smaller of two").isEqualTo(2 * first.paired().wilcoxon());
    }

    @Test
    void fewSamplesAreNotDistinguishedAndTheVerdictSaysHowMany() {
        double[] few = rmse(40);
        Arrays.fill(few, 3, SAMPLES, Double.NaN);
        assertThat(report(scores("a", few, ssim(0.8)), scores("b", rmse(80), ssim(0.8))).render(ReportFormat.TEXT))
                .contains("cannot be distinguished: only 3 samples");
    }

    @Test
    void rowsOverDifferentSamplesHaveMeansInCommonAndOnlyTheseAreCompared() {
        double[] easy = rmse(40);
        // The model lacks the difficult samples, so its own mean is better although it is worse on each sample.
        Arrays.fill(easy, 10, SAMPLES, Double.NaN);
        double[] whole = rmse(38);
        Report report = report(scores("partial", easy, ssim(0.7)), scores("whole", whole, ssim(0.8)));
        Report.Row partial = report.rows().get(0);
        Report.Row full = report.rows().get(1);
        assertThat(partial.mean(Metric.RMSE).orElseThrow().value())
                .isLessThan(full.mean(Metric.RMSE).orElseThrow().value());
        assertThat(partial.commonMean(Metric.RMSE).orElseThrow().samples()).isEqualTo(10);
        assertThat(full.commonMean(Metric.RMSE).orElseThrow().value())
                .isEqualTo(Arrays.stream(whole, 0, 10).average().orElseThrow());
        assertThat(report.isUneven()).isTrue();
        assertThat(report.isBest(full, Metric.RMSE)).isTrue();
        assertThat(report.isBest(partial, Metric.RMSE)).isFalse();
        assertThat(report.render(ReportFormat.TEXT)).contains("in common").contains("different numbers of samples");
    }

    @Test
    void modelsWithoutScoresDoNotEmptyTheCommonSamples() {
        double[] none = new double[SAMPLES];
        Arrays.fill(none, Double.NaN);
        Report report = report(scores("a", rmse(40), ssim(0.8)), scores("b", rmse(43), ssim(0.8)),
                scores("none", none, none));
        assertThat(report.rows().getFirst().common()).isEmpty();
        assertThat(report.rows().getLast().missing()).isEqualTo(SAMPLES);
        assertThat(report.comparisons()).hasSize(2);
    }

    @Test
    void slicesHaveRowsOfTheirOwnAndTheirOwnBest() {
        Report report = new ReportBuilder(HEADING, COLUMNS, BOOTSTRAP)
                .add(List.of(scores("a", rmse(40), ssim(0.8)), scores("b", rmse(43), ssim(0.8))))
                .addSlice("kitchen", List.of(scores("a", rmse(50), ssim(0.8)), scores("b", rmse(30), ssim(0.8))))
                .build();
        assertThat(report.isSliced()).isTrue();
        assertThat(report.comparisons()).as("of all samples only").hasSize(2);
        assertThat(report.isBest(report.rows().get(0), Metric.RMSE)).isTrue();
        assertThat(report.isBest(report.rows().get(3), Metric.RMSE)).isTrue();
        assertThat(report.render(ReportFormat.MARKDOWN)).contains("| slice | prediction |").contains("| kitchen | b |");
        assertThat(report.render(ReportFormat.CSV)).contains(",kitchen,");
    }

    @Test
    void jsonHasEverythingInFullPrecision() {
        double[] infinite = ssim(0.8);
        infinite[0] = Double.POSITIVE_INFINITY;
        Report report = report(scores("a", rmse(40), infinite), scores("b", rmse(43), ssim(0.8)));
        JsonNode json = JsonMapper.builder().build().readTree(report.render(ReportFormat.JSON));
        assertThat(json.get("definition").stringValue()).isEqualTo(HEADING.hash());
        assertThat(json.get("bootstrap").get("seed").intValue()).isEqualTo(7);
        JsonNode row = json.get("rows").get(0);
        assertThat(row.get("provenance").get("weights").stringValue()).isEqualTo(ORIGIN.weights());
        assertThat(row.get("medians").get("rmse").doubleValue())
                .isEqualTo(report.rows().getFirst().mean(Metric.RMSE).orElseThrow().median());
        assertThat(row.get("intervals").get("rmse")).hasSize(2);
        assertThat(row.get("intervals").get("ssim").get(1).stringValue()).isEqualTo("Infinity");
        JsonNode comparison = json.get("comparisons").get(0);
        assertThat(comparison.get("verdict").stringValue()).isEqualTo("first");
        assertThat(comparison.get("winRate").doubleValue()).isEqualTo(1);
        assertThat(comparison.get("effect").doubleValue()).isEqualTo(1);
    }

    @Test
    void manyComparisonsAreReducedToThoseWithTheBestExceptInJson() {
        List<PredictionScores> many = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            many.add(scores("m" + i, rmse(40 + i), ssim(0.8 + 0.01 * i)));
        }
        Report report = report(many.toArray(PredictionScores[]::new));
        assertThat(report.comparisons()).hasSize(30);
        String text = report.render(ReportFormat.TEXT);
        assertThat(text).contains("m0 − m5").doesNotContain("m1 − m2").contains("20 comparisons between predictions");
    }

    @Test
    void latexIsAPlainTableInWhichNamesAreText() {
        Report report = report(scores("a_b & 50%", rmse(40), ssim(0.8)), scores("\\input{x}", rmse(43), ssim(0.8)));
        String latex = report.render(ReportFormat.LATEX);
        assertThat(latex).contains("\\begin{tabular}{llrrr}").contains("\\hline").contains("a\\_b \\& 50\\%")
                .contains("\\textbackslash{}input\\{x\\}").contains("RMSE levels $\\downarrow$").contains("\\textbf{")
                .doesNotContain("\\input{x} ").doesNotContain("↓ &");
        assertThat(latex.lines().filter(line -> line.startsWith("%"))).isNotEmpty();
    }

    @Test
    void formattingKeepsSignsAndDropsThatOfZero() {
        Column column = COLUMNS.getFirst();
        assertThat(column.format(-1.234)).isEqualTo("−1.23");
        assertThat(column.format(-0.001)).isEqualTo("0.00");
        assertThat(column.format(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(column.format(Double.NaN)).isEqualTo("–");
        assertThat(Comparison.probability(0.0004)).isEqualTo("<0.001");
    }

    @Test
    void aMetricWithAnotherNumberOfSamplesIsRejected() {
        assertThatThrownBy(() -> new PredictionScores("a", Origin.UNKNOWN, 3, 0, Map.of(Metric.RMSE, new double[2])))
                .hasMessageContaining("expected 3 numbers, found 2");
    }
}
