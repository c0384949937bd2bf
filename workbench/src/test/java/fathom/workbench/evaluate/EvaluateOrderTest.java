package fathom.workbench.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.ordinal.Da2k;
import fathom.evaluation.ordinal.OrdinalPair;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EvaluateOrderTest {
    /** In "d", depth grows to the right; in "i", inverse depth does, so near and far are exchanged. */
    private static final String PAIRS = """
            {"indoor/a.png": [
               {"point1": [0, 0], "point2": [0, 3], "closer_point": "point1"},
               {"point1": [1, 3], "point2": [1, 1], "closer_point": "point2"},
               {"point1": [2, 2], "point2": [3, 2], "closer_point": "point1"}],
             "outdoor/b.png": [{"point1": [0, 3], "point2": [0, 0], "closer_point": "point1"}],
             "outdoor/none.png": [{"point1": [0, 0], "point2": [0, 1], "closer_point": "point1"}]}
            """;

    @TempDir
    private Path folder;
    private Datasets datasets;

    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        Plane depth = Plane.allocate(4, 4);
        for (int i = 0; i < 16; i++) {
            depth.array()[i] = 1 + i % 4;
        }
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            for (String name : List.of("indoor/a.png", "outdoor/b.png")) {
                Path picture = folder.resolve("images").resolve(name);
                Files.createDirectories(picture.getParent());
                Png.writeRgb(picture, RgbImage.allocate(4, 4));
                dataset.add(SampleDraft.of(name, picture, 4, 4));
            }
            dataset.forEach(sample -> {
                sample.setPrediction("d", new Prediction(DepthKind.METRIC, depth), "torch-bilinear",
                        Provenance.of("m"));
                sample.setPrediction("i", new Prediction(DepthKind.AFFINE_INVERSE, depth), "torch-bilinear",
                        Provenance.of("m"));
            });
        }
    }

    private EvaluateOrder.Outcome run(String field, OptionalLong shuffle) throws Exception {
        Map<String, List<OrdinalPair>> pairs = Da2k.parse("pairs.json", PAIRS);
        try (Dataset dataset = datasets.openReadOnly("d")) {
            return EvaluateOrder.run(dataset, field, pairs, shuffle, Progress.silent(), new Cancellation());
        }
    }

    @Test
    void pairsAreCountedBySceneATieIsWrongAndMissingPicturesAreNamed() throws Exception {
        EvaluateOrder.Outcome outcome = run("d", OptionalLong.empty());
        assertThat(outcome.total()).isEqualTo(new EvaluateOrder.Counts(4, 2));
        assertThat(outcome.total().accuracy()).isEqualTo(0.5);
        assertThat(outcome.scenes()).containsEntry("indoor", new EvaluateOrder.Counts(3, 2)).containsEntry("outdoor",
                new EvaluateOrder.Counts(1, 0));
        assertThat(outcome.images()).isEqualTo(2);
        assertThat(outcome.leftOut()).extracting(EvaluateOrder.LeftOut::image).containsExactly("outdoor/none.png");
        assertThat(run("i", OptionalLong.empty()).total()).isEqualTo(new EvaluateOrder.Counts(4, 1));
    }

    @Test
    void exchangedPointsChangeNothingForAPredictionThatIsLookedAt() throws Exception {
        for (long seed = 0; seed < 5; seed++) {
            assertThat(run("d", OptionalLong.of(seed)).total()).isEqualTo(new EvaluateOrder.Counts(4, 2));
        }
    }

    @Test
    void aFieldWithoutPredictionsIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> run("nothing", OptionalLong.empty()))
                .withMessageContaining("indoor/a.png").withMessageContaining("has no prediction nothing");
    }
}
