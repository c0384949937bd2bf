package fathom.evaluation.reports;

import java.util.List;
import java.util.Map;

import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static final List<Metric> METRICS = List.of(Metric.RMSE, Metric.PSNR, Metric.SSIM);

    private static Report report() {
        Report.Row fastdepth = new Report.Row("fastdepth", "fastdepth", 2, 0, 0,
                Map.of(Metric.RMSE, mean(41.5, 2), Metric.PSNR, mean(15.5, 2), Metric.SSIM, mean(0.5, 2)));
        Report.Row floor = new Report.Row("floor", "floor", 2, 0, 0,
                Map.of(Metric.RMSE, mean(100, 2), Metric.PSNR, mean(9, 2), Metric.SSIM, mean(0.5625, 2)));
        return new Report("rooms", "article", METRICS, List.of(fastdepth, floor));
    }

    private static Report.Mean mean(double value, long samples) {
        return new Report.Mean(value, samples);
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
        Report.Row row = new Report.Row("a,b", "say \"x\"", 1, 1, 2,
                Map.of(Metric.RMSE, mean(1 / 3.0, 1), Metric.PSNR, mean(Double.POSITIVE_INFINITY, 1)));
        assertThat(new Report("rooms", "article", METRICS, List.of(row)).render(ReportFormat.CSV))
                .isEqualTo("dataset,protocol,prediction,model,samples,failed,missing,rmse,rmse_samples,psnr,"
                        + "psnr_samples,ssim,ssim_samples\r\n"
                        + "rooms,article,\"a,b\",\"say \"\"x\"\"\",1,1,2,0.3333333333333333,1,Infinity,1,,0\r\n");
    }

    @Test
    void jsonHasFullPrecisionAndDescribesItsMetrics() {
        Report.Row row = new Report.Row("dpt", "Intel/dpt-large", 1, 1, 0,
                Map.of(Metric.RMSE, mean(1 / 3.0, 1), Metric.PSNR, mean(Double.POSITIVE_INFINITY, 1)));
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
        Report.Row all = new Report.Row("a", "m", 2, 0, 0, Map.of(Metric.RMSE, mean(2, 2), Metric.SSIM, mean(0.5, 1)));
        Report.Row some = new Report.Row("b", "", 1, 1, 1, Map.of(Metric.RMSE, mean(2, 1)));
        String text = new Report("rooms", "article", METRICS, List.of(all, some)).render(ReportFormat.TEXT);
        assertThat(text).contains("different numbers of samples").contains("a: SSIM is over 1 of 2 samples")
                .contains("failed").contains("missing").contains("model");
        assertThat(text.lines().filter(line -> line.contains("2.00*")).count()).as("equal means share the mark")
                .isEqualTo(2);
    }

    @Test
    void singleRowIsNeverBest() {
        Report.Row row = new Report.Row("a", "a", 1, 0, 0,
                Map.of(Metric.RMSE, mean(1, 1), Metric.PSNR, mean(Double.POSITIVE_INFINITY, 1)));
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
    void everyMetricIsDescribed() {
        for (Metric metric : MapMetrics.withPixelwise()) {
            assertThat(metric.formula()).isNotBlank();
            assertThat(metric.source()).isNotBlank();
        }
        assertThat(Metric.RMSE.isBetter(1, 2)).isTrue();
        assertThat(Metric.PSNR.isBetter(1, 2)).isFalse();
        assertThat(Metric.SSIM.isBetter(Double.NaN, 0)).isFalse();
    }
}
