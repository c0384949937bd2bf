package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.ModelSource;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.WeightsHash;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnnxEstimatorTest {
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(2);

    @TempDir
    Path folder;

    @Test
    @Tag("photographs")
    void fastDepthGivesItsPublishedPrediction() throws IOException {
        NdArray rgb = Npy.read(Shared.path("data/fastdepth/deploy/data/rgb.npy"));
        float[] expected = Npy.read(Shared.path("data/fastdepth/deploy/data/pred.npy")).toFloats();
        float[] interleaved = rgb.toFloats();
        float[] planes = new float[interleaved.length];
        int pixels = 224 * 224;
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * pixels + i] = interleaved[3 * i + channel];
            }
        }
        try (DepthEstimator fastDepth = Estimators.open("fastdepth", OPTIONS)) {
            Plane depth = fastDepth.run(new PreparedInput.Numbers(224, 224, FloatTensor.wrap(planes, 3, 224, 224)))
                    .prediction().values();
            float[] values = depth.toArray();
            assertThat(values).hasSameSizeAs(expected);
            for (int i = 0; i < values.length; i++) {
                assertThat(Math.abs(values[i] - expected[i])).isLessThan(1e-4f);
            }
        }
    }

    @Test
    void measuringTheNumberOfThreadsChangesNoPrediction() {
        try (DepthEstimator fixed = Estimators.open("fastdepth", OPTIONS);
                DepthEstimator measured = Estimators.open("fastdepth", OPTIONS.withMeasuredThreads())) {
            RgbImage image = RgbImage.allocate(48, 64);
            for (int run = 0; run < 12; run++) {
                new Random(run).nextBytes(image.array());
                assertThat(measured.estimate(image).prediction().values().toArray())
                        .isEqualTo(fixed.estimate(image).prediction().values().toArray());
                assertThat(measured.threads().orElseThrow()).isBetween(1, 2);
            }
            assertThat(fixed.threads()).hasValue(2);
        }
    }

    @Test
    void fastDepthIsPackagedAndGivesMetresForAnyPicture() throws IOException {
        try (DepthEstimator fastDepth = Estimators.open("fastdepth", OPTIONS)) {
            RgbImage image = RgbImage.allocate(37, 61);
            Arrays.fill(image.array(), (byte) 120);
            Estimate estimate = fastDepth.estimate(image);
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.METRIC);
            assertThat(estimate.prediction().values().height()).isEqualTo(224);
            assertThat(estimate.prediction().valid().count()).isEqualTo(224 * 224);
            for (float depth : estimate.prediction().values().toArray()) {
                assertThat(depth).isBetween(0f, 20f);
            }
            byte[] model = ((ModelSource.Packaged) Catalogue.locate("fastdepth")).read();
            assertThat(fastDepth.description().weightsHash()).isEqualTo(WeightsHash.of(model));
            assertThat(fastDepth.description().licence()).isEqualTo("MIT");
        }
    }

    private Path brightness() throws IOException {
        GraphBuilder g = new GraphBuilder("brightness");
        Value x = g.input("picture", DataType.FLOAT32, Shape.of(1, 3, 4, 6));
        g.output("depth", g.slice(x, 1, 0, 1));
        return Files.write(folder.resolve("brightness.onnx"), g.build().toBytes());
    }

    @Test
    void imageToMapModelRunsWithAStatedKind() throws IOException {
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("kind", "scale-invariant")));
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[3] = (byte) 255;
        try (DepthEstimator model = Estimators.open(brightness().toString(), options)) {
            Estimate estimate = model.estimate(image);
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.SCALE_INVARIANT);
            assertThat(estimate.prediction().values().height()).isEqualTo(4);
            assertThat(estimate.prediction().values().get(0, 1)).isEqualTo(1f);
            assertThat(estimate.prediction().values().get(0, 0)).isZero();
        }
    }

    @Test
    void fastDepthFileIsRecognisedByItsPorts() throws IOException {
        byte[] model = ((ModelSource.Packaged) Catalogue.locate("fastdepth")).read();
        Path file = Files.write(folder.resolve("some.onnx"), model);
        try (DepthEstimator estimator = Estimators.open(file.toString(), OPTIONS)) {
            assertThat(estimator.description().kind()).isEqualTo(DepthKind.METRIC);
        }
    }

    @Test
    void meanAndDeviationOfAModelAreApplied() throws IOException {
        EstimatorOptions options = OPTIONS
                .withModel(ModelOptions.of(Map.of("kind", "metric", "mean", "0.5,0,0", "std", "0.25,1,1")));
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = (byte) 255;
        try (DepthEstimator model = Estimators.open(brightness().toString(), options)) {
            Plane values = model.estimate(image).prediction().values();
            assertThat(values.get(0, 0)).isEqualTo(2f);
            assertThat(values.get(0, 1)).isEqualTo(-2f);
        }
        for (String wrong : new String[]{"1", "1,2,x", "1,2,3,4", "", "1,NaN,2"}) {
            EstimatorOptions refused = OPTIONS.withModel(ModelOptions.of(Map.of("kind", "metric", "mean", wrong)));
            Path file = brightness();
            assertThatThrownBy(() -> Estimators.open(file.toString(), refused))
                    .hasMessageContaining("option mean: expected 3 numbers");
        }
    }

    @Test
    void unknownModelRequiresAKind() throws IOException {
        Path file = brightness();
        assertThatThrownBy(() -> Estimators.open(file.toString(), OPTIONS)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brightness.onnx").hasMessageContaining("expected the option kind");
    }

    @Test
    void modelWithTwoInputsIsRefused() throws IOException {
        GraphBuilder g = new GraphBuilder("two");
        Value a = g.input("a", DataType.FLOAT32, Shape.of(1, 3, 4, 6));
        Value b = g.input("b", DataType.FLOAT32, Shape.of(1, 3, 4, 6));
        g.output("sum", g.add(a, b));
        Path file = Files.write(folder.resolve("two.onnx"), g.build().toBytes());
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("kind", "metric")));
        assertThatThrownBy(() -> Estimators.open(file.toString(), options))
                .hasMessageContaining("expected one float input [1, 3, H, W]");
    }

    @Test
    void brokenFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.onnx"), "not a model");
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("kind", "metric")));
        assertThatThrownBy(() -> Estimators.open(file.toString(), options))
                .hasMessageContaining("broken.onnx: expected an ONNX model");
    }

    @Test
    void optionsThatAModelDoesNotKnowAreRefused() {
        EstimatorOptions options = OPTIONS.withModel(ModelOptions.of(Map.of("flip", "true")));
        assertThatThrownBy(() -> Estimators.open("floor", options))
                .hasMessageContaining("option flip: floor knows no options");
        assertThatThrownBy(() -> Estimators.open("fastdepth", options)).hasMessageContaining("fastdepth");
    }

    @Test
    void closedEstimatorRefusesToRun() {
        DepthEstimator fastDepth = Estimators.open("fastdepth", OPTIONS);
        fastDepth.close();
        fastDepth.close();
        PreparedInput input = fastDepth.prepare(RgbImage.allocate(2, 2));
        assertThatThrownBy(() -> fastDepth.run(input)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
