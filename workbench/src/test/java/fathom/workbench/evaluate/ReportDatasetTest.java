package fathom.workbench.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Evaluation;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.reports.Report;
import fathom.evaluation.statistics.Bootstrap;
import fathom.formats.json.JsonValue.Members;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ReportDatasetTest {
    private static final int SIDE = 8;
    private static final Protocol FIXED = Protocol.named("article-fixed");

    @TempDir
    private Path folder;
    private Dataset dataset;

    @BeforeEach
    void makeDataset() throws Exception {
        dataset = Datasets.at(folder.resolve("home")).create("d", DatasetOptions.of(folder));
        add("kitchen/0", 0x10, 500, "night", "small");
        add("kitchen/1", 0x50, 1500, "night");
        add("office/2", 0xC0, 3000);
        add("3", 0xFF, 1000, "small");
        for (Sample sample : dataset) {
            for (String field : List.of("a", "b")) {
                sample.setPrediction(field, new Prediction(DepthKind.METRIC, Plane.allocate(SIDE, SIDE)),
                        "torch-bilinear", Provenance.of("model-" + field));
            }
        }
    }

    private void add(String name, int level, int millimetres, String... tags) throws Exception {
        String file = name.replace('/', '-');
        Path picture = folder.resolve(file + ".png");
        Path depth = folder.resolve(file + "-depth.png");
        RgbImage image = RgbImage.allocate(SIDE, SIDE);
        Arrays.fill(image.array(), (byte) level);
        Png.writeRgb(picture, image);
        Plane plane = Plane.allocate(SIDE, SIDE);
        Arrays.fill(plane.array(), millimetres);
        Png.writeGray16(depth, plane);
        SampleDraft draft = SampleDraft.of(name, picture, SIDE, SIDE).withMeasured("gt", depth,
                new DepthEncoding.UnitsPerMetre(1000));
        for (String tag : tags) {
            draft = draft.withTag(tag);
        }
        dataset.add(draft);
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    private void score(String field, Members definition, double... values) {
        Evaluation evaluation = dataset.beginEvaluation(field, FIXED.name(), "gt", definition);
        int i = 0;
        for (Sample sample : dataset) {
            evaluation.set(sample, Map.of("rmse", values[i++]));
        }
    }

    private List<Report> reports(SliceBy by) {
        return ReportDataset.all(dataset, new ReportOptions(Optional.of(by), Bootstrap.DEFAULT), Progress.silent(),
                new Cancellation());
    }

    @Test
    void equalDefinitionsShareATableThatStatesWhatItIs() {
        score("a", FIXED.definition(), 1, 2, 3, 4);
        score("b", FIXED.definition(), 2, 3, 4, Double.NaN);
        List<Report> reports = ReportDataset.all(dataset);
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.heading().hash()).isEqualTo(FIXED.hash());
            assertThat(report.heading().selection()).isEqualTo("all 4 samples, truth gt");
            assertThat(report.heading().program()).startsWith("fathom ");
            assertThat(report.heading().remarks()).isEmpty();
            assertThat(report.rows()).extracting(Report.Row::model).containsExactly("model-a", "model-b");
            assertThat(report.rows().get(1).failed()).isEqualTo(1);
            assertThat(report.rows().get(0).commonMean(Metric.RMSE).orElseThrow().value()).isEqualTo(2);
            assertThat(report.comparisons()).hasSize(1);
        });
    }

    @Test
    void differentDefinitionsOfOneProtocolAreTwoTablesThatSaySo() {
        score("a", FIXED.definition(), 1, 2, 3, 4);
        score("b", FIXED.definition().with("range", 100), 2, 3, 4, 5);
        List<Report> reports = ReportDataset.all(dataset);
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0).rows()).extracting(Report.Row::prediction).containsExactly("a");
        assertThat(reports.get(1).rows()).extracting(Report.Row::prediction).containsExactly("b");
        assertThat(reports.get(0).heading().remarks()).singleElement().asString().contains("One of 2 tables");
        assertThat(reports.get(1).heading().remarks()).anyMatch(remark -> remark.contains("another definition"))
                .anyMatch(remark -> remark.contains("not comparable"));
        assertThat(reports.get(0).heading().hash()).isNotEqualTo(reports.get(1).heading().hash());
    }

    @Test
    void aProtocolOfAnotherVersionIsATableOfItsStoredNumbers() {
        Evaluation evaluation = dataset.beginEvaluation("a", "removed", "gt", Members.NONE.with("x", 1));
        for (Sample sample : dataset) {
            evaluation.set(sample, Map.of("absrel", 0.25, "unheard-of", 1.0));
        }
        assertThat(ReportDataset.all(dataset)).singleElement().satisfies(report -> {
            assertThat(report.protocol()).isEqualTo("removed");
            assertThat(report.metrics()).containsExactly(Metric.ABS_REL);
            assertThat(report.rows().get(0).mean(Metric.ABS_REL).orElseThrow().value()).isEqualTo(0.25);
        });
    }

    @Test
    void aProtocolThatWasNotRunIsATableWithoutMeans() {
        List<Report> reports = ReportDataset.of(dataset, FIXED, ReportOptions.DEFAULT, Progress.silent(),
                new Cancellation());
        assertThat(reports).singleElement()
                .satisfies(report -> assertThat(report.rows()).hasSize(2).allMatch(row -> row.means().isEmpty()));
    }

    @Test
    void slicesByTagHaveTheirOwnRows() {
        score("a", FIXED.definition(), 1, 2, 3, 4);
        score("b", FIXED.definition(), 2, 3, 4, Double.NaN);
        Report report = reports(SliceBy.TAG).getFirst();
        List<String> rows = new ArrayList<>();
        report.rows().forEach(row -> rows.add(row.slice() + " " + row.prediction() + " " + row.scored() + " "
                + row.mean(Metric.RMSE).map(Report.Mean::value).orElse(Double.NaN)));
        assertThat(rows).containsExactly(" a 4 2.5", " b 3 3.0", "night a 2 1.5", "night b 2 2.5", "small a 2 2.5",
                "small b 1 2.0", "without a tag a 1 3.0", "without a tag b 1 4.0");
        assertThat(report.rows().get(5).failed()).isEqualTo(1);
        assertThat(report.heading().selection()).contains("sliced by tag");
    }

    @Test
    void samplesAreSlicedByScenesDepthAndBrightness() throws Exception {
        assertThat(slices(SliceBy.SCENE)).isEqualTo("{kitchen={0, 1}, office={2}, without a scene type={3}}");
        assertThat(slices(SliceBy.DEPTH)).isEqualTo("{below 1 m={0}, 1 to 2 m={1, 3}, 2 to 4 m={2}}");
        assertThat(slices(SliceBy.BRIGHTNESS))
                .isEqualTo("{dark, below 64={0}, dim, 64 to 127={1}, bright, 192 and more={2, 3}}");
        Files.delete(folder.resolve("3.png"));
        assertThat(slices(SliceBy.BRIGHTNESS)).contains("unreadable={3}");
    }

    private String slices(SliceBy by) {
        SequencedMap<String, BitSet> slices = SampleSlices.of(dataset.samples(), by, "gt", Progress.silent(),
                new Cancellation());
        return slices.toString();
    }

    @Test
    void aProtocolOfAFileIsFoundByNameAndByItsDefinition() {
        Evaluation evaluation = dataset.beginEvaluation("a", "mine", "gt", Members.NONE.with("x", 1));
        for (Sample sample : dataset) {
            evaluation.set(sample, Map.of("absrel", 0.25));
        }
        assertThat(ReportDataset.named(dataset, "mine", ReportOptions.DEFAULT, Progress.silent(), new Cancellation()))
                .singleElement().satisfies(report -> assertThat(report.rows().get(0).mean(Metric.ABS_REL)).isPresent());
        StepProtocol metric = (StepProtocol) Protocol.named("metric");
        StepProtocol other = new StepProtocol("mine", metric.text(), metric.arithmetic(), metric.thresholdIncluded(),
                metric.pooling(), metric.steps(), metric.metrics());
        assertThatThrownBy(
                () -> ReportDataset.of(dataset, other, ReportOptions.DEFAULT, Progress.silent(), new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("another definition")
                .hasMessageContaining(other.hash());
        assertThatThrownBy(() -> ReportDataset.named(dataset, "nope", ReportOptions.DEFAULT, Progress.silent(),
                new Cancellation())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("mine")
                .hasMessageContaining("\"nope\"");
    }
}
