package fathom.rendering.charts;

import java.io.StringReader;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ChartsTest {
    private static final String HOSTILE = "</text><script>alert(1)</script>&\"'\u0001";

    private static Series series(String name) {
        return new Series(name, 0, new double[]{1, 2, 3, Double.NaN},
                new double[]{1.5, 2.5, Double.POSITIVE_INFINITY, 4});
    }

    private static List<String> all(String name) {
        return List.of(Charts.scatter("a", "true m", "predicted m", List.of(series(name), series(name + 2))),
                Charts.lines("b", "depth m", "error m", List.of(series(name), series(name + 2))),
                Charts.intervals("c", "RMSE m", List.of(new Range(name, 0, 2, 1, 3), new Range("other", 1, 5, 4, 6))));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void everyChartIsOneElementWithADescription() throws Exception {
        for (String svg : all("dpt")) {
            assertThat(svg).startsWith("<svg").endsWith("</svg>").doesNotContain("<?xml").doesNotContain("<!DOCTYPE");
            assertThat(parsed(svg).getDocumentElement().getAttribute("aria-label")).isNotBlank();
            assertThat(parsed(svg).getDocumentElement().getAttribute("viewBox")).startsWith("0 0 ");
        }
    }

    @Test
    void hostileNamesAreText() throws Exception {
        for (String svg : all(HOSTILE)) {
            assertThat(svg).doesNotContain("<script").doesNotContain("\u0001").contains("&lt;script");
            assertThat(parsed(svg).getElementsByTagName("script").getLength()).isZero();
        }
    }

    @Test
    void coloursAreThoseOfThePageWithTheLightOnesAsFallback() {
        for (String svg : all("dpt")) {
            assertThat(svg).contains("var(--scope-a, #c02563)").contains("var(--ink-2, #555555)");
        }
    }

    @Test
    void idsOfTwoChartsDiffer() {
        String one = Charts.lines("one", "x", "y", List.of(series("s")));
        assertThat(one).contains("id=\"one-").doesNotContain("id=\"clipPath");
        assertThat(one.replace("one-", "two-")).isEqualTo(Charts.lines("two", "x", "y", List.of(series("s"))));
    }

    @Test
    void chartsWithoutPointsAreFrames() throws Exception {
        Series empty = new Series("none", 0, new double[0], new double[0]);
        parsed(Charts.scatter("a", "x", "y", List.of(empty)));
        parsed(Charts.lines("b", "x", "y", List.of(empty)));
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertThatThrownBy(() -> new Series("s", 0, new double[2], new double[1])).hasMessageContaining("found 1");
        assertThatThrownBy(() -> Charts.lines("a b", "x", "y", List.of(series("s")))).hasMessageContaining("id:");
    }
}
