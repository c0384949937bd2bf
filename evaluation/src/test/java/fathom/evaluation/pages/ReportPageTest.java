package fathom.evaluation.pages;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Origin;
import fathom.evaluation.reports.PredictionScores;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportBuilder;
import fathom.evaluation.reports.ReportHeading;
import fathom.evaluation.statistics.Bootstrap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ReportPageTest {
    private static final String HOSTILE = "\"><img src=x onerror='alert(1)'></script><script>alert(2)</script>&\u0007";
    private static final Column COLUMN = Column.of(Metric.RMSE, Protocol.named("article"));
    private static final byte[] PIXELS = {1, 2, 3};
    /** An address of the network in markup; names of the SVG and HTML standards are not requested. */
    private static final Pattern NETWORK = Pattern.compile("(src|href|url)\\s*[=(]\\s*['\"]?(https?:)?//");

    private static Report report(String name, double[] first, double[] second) {
        Origin origin = new Origin(name, name, name, name, 1);
        return new ReportBuilder(new ReportHeading(name, name, "0123456789abcdef0123", name, name, List.of(name)),
                List.of(COLUMN), Bootstrap.DEFAULT)
                .add(List.of(new PredictionScores(name, origin, first.length, 0, Map.of(Metric.RMSE, first)),
                        new PredictionScores(name + 2, origin, second.length, 0, Map.of(Metric.RMSE, second))))
                .addSlice(name,
                        List.of(new PredictionScores(name, origin, 2, 0, Map.of(Metric.RMSE, new double[]{1, 2}))))
                .build();
    }

    private static String page(String name) {
        double[] first = {1, 2, 3, 4, 5, 6, 7};
        double[] second = {2, 4, 6, 8, 10, 12, Double.NaN};
        WorstSample worst = new WorstSample(name, name, COLUMN, 3.5,
                Optional.of(new ErrorConcentration(100, 0.25, 0.5, 0.75)), name,
                List.of(PagePicture.ofPng(name, PIXELS, 12, 16), PagePicture.ofJpeg(name, PIXELS, 12, 16)), name);
        PageChart chart = new PageChart(name, name, "<svg viewBox=\"0 0 1 1\"></svg>");
        return new ReportPage(name, name,
                List.of(new PageSection(report(name, first, second), List.of(chart), List.of(worst))),
                List.of(new DepthErrors(name, name, List.of(new DepthErrors.Share(name, 3, 0.1, 0.2, 0.3)),
                        List.of(chart))),
                List.of(name)).render();
    }

    @Test
    void everyTextIsEscaped() {
        String page = page(HOSTILE);
        assertThat(page).doesNotContain("<img src=x").doesNotContain("<script>alert").doesNotContain("\u0007")
                .contains("&lt;script&gt;alert(2)");
        assertThat(page.split("<script", -1)).as("the script of the page only").hasSize(2);
        String plain = page("name");
        assertThat(tags(page)).as("a name adds no tag").isEqualTo(tags(plain));
    }

    private static long tags(String page) {
        return page.chars().filter(c -> c == '<').count();
    }

    @Test
    void thePageLoadsNothingAndItsPolicyForbidsIt() {
        String page = page("name");
        assertThat(NETWORK.matcher(page).find()).isFalse();
        assertThat(page).doesNotContain("@import").doesNotContain("<link rel=\"stylesheet\"")
                .containsPattern("default-src 'none'; [^\"]*script-src 'sha256-[A-Za-z0-9+/]{43}='");
    }

    @Test
    void theHeadingStatesWhatTheNumbersAre() {
        assertThat(page("name")).contains("<h2>Protocol name</h2>").contains("<b>definition</b> 0123456789ab")
                .contains("10,000 resamples, seed 7").contains("<p class=\"remark\">name</p>")
                .contains("name is better").contains("in common");
    }

    @Test
    void cellsHaveTheNumberByWhichTheyAreSorted() {
        assertThat(page("name")).contains("data-value=\"4.0\">4.00").contains("data-value=\"0.25\">25 %");
    }

    @Test
    void aReportOfMeansOnlyHasNoComparisons() {
        Report.Row row = new Report.Row("a", "m", 1, 0, 0, Map.of(Metric.RMSE, new Report.Mean(1, 1)));
        Report report = new Report("rooms", "article", List.of(Metric.RMSE, Metric.SSIM), List.of(row));
        String page = new ReportPage("rooms", "fathom", List.of(new PageSection(report, List.of(), List.of())),
                List.of(), List.of()).render();
        assertThat(page).doesNotContain("distinguished?").contains("data-value=\"\">–");
    }

    @Test
    void pictureAddressesAndChartsOfOthersAreRejected() {
        assertThatThrownBy(() -> new PagePicture("a", "https://example.org/a.png", 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PagePicture("a", "data:image/png;base64,AA\" onload=\"", 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PageChart("a", "", "<svg><script>1</script></svg>"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
