package fathom.workbench.reproduce;

import java.nio.file.Path;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ReproductionTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    private static Cell cell(Metric metric, double value, int samples) {
        return new Cell("c", "M", "D", samples, "article-aligned", metric, value, 0.05, "S", CellStatus.NOT_RUN, "");
    }

    /** Four samples of 1 to 1.255 m; the predictions are 10, 20, 30 and 40 levels of 255 too near: RMSE 10 to 40. */
    private Datasets fourSamples() throws Exception {
        Datasets datasets = Datasets.at(folder.resolve("home"));
        Plane stored = Plane.allocate(SIDE, SIDE);
        for (int i = 0; i < stored.size(); i++) {
            stored.array()[i] = 1000 + i;
        }
        Path picture = folder.resolve("picture.png");
        Path depth = folder.resolve("depth.png");
        Png.writeRgb(picture, RgbImage.allocate(SIDE, SIDE));
        Png.writeGray16(depth, stored);
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            for (int i = 1; i <= 4; i++) {
                dataset.add(SampleDraft.of("s" + i, picture, SIDE, SIDE).withMeasured("gt", depth,
                        new DepthEncoding.UnitsPerMetre(1000)));
            }
            int i = 1;
            for (Sample sample : dataset) {
                Plane metres = Plane.allocate(SIDE, SIDE);
                for (int at = 0; at < metres.size(); at++) {
                    metres.array()[at] = (float) (stored.array()[at] / 1000 - 1.255 * 10 * i / 255);
                }
                sample.setPrediction("p", new Prediction(DepthKind.METRIC, metres), "torch-bilinear",
                        Provenance.of("m"));
                i++;
            }
        }
        return datasets;
    }

    private static Reproduction run(Dataset dataset, Cell cell) throws Exception {
        return Reproduction.run(cell, new ArticleAlignedProtocol(), dataset, "p", "gt", Progress.silent(),
                new Cancellation());
    }

    @Test
    void scoreIsTheMeanOverSamplesWithAnInterval() throws Exception {
        try (Dataset dataset = fourSamples().open("d")) {
            Reproduction reproduction = run(dataset, cell(Metric.RMSE, 25, 4));
            assertThat(reproduction.samples()).isEqualTo(4);
            assertThat(reproduction.score()).isCloseTo(25, within(1.0));
            assertThat(reproduction.status()).isEqualTo(CellStatus.MATCH);
            assertThat(reproduction.isWholeTestSet()).isTrue();
            assertThat(reproduction.interval()).hasValueSatisfying(interval -> {
                assertThat(interval.contains(reproduction.score())).isTrue();
                assertThat(interval.low()).isBetween(10.0, 20.0);
                assertThat(interval.high()).isBetween(30.0, 41.0);
            });
        }
    }

    @Test
    void scoreOutsideTheToleranceIsOffAndAPartOfTheTestSetIsMarked() throws Exception {
        try (Dataset dataset = fourSamples().open("d")) {
            Reproduction reproduction = run(dataset, cell(Metric.RMSE, 40, 654));
            assertThat(reproduction.status()).isEqualTo(CellStatus.OFF);
            assertThat(reproduction.isWholeTestSet()).isFalse();
        }
    }

    @Test
    void metricThatTheProtocolDoesNotComputeIsNamed() throws Exception {
        try (Dataset dataset = fourSamples().open("d")) {
            assertThatIllegalArgumentException().isThrownBy(() -> run(dataset, cell(Metric.ABS_REL, 0.1, 4)))
                    .withMessageContaining("absrel").withMessageContaining("article-aligned");
        }
    }
}
