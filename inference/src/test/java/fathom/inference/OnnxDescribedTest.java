package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.resampling.RgbResampling;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** ONNX models that are described by a YAML file next to them, or by options. */
class OnnxDescribedTest {
    @TempDir
    Path folder;

    private static DepthEstimator open(Path file, Map<String, String> options) {
        return Estimators.open(file.toString(),
                EstimatorOptions.defaults().withThreads(1).withModel(ModelOptions.of(options)));
    }

    private Path described(TinyOnnx model, String yaml) throws IOException {
        Files.writeString(folder.resolve("own.yaml"), yaml);
        return model.write(folder.resolve("own.onnx"));
    }

    /** Returns a model that outputs the input channel {@code channel}. */
    private static TinyOnnx echo(int channel) {
        return new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.FLOAT32, 1, 1, 4, 6)
                .channel("x", 1, channel, "y");
    }

    private static RgbImage picture(int height, int width) {
        RgbImage image = RgbImage.allocate(height, width);
        for (int i = 0; i < image.array().length; i++) {
            image.array()[i] = (byte) (i * 29 % 253);
        }
        return image;
    }

    @Test
    void everyKeyOfADescriptionHasAnEffect() throws IOException {
        RgbImage image = picture(9, 7);
        RgbImage resized = RgbResampling.OPENCV_AREA.resized(image, 4, 6);
        for (int fed = 0; fed < 3; fed++) {
            Path file = described(echo(fed), """
                    # Blue comes first.
                    kind: metric
                    unit: mm
                    size: [4, 6]
                    fit: stretch
                    resample: opencv-area
                    scale: 255
                    mean: [10, 20, 30]
                    std: [2, 4, 8]
                    channels: bgr
                    layout: nchw
                    input: x
                    output: "y"
                    resize: torch-nearest
                    """);
            int channel = 2 - fed;
            try (DepthEstimator model = open(file, Map.of())) {
                Estimate estimate = model.estimate(image);
                assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.METRIC);
                assertThat(model.description().resampling()).isEqualTo("torch-nearest");
                float value = (resized.get(3, 5, channel) - 10f * (channel + 1)) / (2 << channel);
                assertThat(estimate.prediction().values().get(3, 5)).isCloseTo(value / 1000, within(1e-6f));
            }
        }
    }

    @Test
    void inputWithChannelsLastIsKnownByItsShapeAndMayTakeBytes() throws IOException {
        TinyOnnx model = new TinyOnnx().input("x", DataType.UINT8, 1, 4, 6, 3).output("y", DataType.FLOAT32, 1, 4, 6, 1)
                .node("Cast", List.of("x"), "f", Attribute.of("to", 1L)).channel("f", 3, 1, "y");
        RgbImage image = picture(4, 6);
        try (DepthEstimator estimator = open(described(model, "kind: scale-invariant"), Map.of())) {
            Plane depth = estimator.estimate(image).prediction().values();
            assertThat(depth.height()).isEqualTo(4);
            assertThat(depth.width()).isEqualTo(6);
            for (int column = 0; column < 6; column++) {
                assertThat(depth.get(2, column)).isEqualTo(image.get(2, column, 1));
            }
        }
        Path file = described(model, "kind: metric\nmean: [0.5, 0.5, 0.5]");
        assertThatThrownBy(() -> open(file, Map.of())).hasMessageContaining("whole numbers from 0 to 255");
    }

    @Test
    void inverseMetresBecomeMetres() throws IOException {
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = 51;
        try (DepthEstimator model = open(described(echo(0), "kind: metric\nunit: 1/m"), Map.of())) {
            Plane depth = model.estimate(image).prediction().values();
            assertThat(depth.get(0, 0)).isCloseTo(5, within(1e-5f));
            assertThat(depth.get(0, 1)).isInfinite();
        }
    }

    @Test
    void optionsOverrideTheDescription() throws IOException {
        Path file = described(echo(0), "kind: metric\nscale: 255");
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = 51;
        try (DepthEstimator model = open(file, Map.of("kind", "affine-invariant", "scale", "1"))) {
            assertThat(model.description().kind()).isEqualTo(DepthKind.AFFINE);
            assertThat(model.estimate(image).prediction().values().get(0, 0)).isCloseTo(0.2f, within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"own.yml", "own.onnx.yaml"})
    void otherNamesOfADescriptionAreFound(String name) throws IOException {
        Path file = echo(0).write(folder.resolve("own.onnx"));
        Files.writeString(folder.resolve(name), "kind: metric");
        try (DepthEstimator model = open(file, Map.of())) {
            assertThat(model.description().kind()).isEqualTo(DepthKind.METRIC);
        }
        Files.writeString(folder.resolve("own.yaml"), "kind: metric");
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected one description of own.onnx, found own.yaml too");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "kind: metric;colour: red|own.yaml: colour: expected a key among kind, unit, size",
            "kind: metres|own.yaml: kind: expected one of metric, scale-invariant, affine-invariant, affine-invariant-inverse, found metres",
            "kind: 3|own.yaml: kind: expected a word, found 3",
            "kind: metric;kind: metric|expected YAML, found: Duplicate",
            "kind: metric;size: big|size: expected one integer, or height and width, found \"big\"",
            "kind: metric;size: [4, 6, 8]|size: expected one integer, or height and width",
            "kind: metric;size: [0, 6]|size: expected one or two integers of 1 to 32768",
            "kind: metric;size: [8, 6]|size: expected the size that the input x FLOAT32 [1, 3, 4, 6] has, found 8,6",
            "kind: metric;mean: [1, 2]|mean: expected three numbers, found [1,2]",
            "kind: metric;mean: [1, 2, x]|mean: expected three numbers",
            "kind: metric;std: [1, 0, 1]|std: expected three numbers other than 0, found 1,0,1",
            "kind: metric;scale: -1|scale: expected a number above 0, found -1",
            "kind: metric;scale: wide|scale: expected a number, found \"wide\"",
            "kind: metric;channels: rbg|channels: expected one of rgb, bgr, found rbg",
            "kind: metric;layout: nhwc|layout: expected an order with 3 channels where the input",
            "kind: metric;fit: proportion|fit: expected stretch or pad, because the input",
            "kind: metric;fill: [1, 2, 3]|fill: expected none, because only fit pad fills around",
            "kind: metric;fit: pad;fill: [1, 2, 300]|fill: expected levels from 0 to 255, found 1,2,300",
            "kind: metric;multiple: 14|multiple: expected none, because the size is fixed",
            "kind: metric;multiple: 1.5|multiple: expected an integer, found 1.5",
            "kind: metric;resample: cubic|resample: expected the label of a kernel, such as pillow-bicubic",
            "kind: metric;resize: cubic|resize: expected the label of a kernel, such as torch-bilinear, found cubic",
            "kind: affine-invariant;unit: cm|unit: expected none, because only values of kind metric have a unit, found cm",
            "kind: affine-invariant;canonical_focal: 1000|canonical_focal: expected none, because only values of kind metric",
            "kind: metric;input: z|input: expected an input of numbers",
            "kind: metric;output: z|output: expected an output of numbers", "[1, 2]|expected lines of key: value",
            "''|expected lines of key: value", "kind: [metric|expected YAML, found",
            "kind: metric;---;kind: metric|expected YAML, found"})
    void mistakeInADescriptionIsNamed(String yaml, String expected) throws IOException {
        Path file = described(echo(0), yaml.replace(";", "\n"));
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("own.yaml").hasMessageContaining(expected);
    }

    @Test
    void hugeDescriptionIsNotRead() throws IOException {
        Path file = described(echo(0), "kind: metric\n" + "#".repeat(1 << 20));
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("at most 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"size|8|option size: expected the size that the input",
            "mean|1,2|option mean: expected 3 numbers separated by commas, found 1,2",
            "focal|100|this model's output does not depend on the camera", "flip|true|option flip",
            "kind|depth|option kind: expected one of metric"})
    void mistakeInAnOptionIsNamed(String key, String value, String expected) throws IOException {
        Path file = described(echo(0), "kind: metric");
        assertThatThrownBy(() -> open(file, Map.of(key, value))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void unknownModelShowsTheDescriptionThatIsMissing() throws IOException {
        Path file = echo(0).write(folder.resolve("own.onnx"));
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x FLOAT32 [1, 3, 4, 6]")
                .satisfies(failure -> assertThat(HasRemedy.of((Exception) failure)).get()
                        .isInstanceOfSatisfying(Remedy.DescribeModel.class, remedy -> {
                            assertThat(remedy.file().getFileName()).hasToString("own.yaml");
                            assertThat(remedy.content()).startsWith("kind: ").contains("mean: [");
                        }));
    }

    @Test
    void severalOutputsRequireAChoice() throws IOException {
        TinyOnnx model = new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6)
                .output("near", DataType.FLOAT32, 1, 1, 4, 6).output("far", DataType.FLOAT32, 1, 1, 4, 6)
                .channel("x", 1, 0, "near").channel("x", 1, 1, "far");
        Path file = model.write(folder.resolve("own.onnx"));
        assertThatThrownBy(() -> open(file, Map.of("kind", "metric")))
                .hasMessageContaining("expected one float output that is a map")
                .hasMessageContaining("with the key output");
        RgbImage image = picture(4, 6);
        try (DepthEstimator estimator = open(file, Map.of("kind", "metric", "output", "far"))) {
            assertThat(estimator.estimate(image).prediction().values().get(1, 1)).isCloseTo(image.get(1, 1, 1) / 255f,
                    within(1e-6f));
        }
    }

    @Test
    void unrelatedConfigFileIsIgnored() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"size\": 12}");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"resample\": 77}");
        try (DepthEstimator model = open(described(echo(0), "kind: metric"), Map.of())) {
            assertThat(model.description().architecture()).isEqualTo("onnx");
        }
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"dpt\"}");
        Path file = folder.resolve("own.onnx");
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("resample: expected a number of Pillow's kernels");
    }

    @Test
    void emptyFileIsNoModel() throws IOException {
        Path file = Files.createFile(folder.resolve("own.onnx"));
        assertThatThrownBy(() -> open(file, Map.of())).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("own.onnx: expected an ONNX model, found an empty file");
    }
}
