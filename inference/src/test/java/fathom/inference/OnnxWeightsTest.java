package fathom.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.models.ModelOptions;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

/** ONNX files with external weights, and ports of other types than float32. */
class OnnxWeightsTest {
    private static final int OFFSET = 5;
    private static final float[] WEIGHTS = {0.5f, -2, 3};

    @TempDir
    Path folder;

    private static DepthEstimator open(Path file) {
        return Estimators.open(file.toString(),
                EstimatorOptions.defaults().withThreads(1).withModel(ModelOptions.of(Map.of("kind", "metric"))));
    }

    private static byte[] weights() {
        ByteBuffer bytes = ByteBuffer.allocate(OFFSET + Float.BYTES * WEIGHTS.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(OFFSET);
        for (float weight : WEIGHTS) {
            bytes.putFloat(weight);
        }
        return bytes.array();
    }

    private static TinyOnnx weighted(String location) {
        return new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.FLOAT32, 1, 1, 4, 6)
                .tensor(new Tensor("w", DataType.FLOAT32, Shape.of(1, 3, 1, 1),
                        new Tensor.External(location, OFFSET, Float.BYTES * 3)))
                .node("Conv", List.of("x", "w"), "y");
    }

    private static void assertWeighted(Path file) {
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = (byte) 255;
        image.array()[2] = (byte) 51;
        try (DepthEstimator model = open(file)) {
            assertThat(model.estimate(image).prediction().values().get(0, 0)).isCloseTo(0.5f + 0.6f, within(1e-6f));
            assertThat(model.description().weightsHash()).hasSize(64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.onnx.data", "model.onnx_data", "weights/a b.bin"})
    void weightsNextToTheModelAreFound(String location) throws IOException {
        Path file = weighted(location).write(folder.resolve("model.onnx"));
        Files.createDirectories(folder.resolve(location).getParent());
        Files.write(folder.resolve(location), weights());
        assertWeighted(file);
    }

    @Test
    void modelAndWeightsMayBeLinksAsInTheHubsCache() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("models--a--b/blobs"));
        Path snapshot = Files.createDirectories(folder.resolve("models--a--b/snapshots/1/onnx"));
        Path model = weighted("model.onnx_data").write(blobs.resolve("a1"));
        Path data = Files.write(blobs.resolve("b2"), weights());
        try {
            Files.createSymbolicLink(snapshot.resolve("model.onnx"), snapshot.relativize(model));
            Files.createSymbolicLink(snapshot.resolve("model.onnx_data"), snapshot.relativize(data));
        } catch (IOException | UnsupportedOperationException e) {
            abort("SKIPPED: no symbolic links here: " + e);
        }
        assertWeighted(snapshot.resolve("model.onnx"));
    }

    @Test
    void missingOrTruncatedWeightsAreNamed() throws IOException {
        Path file = weighted("model.onnx_data").write(folder.resolve("model.onnx"));
        assertThatThrownBy(() -> open(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected its weights in model.onnx_data next to it, found no such file");
        Files.write(folder.resolve("model.onnx_data"), new byte[OFFSET + 4]);
        assertThatThrownBy(() -> open(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("up to byte 17, found only 9 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.onnx_data", "a/../../model.onnx_data", "/etc/hostname"})
    void weightsOutsideTheModelsFolderAreRefused(String location) throws IOException {
        Files.write(folder.resolve("model.onnx_data"), weights());
        Path file = weighted(location).write(folder.resolve("inside/model.onnx"));
        assertThatThrownBy(() -> open(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected the weights in a file of the model's folder");
    }

    @ParameterizedTest
    @EnumSource(value = DataType.class, names = {"FLOAT16", "FLOAT64", "BFLOAT16"})
    void numbersAreConvertedFromAndToOtherTypes(DataType type) throws IOException {
        Path file = new TinyOnnx().input("x", type, 1, 3, 4, 6).output("y", type, 1, 1, 4, 6).channel("x", 1, 0, "y")
                .write(folder.resolve("typed.onnx"));
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = 100;
        try (DepthEstimator model = open(file)) {
            Plane depth = model.estimate(image).prediction().values();
            // Bfloat16 keeps 8 bits.
            assertThat(depth.get(0, 0)).isCloseTo(100 / 255f,
                    within(type == DataType.BFLOAT16 ? 1f / 512 : type == DataType.FLOAT16 ? 1f / 4096 : 1e-7f));
            assertThat(depth.get(0, 1)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = DataType.class, names = {"UINT8", "INT8", "INT32", "INT64"})
    void integerOutputsAreRead(DataType type) throws IOException {
        Path file = new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", type, 1, 1, 4, 6)
                .numbers("hundred", Shape.of(1), 100).node("Mul", List.of("x", "hundred"), "large")
                .channel("large", 1, 0, "one").node("Cast", List.of("one"), "y", Attribute.of("to", (long) type.code()))
                .write(folder.resolve("typed.onnx"));
        RgbImage image = RgbImage.allocate(4, 6);
        image.array()[0] = (byte) 255;
        try (DepthEstimator model = open(file)) {
            assertThat(model.estimate(image).prediction().values().get(0, 0)).isEqualTo(100);
        }
    }

    @Test
    void booleanOutputIsRejected() throws IOException {
        Path file = new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.BOOL, 1, 1, 4, 6)
                .channel("x", 1, 0, "one")
                .node("Cast", List.of("one"), "y", Attribute.of("to", (long) DataType.BOOL.code()))
                .write(folder.resolve("typed.onnx"));
        assertThatThrownBy(() -> open(file)).hasMessageContaining("expected one float output that is a map")
                .hasMessageContaining("y of another type [1, 1, 4, 6]");
    }
}
