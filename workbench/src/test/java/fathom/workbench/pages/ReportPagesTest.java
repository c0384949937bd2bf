package fathom.workbench.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.pages.DepthErrors;
import fathom.evaluation.pages.ReportPage;
import fathom.evaluation.pages.WorstSample;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.evaluate.ReportDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class ReportPagesTest {
    private static final int HEIGHT = 24;
    private static final int WIDTH = 32;
    private static final int SAMPLES = 8;

    @TempDir
    private Path folder;
    private Datasets datasets;

    /** Truth: 1 to 3 m. "metric": too far by 0.1 m per sample index; "inverse": the inverse of the truth, scaled. */
    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            for (int i = 0; i < SAMPLES; i++) {
                Path picture = folder.resolve(i + ".png");
                Path depth = folder.resolve(i + "-depth.png");
                Png.writeRgb(picture, RgbImage.allocate(HEIGHT, WIDTH));
                Plane millimetres = Plane.allocate(HEIGHT, WIDTH);
                Plane metric = Plane.allocate(HEIGHT, WIDTH);
                Plane inverse = Plane.allocate(HEIGHT, WIDTH);
                for (int at = 0; at < HEIGHT * WIDTH; at++) {
                    int value = 1000 + 2000 * at / (HEIGHT * WIDTH);
                    millimetres.array()[at] = value;
                    metric.array()[at] = value / 1000f + 0.1f * i;
                    inverse.array()[at] = 5 + 2000f / value;
                }
                Png.writeGray16(depth, millimetres);
                Sample sample = dataset.add(SampleDraft.of("room/" + i, picture, HEIGHT, WIDTH).withMeasured("gt",
                        depth, new DepthEncoding.UnitsPerMetre(1000)));
                sample.setPrediction("metric", new Prediction(DepthKind.METRIC, metric), "torch-bilinear",
                        Provenance.of("m"));
                sample.setPrediction("inverse", new Prediction(DepthKind.AFFINE_INVERSE, inverse), "torch-bilinear",
                        Provenance.of("i"));
            }
            for (String field : List.of("metric", "inverse")) {
                EvaluateDataset.run(dataset, field, "gt", Protocol.named("article-aligned"), Progress.silent(),
                        new Cancellation());
            }
        }
    }

    private ReportPage page() {
        try (Dataset dataset = datasets.openReadOnly("d")) {
            return ReportPages.of(dataset, ReportDataset.all(dataset), Progress.silent(), new Cancellation());
        }
    }

    @Test
    void aPageHasTablesChartsAndTheWorstSamplesWithPictures() {
        ReportPage page = page();
        assertThat(page.notes()).isEmpty();
        assertThat(page.sections()).singleElement().satisfies(section -> {
            assertThat(section.charts()).isNotEmpty();
            List<WorstSample> metric = section.worst().stream().filter(worst -> worst.prediction().equals("metric"))
                    .toList();
            assertThat(metric).extracting(WorstSample::sample).containsExactly("room/7", "room/6", "room/5");
            assertThat(metric.getFirst().pictures()).extracting("label").containsExactly("picture", "truth",
                    "prediction, as scored", "error");
            assertThat(metric.getFirst().concentration().orElseThrow().worst20()).isBetween(0.19, 0.21);
        });
        assertThat(page.render()).contains("prediction, as scored").contains("id=\"chart-0-").contains("id=\"chart-1-");
    }

    @Test
    void errorsAreInMetresAfterAlignmentOfWhatIsNotMetric() {
        DepthErrors errors = page().errors().getFirst();
        assertThat(errors.method()).contains("all 8 samples").contains("aligned to the measurement");
        assertThat(errors.charts()).extracting("title").containsExactly("Error by depth",
                "Predicted and true depth: metric", "Predicted and true depth: inverse");
        // Sample 0 of "metric" has no error above rounding to float32, so its share may be of rounding errors only.
        assertThat(errors.shares().getFirst().worst20()).isBetween(0.19, 0.4);
    }

    @Test
    void samplesWhoseFilesCannotBeReadAreCountedAndThePageIsStillMade() throws Exception {
        for (int i = 0; i < SAMPLES; i++) {
            Files.delete(folder.resolve(i + "-depth.png"));
        }
        ReportPage page = page();
        assertThat(page.errors()).isEmpty();
        assertThat(page.notes()).singleElement().asString().startsWith("16 predictions could not be read");
        WorstSample worst = page.sections().getFirst().worst().getFirst();
        assertThat(worst.note()).contains("depth.png");
        assertThat(worst.pictures()).extracting("label").containsExactly("picture");
        assertThat(page.render()).contains("room/7");
    }

    @Test
    void twoPagesOfOneDatasetAreEqual() {
        assertThat(page().render()).isEqualTo(page().render());
    }
}
