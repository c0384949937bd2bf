package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What is assumed about ONNX files that do not state their preprocessing, and what is said about it. */
class OnnxPreprocessingTest {
    private static final Map<String, List<Integer>> OPEN_SIZE = Map.of("x", List.of(2, 3), "y", List.of(2, 3));

    @TempDir
    Path folder;

    private static DepthEstimator open(Path file, String... options) {
        Map<String, String> chosen = new HashMap<>();
        for (String option : options) {
            chosen.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return Estimators.open(file.toString(),
                EstimatorOptions.defaults().withThreads(1).withModel(ModelOptions.of(chosen)));
    }

    private static TinyOnnx tiny() {
        return new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.FLOAT32, 1, 1, 4, 6);
    }

    /** Adds a first layer that passes red. */
    private static TinyOnnx layer(TinyOnnx model, String from) {
        return model.numbers("w", Shape.of(1, 3, 1, 1), 1, 0, 0).node("Conv", List.of(from, "w"), "y");
    }

    private static float red(DepthEstimator model, int level) {
        RgbImage image = RgbImage.allocate(4, 6);
        for (int i = 0; i < image.array().length; i += 3) {
            image.array()[i] = (byte) level;
        }
        return model.estimate(image).prediction().values().get(0, 0);
    }

    @Test
    void unstatedPreprocessingIsWarnedAboutWithARemedy() throws IOException {
        Path file = layer(tiny(), "x").write(folder.resolve("model.onnx"));
        try (DepthEstimator model = open(file, "kind=metric")) {
            assertThat(model.warnings()).singleElement().asString()
                    .contains("neither the graph nor a file states the preprocessing");
            assertThat(model.remedies()).singleElement().isInstanceOf(Remedy.StatePreprocessing.class);
            assertThat(red(model, 255)).isEqualTo(1);
        }
        for (String stated : List.of("mean=0,0,0", "std=1,1,1", "scale=1")) {
            try (DepthEstimator model = open(file, "kind=metric", stated)) {
                assertThat(model.warnings()).as(stated).isEmpty();
                assertThat(model.remedies()).isEmpty();
            }
        }
        Files.writeString(folder.resolve("model.yaml"), "kind: metric\nscale: 255\n");
        try (DepthEstimator model = open(file)) {
            assertThat(model.warnings()).isEmpty();
            assertThat(red(model, 255)).isEqualTo(255);
        }
    }

    @Test
    void graphThatSubtractsAMeanOfValuesFromZeroToOneNeedsNoWarning() throws IOException {
        TinyOnnx model = tiny().numbers("mean", Shape.of(1, 3, 1, 1), 0.5f, 0.4f, 0.4f)
                .numbers("std", Shape.of(1, 3, 1, 1), 0.25f, 0.2f, 0.2f).node("Sub", List.of("x", "mean"), "a")
                .node("Div", List.of("a", "std"), "b");
        try (DepthEstimator one = open(layer(model, "b").write(folder.resolve("model.onnx")), "kind=metric")) {
            assertThat(one.warnings()).isEmpty();
            assertThat(red(one, 255)).isCloseTo(2, within(1e-6f));
        }
    }

    /** The same network with a graph that takes levels, in the forms that exporters write. */
    @ParameterizedTest
    @CsvSource({"levels", "divided", "multiplied", "batch"})
    void graphThatNormalisesLevelsIsPassedLevels(String form) throws IOException {
        TinyOnnx model = tiny();
        switch (form) {
            case "levels" ->
                model.numbers("mean", Shape.of(1, 3, 1, 1), 127.5f, 100, 100).numbers("std", Shape.of(1), 127.5f)
                        .node("Sub", List.of("x", "mean"), "a").node("Div", List.of("a", "std"), "b");
            case "divided" -> model.numbers("half", Shape.of(1), 127.5f).numbers("one", Shape.of(1), 1)
                    .node("Div", List.of("x", "half"), "a").node("Sub", List.of("a", "one"), "b");
            case "multiplied" -> model.numbers("inverse", Shape.of(1), 1 / 127.5f).numbers("one", Shape.of(1), -1)
                    .node("Mul", List.of("inverse", "x"), "a").node("Add", List.of("one", "a"), "b");
            default -> model.numbers("scale", Shape.of(3), 1, 1, 1).numbers("shift", Shape.of(3), 0, 0, 0)
                    .numbers("mean", Shape.of(3), 127.5f, 127.5f, 127.5f)
                    .numbers("variance", Shape.of(3), 127.5f * 127.5f, 127.5f * 127.5f, 127.5f * 127.5f)
                    .node("BatchNormalization", List.of("x", "scale", "shift", "mean", "variance"), "b");
        }
        try (DepthEstimator one = open(layer(model, "b").write(folder.resolve("model.onnx")), "kind=metric")) {
            assertThat(one.warnings()).singleElement().asString().contains("values from 0 to 255");
            assertThat(red(one, 255)).isCloseTo(1, within(1e-4f));
            assertThat(red(one, 0)).isCloseTo(-1, within(1e-4f));
        }
    }

