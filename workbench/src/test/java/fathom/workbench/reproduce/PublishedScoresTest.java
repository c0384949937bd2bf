package fathom.workbench.reproduce;

import java.nio.charset.StandardCharsets;
import java.util.List;

import fathom.evaluation.protocols.Pooling;
import fathom.evaluation.protocols.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PublishedScoresTest {
    private static final String ONE = """
            sources:
              - source: "A paper, table 1"
                model: M
                dataset: D
                samples: 10
                protocol: article-aligned
                status: not run here
                tolerance: 0.1
                cells:
                  - {name: m-d-rmse, metric: rmse, value: 0.5, row: row M}
            discrepancies:
              - {subject: S, layer: crop, finding: F, source: P}
            """;

    private static PublishedScores read(String yaml) {
        return PublishedScores.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tableOfThisProgramHasUniqueNamesAndSources() {
        PublishedScores published = PublishedScores.load();
        assertThat(published.cells()).hasSizeGreaterThanOrEqualTo(25).extracting(Cell::name).doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(published.cells()).extracting(Cell::source).noneMatch(String::isBlank);
        assertThat(published.discrepancies()).hasSizeGreaterThan(10);
    }

    @Test
    void protocolOfEveryCellExistsComputesItsMetricAndAveragesOverSamples() {
        assertThat(PublishedScores.load().cells()).allSatisfy(cell -> {
            Protocol protocol = Protocol.named(cell.protocol());
            assertThat(protocol.metrics()).contains(cell.metric());
            assertThat(protocol.pooling()).isEqualTo(Pooling.IMAGES);
        });
    }

    @Test
    void cellHasTheKeysOfItsSource() {
        Cell cell = read(ONE).cells().getFirst();
        assertThat(cell.model()).isEqualTo("M");
        assertThat(cell.samples()).isEqualTo(10);
        assertThat(cell.tolerance()).isEqualTo(0.1);
        assertThat(cell.source()).isEqualTo("A paper, table 1, row M");
        assertThat(cell.note()).isEmpty();
    }

    @Test
    void scoreWithinTheToleranceMatches() {
        Cell cell = read(ONE).cells().getFirst();
        assertThat(cell.statusOf(0.549)).isEqualTo(CellStatus.MATCH);
        assertThat(cell.statusOf(0.551)).isEqualTo(CellStatus.OFF);
        assertThat(cell.statusOf(0.449)).isEqualTo(CellStatus.OFF);
        assertThat(cell.statusOf(Double.NaN)).isEqualTo(CellStatus.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metric: rmse", "value: 0.5", "row: row M", "name: m-d-rmse", "protocol: article-aligned",
            "status: not run here", "subject: S"})
    void missingKeyIsAnError(String key) {
        String yaml = ONE.replace(key, "other: x");
        assertThatIllegalArgumentException().isThrownBy(() -> read(yaml));
    }

    @Test
    void unknownMetricAndStatusAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> read(ONE.replace("rmse, v", "rms, v")))
                .withMessageContaining("rms").withMessageContaining("m-d-rmse");
        assertThatIllegalArgumentException().isThrownBy(() -> read(ONE.replace("not run here", "unknown")))
                .withMessageContaining("unknown");
    }

    @Test
    void misspelledCellGetsASuggestion() {
        assertThatIllegalArgumentException().isThrownBy(() -> PublishedScores.load().named("fastdepth-nyu-rmsee"))
                .withMessageContaining("fastdepth-nyu-rmse or");
        assertThatIllegalArgumentException().isThrownBy(() -> PublishedScores.load().named("zzz"))
                .withMessageContaining("for example");
    }

    @Test
    void pageHasARowPerCellAndPerDiscrepancy() {
        String page = ReproducedPage.markdown(read(ONE));
        assertThat(page).startsWith("1 published scores: 1 not run here.").contains(
                "| `m-d-rmse` | M | D | `article-aligned` | RMSE | 0.5 | 10 % | not run here | A paper, table 1, row M |\n",
                "| S | crop | F | P |\n");
    }

    @Test
    void numbersArePrintedWithoutZerosAtTheEnd() {
        assertThat(List.of(ReproducedPage.number(0.110), ReproducedPage.number(5), ReproducedPage.number(2.798)))
                .containsExactly("0.11", "5", "2.798");
    }
}
