package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** Known families of ONNX models are recognised by their ports, with the preprocessing and postprocessing of their authors. */
class OnnxFamiliesTest {
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    @TempDir
    Path folder;

    private static DepthEstimator open(Path file, String... options) {
        Map<String, String> all = new TreeMap<>();
        for (String option : options) {
            all.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return Estimators.open(file.toString(),
                EstimatorOptions.defaults().withThreads(1).withModel(ModelOptions.of(all)));
    }

    private static RgbImage picture(int height, int width) {
        RgbImage image = RgbImage.allocate(height, width);
        for (int i = 0; i < image.array().length; i++) {
            image.array()[i] = (byte) (i * 53 % 251);
        }
        return image;
    }

    private static RgbImage grey(int height, int width, int level) {
        RgbImage image = RgbImage.allocate(height, width);
        Arrays.fill(image.array(), (byte) level);
        return image;
    }

    private static FloatTensor pixels(DepthEstimator estimator, RgbImage image) {
        return ((PreparedInput.Numbers) estimator.prepare(image)).pixels();
    }

    private Path hub(String config, String preprocessor) throws IOException {
        Path file = new TinyOnnx().input("pixel_values", DataType.FLOAT32, 1, 3, 14, 28)
                .output("predicted_depth", DataType.FLOAT32, 1, 1, 14, 28)
                .channel("pixel_values", 1, 2, "predicted_depth").write(folder.resolve("onnx/model.onnx"),
                        Map.of("pixel_values", List.of(0, 2, 3), "predicted_depth", List.of(0, 2, 3)));
        Files.writeString(folder.resolve("config.json"), config);
        Files.writeString(folder.resolve("preprocessor_config.json"), preprocessor);
        return file;
    }

    @Test
    void exportOfTheHubUsesThePreprocessingOfItsRepository() throws IOException {
        Path file = hub("{\"model_type\": \"depth_anything\"}", """
                {"do_normalize": true, "do_rescale": true, "do_resize": true, "ensure_multiple_of": 14,
                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
                 "keep_aspect_ratio": true, "resample": 3, "size": {"height": 28, "width": 28}}""");
        RgbImage image = picture(20, 30);
        // 28/30 changes less than 28/20: 18.67 × 28, to multiples of 14.
        RgbImage resized = RgbResampling.PILLOW_BICUBIC.resized(image, 14, 28);
        try (DepthEstimator model = open(file)) {
            Estimate estimate = model.estimate(image);
            Plane depth = estimate.prediction().values();
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(model.description().architecture()).isEqualTo("onnx/depth_anything");
            assertThat(depth.height()).isEqualTo(14);
            assertThat(depth.width()).isEqualTo(28);
            for (int row = 0; row < 14; row++) {
                for (int column = 0; column < 28; column++) {
                    float expected = (resized.get(row, column, 2) / 255f - MEAN[2]) / DEVIATION[2];
                    assertThat(depth.get(row, column)).isCloseTo(expected, within(1e-5f));
                }
            }
            assertThat(model.warnings()).isEmpty();
        }
    }

    @Test
    void kindOfAnExportOfTheHubComesFromItsConfiguration() throws IOException {
        String preprocessor = "{\"size\": 28}";
        String[][] expected = {{"{\"model_type\": \"glpn\"}", "metric"},
                {"{\"model_type\": \"dpt\"}", "affine-invariant-inverse"},
                {"{\"model_type\": \"depth_anything\", \"depth_estimation_type\": \"metric\"}", "metric"},
                {"{\"model_type\": \"metric3d\"}", "scale-invariant"}};
        for (String[] one : expected) {
            try (DepthEstimator model = open(hub(one[0], preprocessor))) {
                assertThat(model.description().kind().label()).as(one[0]).isEqualTo(one[1]);
            }
        }
        Path unknown = hub("{\"model_type\": \"sapiens\"}", preprocessor);
        assertThatThrownBy(() -> open(unknown)).hasMessageContaining("expected the option kind").satisfies(
                failure -> assertThat(HasRemedy.of(failure)).get(type(Remedy.DescribeModel.class)).satisfies(remedy -> {
                    assertThat(remedy.kinds()).contains("metric", "affine-invariant-inverse");
                    assertThat(remedy.file().toString()).endsWith(".yaml");
                    assertThat(remedy.content()).startsWith("kind: affine-invariant-inverse\n");
                }));
        try (DepthEstimator model = open(unknown, "kind=scale-invariant")) {
            assertThat(model.description().kind()).isEqualTo(DepthKind.SCALE_INVARIANT);
        }
    }

    @Test
    void glpnOfTheHubKeepsThePicturesSizeDownToMultiples() throws IOException {
        Path file = hub("{\"model_type\": \"glpn\"}", "{\"size_divisor\": 32, \"resample\": 2}");
        RgbImage image = picture(40, 70);
        RgbImage resized = RgbResampling.PILLOW_BILINEAR.resized(image, 32, 64);
        try (DepthEstimator model = open(file)) {
            Plane depth = model.estimate(image).prediction().values();
            assertThat(depth.height()).isEqualTo(32);
            assertThat(depth.width()).isEqualTo(64);
            assertThat(depth.get(31, 63)).isCloseTo(resized.get(31, 63, 2) / 255f, within(1e-6f));
        }
    }

    @Test
    void exportOfTheHubWithoutItsRepositoryWarnsThatPicturesAreNotNormalised() throws IOException {
        Path file = hub("{}", "{}");
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("preprocessor_config.json"));
        try (DepthEstimator model = open(file, "kind=metric")) {
            assertThat(model.warnings()).singleElement().asString().contains("preprocessor_config.json");
        }
        try (DepthEstimator model = open(file, "kind=metric", "mean=0.5,0.5,0.5")) {
            assertThat(model.warnings()).isEmpty();
        }
    }

