package fathom.workbench.evaluate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.npy.Npy;
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
import static org.assertj.core.api.Assertions.within;

class EvaluationWarningsTest {
    private static final int H = 48;
    private static final int W = 64;

    @TempDir
    private Path folder;

    private static Plane depth(int sample) {
        Plane plane = Plane.allocate(H, W);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = 1 + sample + 60f / (12 + i / W) + 0.01f * (i * 31 % 97);
        }
        return plane;
    }

    private static Plane inverse(Plane depth) {
        Plane inverse = depth.copy();
        for (int i = 0; i < inverse.size(); i++) {
            inverse.array()[i] = 1 / inverse.array()[i];
        }
        return inverse;
    }

    /** Evaluates five samples, of which those from {@code wrong} on have near and far exchanged. */
    private EvaluateDataset.Outcome evaluate(int wrong, String protocol) throws Exception {
        Path picture = folder.resolve("picture.png");
        Png.writeRgb(picture, RgbImage.allocate(H, W));
        try (Dataset dataset = Datasets.at(folder.resolve("home")).create("d" + wrong, DatasetOptions.of(folder))) {
            for (int i = 0; i < 5; i++) {
                Plane metres = depth(i);
                Path file = folder.resolve("depth" + i + ".npy");
                Npy.write(file, metres);
                Sample sample = dataset.add(
                        SampleDraft.of("s" + i, picture, H, W).withMeasured("gt", file, new DepthEncoding.Metres()));
                sample.setPrediction("p", new Prediction(DepthKind.AFFINE, i < wrong ? metres : inverse(metres)),
                        "torch-bilinear", Provenance.of("m"));
            }
            return EvaluateDataset.run(dataset, "p", "gt", Protocol.named(protocol), Progress.silent(),
                    new Cancellation());
        }
    }

    @Test
    void findingsOfTheSamplesAreOneWarningForEachKind() throws Exception {
        assertThat(evaluate(3, "article-aligned").warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo("polarity");
            assertThat(warning.sureness()).isEqualTo("high");
            assertThat(warning.samples()).isEqualTo(2);
            assertThat(warning.checked()).isEqualTo(5);
            assertThat(warning.sample()).isEqualTo("s3");
            assertThat(warning.numbers().get("spearman")).isCloseTo(-1, within(1e-6));
            assertThat(warning.text()).contains("near and far",
                    "(polarity, high sureness, 2 of 5 checked samples, " + "for example s3)");
            assertThat(warning.isDisplayed()).isTrue();
        });
        assertThat(evaluate(5, "article-fixed").warnings()).isEmpty();
    }

    @Test
    void comparedFilesAreChecked() throws Exception {
        Path truth = folder.resolve("truth.npy");
        Path prediction = folder.resolve("prediction.npy");
        Npy.write(truth, depth(0));
        Npy.write(prediction, inverse(depth(0)));
        CompareFiles.Options options = CompareFiles.Options.of(Protocol.named("article-fixed"));
        assertThat(CompareFiles.run(truth, prediction, options).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("polarity");
            assertThat(finding.text()).endsWith("(polarity, high sureness)");
        });
        CompareFiles.Options inverse = new CompareFiles.Options(options.protocol(), options.truth(),
                new CompareFiles.Predicted(Optional.of(DepthKind.AFFINE_INVERSE), Optional.empty(), List.of(),
                        options.predicted().reading()),
                Optional.empty());
        assertThat(CompareFiles.run(truth, prediction, inverse).findings()).isEmpty();
    }

    @Test
    void colourChannelAmongStoredNumbersIsFound() throws Exception {
        Plane truth = Plane.allocate(H, W);
        Plane red = Plane.allocate(H, W);
        for (int i = 0; i < truth.size(); i++) {
            int level = i / W * 3 + i % W;
            truth.array()[i] = level;
            // Rises to 254 in the middle and falls again, as the red channel of Spectral.
            red.array()[i] = (float) Math.rint(254 * Math.sin(Math.PI * (0.15 + 0.7 * level / 204)));
        }
        Path truthFile = folder.resolve("truth.png");
        Path redFile = folder.resolve("red.png");
        Png.writeGray8(truthFile, truth);
        Png.writeGray8(redFile, red);
        CompareFiles.Options options = CompareFiles.Options.of(Protocol.named("arrays"));
        assertThat(CompareFiles.run(truthFile, redFile, options).findings()).extracting(EvaluationWarning::kind)
                .containsExactly("colour-map");
        assertThat(CompareFiles.run(truthFile, truthFile, options).findings()).isEmpty();
    }
}
