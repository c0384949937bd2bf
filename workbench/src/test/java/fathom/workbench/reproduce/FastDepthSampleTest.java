package fathom.workbench.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.npy.Npy;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** FastDepth's example: one picture of NYU Depth v2 with its depth and the prediction that its authors published. */
@Tag("photographs")
class FastDepthSampleTest {
    private static final int SIDE = 224;
    /** NumPy on the same files: the means are of float32 values. */
    private static final double ROUNDING = 1e-6;

    @TempDir
    private Path home;

    private static Path sample() {
        Path folder = Path.of(System.getProperty("fathom.shared", "")).resolve("data/fastdepth/deploy/data");
        Assumptions.assumeTrue(Files.isDirectory(folder), "SKIPPED: no FastDepth sample in " + folder.toAbsolutePath()
                + "; set -Dfathom.shared to the folder that holds data");
        return folder;
    }

    private static Reproduction reproduce(Dataset dataset, String cell) throws Exception {
        Cell published = PublishedScores.load().named(cell);
        return Reproduction.run(published, Protocol.named(published.protocol()), dataset, "fastdepth", "gt",
                Progress.silent(), new Cancellation());
    }

    @Test
    void publishedPredictionOfOnePictureIsNearThePublishedMeans() throws Exception {
        Path folder = sample();
        Plane metres = Plane.wrap(Npy.read(folder.resolve("pred.npy")).toFloats(), SIDE, SIDE);
        Datasets datasets = Datasets.at(home);
        try (Dataset dataset = datasets.create("fastdepth", DatasetOptions.of(folder))) {
            dataset.add(SampleDraft.of("nyu", folder.resolve("rgb.png"), SIDE, SIDE).withMeasured("gt",
                    folder.resolve("depth.npy"), new DepthEncoding.Metres())).setPrediction("fastdepth",
                            new Prediction(DepthKind.METRIC, metres), "torch-bilinear", Provenance.of("fastdepth"));
        }
        try (Dataset dataset = datasets.open("fastdepth")) {
            Reproduction rmse = reproduce(dataset, "fastdepth-nyu-rmse");
            assertThat(rmse.score()).isCloseTo(0.6180007, within(ROUNDING));
            assertThat(rmse.status()).isEqualTo(CellStatus.MATCH);
            assertThat(rmse.isWholeTestSet()).isFalse();
            assertThat(rmse.interval()).isEmpty();
            Reproduction delta = reproduce(dataset, "fastdepth-nyu-delta1");
            assertThat(delta.score()).isCloseTo(0.7772640306, within(ROUNDING));
            assertThat(delta.status()).isEqualTo(CellStatus.MATCH);
        }
    }
}
