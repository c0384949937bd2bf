package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnx.proto.OnnxMl;
import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.models.ModelOptions;
import fathom.raster.RgbImage;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models that ONNX Runtime refuses: the message names the file and the engine's reason, in one line. */
class OnnxRefusedTest {
    @TempDir
    Path folder;

    private static TinyOnnx tiny() {
        return new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.FLOAT32, 1, 1, 4, 6);
    }

    private static OnnxMl.ModelProto.Builder proto() throws IOException {
        return OnnxMl.ModelProto.parseFrom(tiny().channel("x", 1, 0, "y").toBytes()).toBuilder();
    }

    private DepthEstimator open(byte[] bytes) throws IOException {
        return Estimators.open(Files.write(folder.resolve("model.onnx"), bytes).toString(), EstimatorOptions.defaults()
                .withThreads(1).withModel(ModelOptions.of(Map.of("kind", "metric", "scale", "1"))));
    }

    @Test
    void modelThatTheEngineDoesNotLoadIsInvalidData() throws IOException {
        Map<String, byte[]> refused = new LinkedHashMap<>();
        refused.put("Unsupported model IR version: 99", proto().setIrVersion(99).build().toByteArray());
        OnnxMl.ModelProto.Builder opset = proto();
        opset.getOpsetImportBuilder(0).setVersion(999);
        refused.put("opset", opset.build().toByteArray());
        OnnxMl.ModelProto.Builder domain = proto();
        domain.getGraphBuilder().getNodeBuilder(0).setDomain("com.other");
        refused.put("com.other", domain.build().toByteArray());
        refused.put("NoSuchOperator", tiny().node("NoSuchOperator", List.of("x"), "y").toBytes());
        refused.put("missing", tiny().node("Add", List.of("x", "missing"), "y").toBytes());
        refused.put("Incompatible dimensions",
                tiny().numbers("w", Shape.of(1, 3, 5, 5), new float[75]).node("Add", List.of("x", "w"), "y").toBytes());
        refused.put("weight_as_tensor_proto", tiny().node("Conv", List.of("x"), "y").toBytes());
        refused.forEach((reason, bytes) -> assertThatThrownBy(() -> open(bytes)).as(reason)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(folder.resolve("model.onnx") + ": ONNX Runtime does not load the model: ")
                .message().satisfies(message -> {
                    assertThat(message.lines()).hasSize(1);
                    assertThat(message).doesNotContain("onnxruntime_src", "Error code");
                }));
        assertThatThrownBy(() -> open(refused.get("Unsupported model IR version: 99")))
                .hasMessageContaining("Unsupported model IR version: 99");
        assertThatThrownBy(() -> open(refused.get("com.other"))).hasMessageContaining("com.other");
        assertThatThrownBy(() -> open(refused.get("NoSuchOperator"))).hasMessageContaining("NoSuchOperator");
    }

    @Test
    void modelThatFailsWhenItRunsIsNamedWithItsInput() throws IOException {
        // The shape is known only when the model runs: [5 + the largest value].
        byte[] bytes = tiny().node("ReduceMax", List.of("x"), "max").integers("row", -1)
                .node("Reshape", List.of("max", "row"), "flat")
                .node("Cast", List.of("flat"), "whole", new Attribute.Int("to", 7)).integers("five", 5)
                .node("Add", List.of("whole", "five"), "shape").node("Reshape", List.of("x", "shape"), "z")
                .channel("x", 1, 0, "r").node("ReduceSum", List.of("z"), "sum").node("Add", List.of("r", "sum"), "y")
                .toBytes();
        try (DepthEstimator model = open(bytes)) {
            assertThatThrownBy(() -> model.estimate(RgbImage.allocate(4, 6))).isInstanceOf(ModelRunException.class)
                    .hasMessageContaining("model.onnx").hasMessageContaining("Reshape");
        }
    }

    @Test
    void outputThatIsNoMapIsRefusedByItsName() throws IOException {
        byte[] three = new TinyOnnx().input("x", DataType.FLOAT32, 1, 3, 4, 6).output("y", DataType.FLOAT32, 1, 3, 4, 6)
                .node("Relu", List.of("x"), "y").toBytes();
        assertThatThrownBy(() -> open(three)).hasMessageContaining("expected one float output that is a map")
                .hasMessageContaining("y FLOAT32 [1, 3, 4, 6]");
    }

    /** Any change of a byte gives a model that runs, or one of the exceptions that are explained. */
    @Test
    void changedBytesNeverCauseAnUnexpectedException() throws IOException {
        byte[] whole = tiny().numbers("w", Shape.of(1, 3, 3, 3), new float[27]).numbers("m", Shape.of(1), 3)
                .node("Sub", List.of("x", "m"), "z").node("Conv", List.of("z", "w"), "c")
                .node("Relu", List.of("c"), "y").toBytes();
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            for (int change = 0; change <= i % 3; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try (DepthEstimator model = open(changed)) {
                model.estimate(RgbImage.allocate(4, 6));
            } catch (CheckpointException | IllegalArgumentException | ModelRunException e) {
                assertThat(e.getMessage()).contains("model.onnx");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
