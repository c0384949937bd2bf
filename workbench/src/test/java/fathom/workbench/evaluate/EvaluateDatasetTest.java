package fathom.workbench.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.evaluation.protocols.Protocol;
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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class EvaluateDatasetTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;
    private Datasets datasets;

    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        Path picture = folder.resolve("picture.png");
        Path depth = folder.resolve("depth.png");
        Png.writeRgb(picture, RgbImage.allocate(SIDE, SIDE));
        Png.writeGray16(depth, ramp(1000));
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            dataset.add(SampleDraft.of("measured", picture, SIDE, SIDE).withMeasured("gt", depth,
                    new DepthEncoding.UnitsPerMetre(1000)));
            dataset.add(SampleDraft.of("unmeasured", picture, SIDE, SIDE));
            for (Sample sample : dataset) {
                predict(sample, "torch-bilinear");
            }
        }
    }

    private static Plane ramp(float from) {
        Plane plane = Plane.allocate(SIDE, SIDE);
        for (int i = 0; i < plane.array().length; i++) {
            plane.array()[i] = from + i;
        }
        return plane;
    }

    private static void predict(Sample sample, String resampling) {
        Plane half = Plane.allocate(SIDE / 2, SIDE / 2);
        for (int i = 0; i < half.array().length; i++) {
            half.array()[i] = 1 + i;
        }
        sample.setPrediction("p", new Prediction(DepthKind.AFFINE_INVERSE, half), resampling, Provenance.of("m"));
    }

    private static EvaluateDataset.Outcome evaluate(Dataset dataset, Protocol protocol) throws Exception {
        return EvaluateDataset.run(dataset, "p", "gt", protocol, Progress.silent(), new Cancellation());
    }

    @Test
    void aSampleWithoutMeasuredDepthIsUnscoredAndTheOthersAreScored() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            EvaluateDataset.Outcome outcome = evaluate(dataset, Protocol.named("article-fixed"));

            assertThat(outcome.scored()).isEqualTo(1);
            assertThat(outcome.unscored()).containsExactly(
                    new EvaluateDataset.Unscored("unmeasured", "expected measured depth gt, found none"));
        }
    }

    @Test
    void aDamagedFileIsUnscored() throws Exception {
        Files.write(folder.resolve("depth.png"), new byte[]{1, 2, 3});
        try (Dataset dataset = datasets.open("d")) {
            assertThat(evaluate(dataset, Protocol.named("article-fixed")).unscored()).hasSize(2)
                    .anySatisfy(unscored -> assertThat(unscored.reason()).contains("depth.png"));
        }
    }

    @Test
    void defectEndsTheRunAndIsNotRecordedForASample() {
        try (Dataset dataset = datasets.open("d")) {
            predict(dataset.samples().getFirst(), "no-such-kernel");

            assertThatThrownBy(() -> evaluate(dataset, Protocol.named("article-fixed")))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no-such-kernel");
        }
    }

    @Test
    void numbersOfAnotherDefinitionAreDeletedAndThoseOfTheSameStay() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            evaluate(dataset, new ArticleAlignedProtocol());
            dataset.samples().getFirst().setNumber("p.article-aligned.mark", 1);
            evaluate(dataset, new ArticleAlignedProtocol());
            assertThat(dataset.count("p.article-aligned.mark")).isEqualTo(1);
            String hash = dataset.evaluations().getFirst().hash();
            assertThat(hash).isEqualTo(new ArticleAlignedProtocol().hash());

            evaluate(dataset, new ArticleAlignedProtocol(0.5f));
            assertThat(dataset.evaluations().getFirst().hash()).isNotEqualTo(hash);
            assertThatThrownBy(() -> dataset.count("p.article-aligned.mark")).hasMessageContaining("mark");
        }
    }

    @Test
    void pixelsWithoutAPredictionAreNotedOnceForAllSamples() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Path depth = folder.resolve("depth.png");
            dataset.add(SampleDraft.of("second", folder.resolve("picture.png"), SIDE, SIDE).withMeasured("gt", depth,
                    new DepthEncoding.UnitsPerMetre(1000)));
            for (Sample sample : dataset) {
                Plane half = ramp(1);
                Arrays.fill(half.array(), 0, sample.name().equals("second") ? 16 : 32, Float.NaN);
                sample.setPrediction("holes", new Prediction(DepthKind.METRIC, half), "torch-bilinear",
                        Provenance.of("m"));
            }
            EvaluateDataset.Outcome outcome = EvaluateDataset.run(dataset, "holes", "gt", Protocol.named("metric"),
                    Progress.silent(), new Cancellation());
            assertThat(outcome.notes()).singleElement().asString()
                    .startsWith("measured: 32 of 256 measured pixels have no positive prediction")
                    .endsWith("likewise 1 other sample");
        }
    }

    @Test
    void fieldsOfTheWrongTypeAndWithoutPredictionsAreRefused() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            assertThatThrownBy(() -> EvaluateDataset.run(dataset, "p", "p", Protocol.named("article-fixed"),
                    Progress.silent(), new Cancellation())).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("field p of dataset d: expected measured depth, found none");
            assertThatThrownBy(() -> DefaultProtocol.of(dataset, "nothing"))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected predictions");
            assertThatThrownBy(() -> DefaultProtocol.of(dataset, "gt")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found measured depth");
        }
    }
}
