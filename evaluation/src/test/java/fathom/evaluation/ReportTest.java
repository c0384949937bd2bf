package fathom.evaluation;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportTest {
    private static final List<Metric> METRICS = List.of(Metric.RMSE, Metric.PSNR, Metric.SSIM);

    private static Report report() {
        Report.Row fastdepth = new Tally("fastdepth", "fastdepth")
                .scored(Map.of(Metric.RMSE, 40.25, Metric.PSNR, 15.0, Metric.SSIM, 0.875))
                .scored(Map.of(Metric.RMSE, 42.75, Metric.PSNR, 16.0, Metric.SSIM, 0.125)).row();
        Report.Row floor = new Tally("floor", "floor")
                .scored(Map.of(Metric.RMSE, 101.0, Metric.PSNR, 8.5, Metric.SSIM, 0.5))
                .scored(Map.of(Metric.RMSE, 99.0, Metric.PSNR, 9.5, Metric.SSIM, 0.625)).row();
        return new Report("rooms", "article", METRICS, List.of(fastdepth, floor));
    }

    @Test
    void textIsAlignedAndMarksTheBestOfEachColumn() {
        assertThat(report().render(ReportFormat.TEXT)).isEqualTo("""
                Means over rooms, protocol article

                prediction   RMSE levels ↓   PSNR dB ↑   SSIM ↑   samples
                ─────────────────────────────────────────────────────────
                fastdepth            41.50*      15.50*  0.5000         2
                floor               100.00        9.00   0.5625*        2

                * best of its column; ↓ lower is better, ↑ higher is better
                """);
    }

    @Test
    void markdownSetsTheBestInBold() {
        assertThat(report().render(ReportFormat.MARKDOWN)).isEqualTo("""
                Means over rooms, protocol article

                | prediction | RMSE levels ↓ | PSNR dB ↑ | SSIM ↑ | samples |
                |---|---:|---:|---:|---:|
                | fastdepth | **41.50** | **15.50** | 0.5000 | 2 |
                | floor | 100.00 | 9.00 | **0.5625** | 2 |

                Bold: best of its column; ↓ lower is better, ↑ higher is better
                """);
    }

    @Test
    void csvHasFullPrecisionAndQuotesWhatNeedsIt() {
        Report.Row row = new Tally("a,b", "say \"x\"").scored(Map.of(Metric.RMSE, 1 / 3.0, Metric.PSNR,
                Double.POSITIVE_INFINITY)).failed().missing().missing().row();
        assertThat(new Report("rooms", "article", METRICS, List.of(row)).render(ReportFormat.CSV))
                .isEqualTo("dataset,protocol,prediction,model,samples,failed,missing,rmse,rmse_samples,psnr,"
                        + "psnr_samples,ssim,ssim_samples\r\n"
                        + "rooms,article,\"a,b\",\"say \"\"x\"\"\",1,1,2,0.3333333333333333,1,Infinity,1,,0\r\n");
    }

    @Test
    void jsonHasFullPrecisionAndDescribesItsMetrics() {
        Report.Row row = new Tally("dpt", "Intel/dpt-large")
                .scored(Map.of(Metric.RMSE, 1 / 3.0, Metric.PSNR, Double.POSITIVE_INFINITY)).failed().row();
        JsonNode json = JsonMapper.builder().build()
                .readTree(new Report("rooms", "article", METRICS, List.of(row)).render(ReportFormat.JSON));
        assertThat(json.get("dataset").stringValue()).isEqualTo("rooms");
        assertThat(json.get("protocol").stringValue()).isEqualTo("article");
        assertThat(json.get("metrics").get(0).get("name").stringValue()).isEqualTo("rmse");
        assertThat(json.get("metrics").get(0).get("better").stringValue()).isEqualTo("lower");
        JsonNode first = json.get("rows").get(0);
        assertThat(first.get("model").stringValue()).isEqualTo("Intel/dpt-large");
        assertThat(first.get("failed").intValue()).isEqualTo(1);
        assertThat(first.get("means").get("rmse").doubleValue()).isEqualTo(1 / 3.0);
        assertThat(Double.parseDouble(first.get("means").get("psnr").stringValue())).isInfinite();
        assertThat(first.get("means").get("ssim").isNull()).isTrue();
        assertThat(first.get("counts").get("ssim").intValue()).isZero();
    }

    @Test
    void rowsOverDifferentSamplesAreNoted() {
        Report.Row all = new Tally("a", "m").scored(Map.of(Metric.RMSE, 1.0)).scored(Map.of(Metric.RMSE, 3.0,
                Metric.SSIM, 0.5)).row();
        Report.Row some = new Tally("b", "").scored(Map.of(Metric.RMSE, 2.0)).failed().missing().row();
        String text = new Report("rooms", "article", METRICS, List.of(all, some)).render(ReportFormat.TEXT);
        assertThat(text).contains("different numbers of samples").contains("a: SSIM is over 1 of 2 samples")
                .contains("failed").contains("missing").contains("model");
        assertThat(text.lines().filter(line -> line.contains("2.00*")).count()).as("equal means share the mark")
                .isEqualTo(2);
    }

    @Test
    void oneRowIsNotTheBestOfAnything() {
        Report.Row row = new Tally("a", "a").scored(Map.of(Metric.RMSE, 1.0, Metric.PSNR, Double.POSITIVE_INFINITY))
                .row();
        Report report = new Report("rooms", "article", METRICS, List.of(row));
        assertThat(report.render(ReportFormat.TEXT)).doesNotContain("*").contains("∞").contains("–");
        assertThat(report.isBest(row, Metric.RMSE)).isFalse();
    }

    @Test
    void anEmptyReportIsATableWithoutRows() {
        Report report = new Report("rooms", "article", METRICS, List.of());
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(report.render(format)).isNotBlank().endsWith("\n");
        }
    }

    @Test
    void everyMetricIsDescribedAndFoundByItsKey() {
        for (Metric metric : Metric.values()) {
            assertThat(Metric.ofKey(metric.key())).isEqualTo(metric);
            assertThat(metric.formula()).isNotBlank();
            assertThat(metric.source()).isNotBlank();
        }
        assertThat(Metric.RMSE.isBetter(1, 2)).isTrue();
        assertThat(Metric.PSNR.isBetter(1, 2)).isFalse();
        assertThat(Metric.SSIM.isBetter(Double.NaN, 0)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Metric.ofKey("RMSE")).withMessageContaining("rmse, psnr");
    }
}