    private Path depthPro() throws IOException {
        return new TinyOnnx().input("pixel_values", DataType.FLOAT32, 1, 3, 8, 8)
                .output("predicted_depth", DataType.FLOAT32, 1, 1, 8, 8).output("focallength_px", DataType.FLOAT32, 1)
                .channel("pixel_values", 1, 0, "predicted_depth").numbers("focal", Shape.of(1), 12)
                .node("Identity", List.of("focal"), "focallength_px").write(folder.resolve("depth-pro.onnx"));
    }

    @Test
    void depthProGivesMetresAndTheFocalLengthOfThePicture() throws IOException {
        RgbImage image = picture(4, 16);
        Plane red = Plane.allocate(4, 16);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 16; column++) {
                red.set(row, column, (image.get(row, column, 0) / 255f - 0.5f) / 0.5f);
            }
        }
        Plane expected = Resampling.TORCH_BILINEAR.resized(red, 8, 8);
        float[] depth;
        try (DepthEstimator model = open(depthPro())) {
            Estimate estimate = model.estimate(image);
            depth = estimate.prediction().values().toArray();
            assertThat(model.description().architecture()).isEqualTo("onnx/depth-pro");
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.METRIC);
            assertThat(depth).containsExactly(expected.toArray(), within(1e-6f));
            // 12 pixels of 8 are 24 of 16.
            assertThat(estimate.numbers().get("focal_length")).isCloseTo(24, within(1e-9));
            assertThat(estimate.numbers().get("field_of_view")).isCloseTo(Math.toDegrees(2 * Math.atan(8 / 24.0)),
                    within(1e-9));
        }
        try (DepthEstimator model = open(depthPro(), "focal=48")) {
            float[] twice = model.estimate(image).prediction().values().toArray();
            for (int i = 0; i < twice.length; i++) {
                assertThat(twice[i]).isCloseTo(2 * depth[i], within(1e-6f));
            }
        }
        Path file = depthPro();
        assertThatThrownBy(() -> open(file, "kind=affine-invariant"))
                .hasMessageContaining("option kind: expected none");
        try (DepthEstimator model = open(file, "kind=affine-invariant", "output=predicted_depth")) {
            assertThat(model.description().kind()).isEqualTo(DepthKind.AFFINE);
        }
    }

    private static final int ROWS = 6;
    private static final int COLUMNS = 8;
    private static final double FOCAL = 1.5;
    private static final double SHIFT = 0.4;

    private static double trueDepth(int row, int column) {
        return 2 + 0.1 * column + 0.2 * row;
    }

    /** A tilted plane seen by a camera of focal length FOCAL, nearer by SHIFT; the tokens are the scale. */
    private Path moge(int tokensRank) throws IOException {
        double diagonal = Math.hypot(COLUMNS, ROWS);
        float[] points = new float[ROWS * COLUMNS * 3];
        float[] mask = new float[ROWS * COLUMNS];
        float[] normals = new float[ROWS * COLUMNS * 3];
        for (int row = 0, i = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++, i++) {
                double z = trueDepth(row, column);
                points[3 * i] = (float) ((2 * column + 1 - COLUMNS) / diagonal * z / FOCAL);
                points[3 * i + 1] = (float) ((2 * row + 1 - ROWS) / diagonal * z / FOCAL);
                points[3 * i + 2] = (float) (z - SHIFT);
                mask[i] = column == 0 ? 0.3f : 0.9f;
                normals[3 * i + 2] = -2;
            }
        }
        TinyOnnx model = new TinyOnnx().input("image", DataType.FLOAT32, 1, 3, ROWS, COLUMNS)
                .output("points", DataType.FLOAT32, 1, ROWS, COLUMNS, 3)
                .output("normal", DataType.FLOAT32, 1, ROWS, COLUMNS, 3)
                .output("mask", DataType.FLOAT32, 1, ROWS, COLUMNS).output("metric_scale", DataType.FLOAT32, 1)
                .numbers("p", Shape.of(1, ROWS, COLUMNS, 3), points).numbers("m", Shape.of(1, ROWS, COLUMNS), mask)
                .numbers("n", Shape.of(1, ROWS, COLUMNS, 3), normals).integers("one", 1);
        model = tokensRank == 0
                ? model.input("num_tokens", DataType.INT64)
                : model.input("num_tokens", DataType.INT64, 1);
        return model.node("Identity", List.of("p"), "points").node("Identity", List.of("m"), "mask")
                .node("Identity", List.of("n"), "normal")
                .node("Cast", List.of("num_tokens"), "s", Attribute.of("to", 1L))
                .node("Reshape", List.of("s", "one"), "metric_scale")
                .write(folder.resolve("moge.onnx"), Map.of("image", List.of(0, 2, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void mogeGivesDepthPointsMaskNormalsAndCamera(int tokensRank) throws IOException {
        try (DepthEstimator model = open(moge(tokensRank), "num_tokens=3")) {
            assertThat(model.description().architecture()).isEqualTo("onnx/moge-2");
            Estimate estimate = model.estimate(picture(ROWS, COLUMNS));
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.METRIC);
            double fx = FOCAL / 2 * Math.hypot(COLUMNS, ROWS) / COLUMNS;
            double fy = FOCAL / 2 * Math.hypot(COLUMNS, ROWS) / ROWS;
            assertThat(estimate.numbers().get("metric_scale")).isEqualTo(3);
            assertThat(estimate.numbers().get("shift")).isCloseTo(SHIFT, within(2e-3));
            assertThat(estimate.numbers().get("fx")).isCloseTo(fx, within(2e-3));
            assertThat(estimate.numbers().get("fy")).isCloseTo(fy, within(2e-3));
            Plane depth = estimate.prediction().values();
            Plane x = estimate.map("points").orElseThrow().planes().get(0);
            for (int row = 0; row < ROWS; row++) {
                assertThat(depth.get(row, 0)).isInfinite();
                assertThat(estimate.map("mask").orElseThrow().plane().get(row, 0)).isZero();
                assertThat(estimate.map("normal").orElseThrow().planes().get(2).get(row, 0)).isZero();
                for (int column = 1; column < COLUMNS; column++) {
                    double z = 3 * trueDepth(row, column);
                    assertThat((double) depth.get(row, column)).isCloseTo(z, within(1e-2));
                    assertThat((double) x.get(row, column)).isCloseTo(((column + 0.5) / COLUMNS - 0.5) / fx * z,
                            within(1e-2));
                    assertThat(estimate.map("normal").orElseThrow().planes().get(2).get(row, column)).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void mogeInputIsThePictureAtFullSizeFromZeroToOne() throws IOException {
        try (DepthEstimator model = open(moge(0))) {
            RgbImage image = picture(5, 9);
            FloatTensor pixels = pixels(model, image);
            assertThat(pixels.height()).isEqualTo(5);
            assertThat(pixels.width()).isEqualTo(9);
            assertThat(pixels.values()[2 * 45 + 9 + 3]).isEqualTo(image.get(1, 3, 2) / 255f, within(1e-7f));
            assertThat(model.options()).containsKeys("num_tokens", "resolution_level", "apply_mask", "resize")
                    .doesNotContainKeys("kind", "mean");
            // Default: 3600 tokens.
            assertThat(model.estimate(picture(ROWS, COLUMNS)).numbers().get("metric_scale")).isEqualTo(3600);
        }
    }

    private Path metric3d(boolean takesMean) throws IOException {
        TinyOnnx model = new TinyOnnx().input("image", DataType.FLOAT32, 1, 3, 8, 16).output("pred_depth",
                DataType.FLOAT32, 1, 1, 8, 16);
        if (takesMean) {
            model.numbers("mean", Shape.of(1, 3, 1, 1), 123.675f, 116.28f, 103.53f)
                    .node("Sub", List.of("image", "mean"), "centred").channel("centred", 1, 1, "pred_depth");
        } else {
            model.channel("image", 1, 1, "pred_depth");
        }
        return model.write(folder.resolve("metric3d.onnx"));
    }

    @Test
    void metric3dScalesIntoTheInputAndKnowsTheCanonicalCamera() throws IOException {
        RgbImage image = grey(4, 4, 100);
        float fed = (100 - 116.28f) / 57.12f;
        try (DepthEstimator model = open(metric3d(false))) {
            assertThat(model.description().architecture()).isEqualTo("onnx/metric3d");
            float[] pixels = pixels(model, image).values();
            // 8 columns of the picture in the midst of 16; around it ImageNet's mean as bytes.
            for (int column = 0; column < 16; column++) {
                float level = column < 4 || column >= 12 ? 116 : 100;
                assertThat(pixels[8 * 16 + column]).isCloseTo((level - 116.28f) / 57.12f, within(1e-5f));
            }
            Estimate estimate = model.estimate(image);
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.SCALE_INVARIANT);
            assertThat(estimate.prediction().values().height()).isEqualTo(8);
            assertThat(estimate.prediction().values().width()).isEqualTo(8);
            for (float depth : estimate.prediction().values().toArray()) {
                assertThat(depth).isCloseTo(fed, within(1e-5f));
            }
            assertThat(model.warnings()).singleElement().asString().contains("up to scale");
            assertThat(model.remedies())
                    .containsExactly(new Remedy.SetModelOption(List.of("fov_x=DEGREES", "focal=PIXELS")));
        }
        // 90 degrees over 4 pixels are 2 pixels of focal length, 4 of the input.
        for (String stated : List.of("fov_x=90", "focal=2")) {
            try (DepthEstimator model = open(metric3d(false), stated)) {
                Estimate estimate = model.estimate(image);
                assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.METRIC);
                assertThat(estimate.prediction().values().get(3, 3)).isCloseTo(fed * 4 / 1000, within(1e-6f));
                assertThat(model.warnings()).isEmpty();
            }
        }
    }

    @Test
    void metric3dThatTakesTheMeanItselfIsFedLevels() throws IOException {
        try (DepthEstimator model = open(metric3d(true))) {
            Plane depth = model.estimate(grey(4, 4, 100)).prediction().values();
            assertThat(depth.get(0, 0)).isCloseTo(100 - 116.28f, within(1e-4f));
        }
    }

    private Path midas(boolean takesMean) throws IOException {
        TinyOnnx model = new TinyOnnx().input("0", DataType.FLOAT32, 1, 3, 256, 256)
                .output("797", DataType.FLOAT32, 1, 256, 256).integers("size", 1, 256, 256);
        String from = "0";
        if (takesMean) {
            model.numbers("mean", Shape.of(1, 3, 1, 1), 0.5f, 0.5f, 0.5f).node("Sub", List.of("0", "mean"), "centred");
            from = "centred";
        }
        return model.channel(from, 1, 2, "blue").node("Reshape", List.of("blue", "size"), "797")
                .write(folder.resolve("model-small.onnx"));
    }

    @Test
    void midasSmallIsPreprocessedOutsideItsGraph() throws IOException {
        RgbImage image = picture(13, 21);
        Plane blue = Plane.allocate(13, 21);
        for (int row = 0; row < 13; row++) {
            for (int column = 0; column < 21; column++) {
                blue.set(row, column, (image.get(row, column, 2) / 255f - MEAN[2]) / DEVIATION[2]);
            }
        }
        float[] expected = Resampling.OPENCV_CUBIC.resized(blue, 256, 256).toArray();
        try (DepthEstimator model = open(midas(false))) {
            Estimate estimate = model.estimate(image);
            assertThat(model.description().architecture()).isEqualTo("onnx/midas-v21-small");
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(estimate.prediction().values().toArray()).containsExactly(expected, within(1e-5f));
        }
        try (DepthEstimator model = open(midas(true))) {
            float value = model.estimate(grey(9, 9, 200)).prediction().values().get(100, 100);
            assertThat(value).isCloseTo(200 / 255f - 0.5f, within(1e-5f));
        }
    }

    @Test
    void picturesOfOneSizeRunTogetherWhereTheModelTakesMany() throws IOException {
        // The difference from the mean of the batch depends on its members.
        TinyOnnx model = new TinyOnnx().input("x", DataType.FLOAT32, 2, 3, 4, 4)
                .output("depth", DataType.FLOAT32, 2, 1, 4, 4).integers("zero", 0)
                .node("ReduceMean", List.of("x", "zero"), "mean").node("Sub", List.of("x", "mean"), "centred")
                .channel("centred", 1, 0, "depth");
        Path open = model.write(folder.resolve("many.onnx"), Map.of("x", List.of(0), "depth", List.of(0)));
        try (DepthEstimator estimator = open(open, "kind=metric")) {
            List<Estimate> three = estimator.runAll(List.of(estimator.prepare(grey(4, 4, 51)),
                    estimator.prepare(grey(6, 4, 9)), estimator.prepare(grey(4, 4, 153))));
            assertThat(three.get(0).prediction().values().get(0, 0)).isCloseTo(-0.2f, within(1e-6f));
            assertThat(three.get(1).prediction().values().get(0, 0)).isZero();
            assertThat(three.get(2).prediction().values().get(0, 0)).isCloseTo(0.2f, within(1e-6f));
        }
        TinyOnnx one = new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 4)
                .output("depth", DataType.FLOAT32, 1, 1, 4, 4).channel("x", 1, 0, "depth");
        try (DepthEstimator estimator = open(one.write(folder.resolve("one.onnx")), "kind=metric")) {
            List<Estimate> two = estimator
                    .runAll(List.of(estimator.prepare(grey(4, 4, 51)), estimator.prepare(grey(4, 4, 153))));
            assertThat(two.get(0).prediction().values().get(0, 0)).isCloseTo(0.2f, within(1e-6f));
            assertThat(two.get(1).prediction().values().get(0, 0)).isCloseTo(0.6f, within(1e-6f));
        }
    }
}