    @Test
    void gainOfTheGraphIsNoNormalisation() throws IOException {
        TinyOnnx model = tiny().numbers("gain", Shape.of(1, 3, 1, 1), 1, 10, 100).node("Mul", List.of("x", "gain"),
                "a");
        try (DepthEstimator one = open(layer(model, "a").write(folder.resolve("model.onnx")), "kind=metric")) {
            assertThat(one.warnings()).hasSize(1);
            assertThat(red(one, 255)).isEqualTo(1);
        }
    }

    @Test
    void meanOfTheRepositoryIsNotSubtractedTwice() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"dpt\"}");
        Files.writeString(folder.resolve("preprocessor_config.json"),
                "{\"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5]}");
        TinyOnnx model = tiny().numbers("half", Shape.of(1), 0.5f).node("Sub", List.of("x", "half"), "a").node("Div",
                List.of("a", "half"), "b");
        try (DepthEstimator one = open(layer(model, "b").write(folder.resolve("model.onnx")))) {
            assertThat(one.warnings()).singleElement().asString().contains("The graph subtracts a mean");
            assertThat(red(one, 255)).isEqualTo(1);
        }
    }

    /** A network of patches fails on other sizes; the size of its position embeddings is its trained size. */
    @ParameterizedTest
    @CsvSource({"14, 15, 14, 378, 0", "14, 1370, 14, 518, 0", "16, 577, 16, 384, 0", "8, 15, 32, 384, 0",
            "2, 15, 32, 384, 0", "1, 15, 1, 384, 0", "14, 15, 1, 384, 1"})
    void openSizeIsAMultipleThatTheNetworkAccepts(int stride, int tokens, int multiple, int side, int resized)
            throws IOException {
        TinyOnnx model = tiny().numbers("w", Shape.of(1, 3, stride, stride), new float[3 * stride * stride])
                .numbers("positions", Shape.of(1, tokens, 16), new float[16 * tokens]);
        String from = "x";
        if (resized == 1) {
            model.numbers("scales", Shape.of(4), 1, 1, 14, 14).node("Resize", List.of("x", "", "scales"), "r");
            from = "r";
        }
        model.node("Conv", List.of(from, "w"), "y",
                new Attribute.Ints("strides", List.of((long) stride, (long) stride)));
        Path file = model.write(folder.resolve("model.onnx"), OPEN_SIZE);
        try (DepthEstimator one = open(file, "kind=metric", "scale=1")) {
            assertShape(one, 40, 60, side, side);
        }
        try (DepthEstimator one = open(file, "kind=metric", "scale=1", "fit=own")) {
            assertShape(one, 131, 97, 131 / multiple * multiple, 97 / multiple * multiple);
        }
        try (DepthEstimator one = open(file, "kind=metric", "scale=1", "size=30,41")) {
            assertShape(one, 131, 97, 30, 41);
        }
    }

    private static void assertShape(DepthEstimator model, int height, int width, int rows, int columns) {
        FloatTensor pixels = ((PreparedInput.Numbers) model.prepare(RgbImage.allocate(height, width))).pixels();
        assertThat(List.of(pixels.height(), pixels.width())).isEqualTo(List.of(rows, columns));
    }

    @Test
    void openSideTakesTheFixedSideOfTheOther() throws IOException {
        Path file = layer(tiny(), "x").write(folder.resolve("model.onnx"), Map.of("x", List.of(3), "y", List.of(2, 3)));
        try (DepthEstimator one = open(file, "kind=metric", "scale=1")) {
            assertShape(one, 40, 60, 4, 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 1 1 4 6", "5, 1 1 1 4 6", "4, 1 4 6", "4, 4 6", "4, 1 4 6 1", "4, 1 1 4 6"})
    void onePictureInAnyNumberOfAxesGivesOneMap(int axes, String shape) throws IOException {
        int[] output = java.util.Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray();
        TinyOnnx model = new TinyOnnx()
                .input("pixel_values", DataType.FLOAT32, axes == 5 ? new int[]{1, 1, 3, 4, 6} : new int[]{1, 3, 4, 6})
                .output("predicted_depth", DataType.FLOAT32, output).channel("pixel_values", axes - 3, 1, "green")
                .integers("shape", java.util.Arrays.stream(output).asLongStream().toArray())
                .node("Reshape", List.of("green", "shape"), "predicted_depth");
        Path file = axes == 5
                ? model.write(folder.resolve("model.onnx"), Map.of("pixel_values", List.of(0, 1)))
                : model.write(folder.resolve("model.onnx"));
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[image.rowStart(3) + 5 * 3 + 1] = (byte) 255;
        try (DepthEstimator one = open(file, "kind=metric", "scale=1")) {
            Plane depth = one.estimate(image).prediction().values();
            assertThat(List.of(depth.height(), depth.width())).isEqualTo(List.of(4, 6));
            assertThat(depth.get(3, 5)).isEqualTo(1);
            assertThat(depth.get(0, 0)).isZero();
        }
    }

    @Test
    void severalImagesPerBatchAreRefused() throws IOException {
        Path file = new TinyOnnx().input("x", DataType.FLOAT32, 1, 2, 3, 4, 6).output("y", DataType.FLOAT32, 1, 2, 4, 6)
                .node("Relu", List.of("x"), "y").write(folder.resolve("model.onnx"));
        assertThatThrownBy(() -> open(file, "kind=metric")).hasMessageContaining("[1, 1, 3, H, W]")
                .hasMessageContaining("x FLOAT32 [1, 2, 3, 4, 6]");
    }

    private Path depthAnything(String name, String input, String output, String last) throws IOException {
        TinyOnnx model = new TinyOnnx().input(input, DataType.FLOAT32, 1, 3, 14, 28)
                .output(output, DataType.FLOAT32, 1, 1, 14, 28).numbers("w", Shape.of(1, 3, 1, 1), 1, 0, 0)
                .node("Conv", List.of(input, "w"), "layer");
        if (last.equals("Sigmoid")) {
            model.node(last, List.of("layer"), "unit").numbers("max_depth", Shape.of(1), 20).node("Mul",
                    List.of("unit", "max_depth"), output);
        } else {
            model.node(last, List.of("layer"), output);
        }
        return model.write(folder.resolve(name), Map.of(input, List.of(2, 3), output, List.of(2, 3)));
    }

    @ParameterizedTest
    @CsvSource({"depth_anything_v2_vits_dynamic.onnx, image, depth, Relu, affine-invariant-inverse",
            "depth_anything_vitl14.onnx, image, depth, Identity, affine-invariant-inverse",
            "depth-anything-v2-small.onnx, pixel_values, predicted_depth, Relu, affine-invariant-inverse",
            "depth_anything_v2_vits_indoor_dynamic.onnx, image, depth, Sigmoid, metric",
            "depth_anything_v2_vits.onnx, image, depth, Sigmoid, metric"})
    void exportOfDepthAnythingIsPreparedAsItsAuthorsDo(String name, String input, String output, String last,
            String kind) throws IOException {
        try (DepthEstimator model = open(depthAnything(name, input, output, last))) {
            assertThat(model.description().architecture()).isEqualTo("onnx/depth_anything");
            assertThat(model.description().kind().label()).isEqualTo(kind);
            assertThat(model.description().resampling()).isEqualTo("torch-bicubic");
            assertThat(model.warnings()).singleElement().asString().contains("The model is taken for a",
                    kind.equals("metric") ? "metric Depth Anything" : "relative Depth Anything", "set kind if");
            FloatTensor pixels = ((PreparedInput.Numbers) model.prepare(RgbImage.allocate(480, 640))).pixels();
            assertThat(List.of(pixels.height(), pixels.width())).isEqualTo(List.of(518, 686));
            assertThat(pixels.values()[0]).isCloseTo(-0.485f / 0.229f, within(1e-5f));
        }
    }

    @Test
    void kindIsAskedForIfFileNameAndGraphDisagree() throws IOException {
        Path file = depthAnything("depth_anything_v2_metric_hypersim_vits.onnx", "image", "depth", "Relu");
        assertThatThrownBy(() -> open(file)).hasMessageContaining("expected the option kind");
        try (DepthEstimator model = open(file, "kind=metric")) {
            assertThat(model.description().kind()).isEqualTo(DepthKind.METRIC);
            assertThat(model.warnings()).isEmpty();
        }
    }

    /** The configuration of the repository states the kind, and the folder's kernel. */
    @ParameterizedTest
    @CsvSource({"depth_anything, torch-bicubic", "dpt, torch-bicubic", "glpn, torch-bicubic", "zoedepth, torch-bicubic",
            "depth_pro, torch-bilinear"})
    void mapIsResizedByTheKernelOfTheSameModelAsAFolder(String type, String kernel) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"" + type + "\"}");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{\"size\": 28}");
        try (DepthEstimator model = open(depthAnything("model.onnx", "pixel_values", "predicted_depth", "Relu"))) {
            assertThat(model.description().resampling()).isEqualTo(kernel);
        }
        try (DepthEstimator model = open(folder.resolve("model.onnx"), "resize=opencv-cubic")) {
            assertThat(model.description().resampling()).isEqualTo("opencv-cubic");
        }
    }
}
