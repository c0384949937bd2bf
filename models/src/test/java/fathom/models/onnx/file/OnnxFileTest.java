package fathom.models.onnx.file;

import java.util.Arrays;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OnnxFileTest {
    private static byte[] model() {
        GraphBuilder g = new GraphBuilder("model");
        Value x = g.input("x", DataType.FLOAT32, Shape.of(1, 3, 4, 4));
        g.output("a", g.relu(x));
        g.output("b", g.exp(g.sub(x, g.scalar(1))));
        return g.build().toBytes();
    }

    @Test
    void modelWithoutOtherFilesIsReadAlone() {
        OnnxFile file = OnnxFile.of("model.onnx", model());
        assertThat(file.hasExternalWeights()).isFalse();
        assertThat(file.lastOperators("b")).containsExactly("Exp", "Sub");
        assertThat(file.lastOperators("y")).isEmpty();
    }

    @Test
    void truncatedFileIsRejectedOrStillAModel() {
        byte[] whole = model();
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            try {
                OnnxFile.of("model.onnx", part);
            } catch (CheckpointException e) {
                assertThat(e).hasMessageStartingWith("model.onnx: expected an ONNX model");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 2);
    }

    @Test
    void deeplyNestedGraphsAreRejected() {
        byte[] bytes = {};
        // Model → graph → node → attribute → graph …, each inside the next.
        for (int depth = 0; depth < 80; depth++) {
            bytes = wrapped(1, wrapped(5, wrapped(6, bytes)));
        }
        byte[] endless = wrapped(7, bytes);
        assertThatThrownBy(() -> OnnxFile.of("model.onnx", endless)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("more than 64 deep");
    }

    private static byte[] wrapped(int field, byte[] content) {
        byte[] bytes = new byte[content.length + 3];
        bytes[0] = (byte) ((field << 3) | 2);
        bytes[1] = (byte) ((content.length & 0x7F) | 0x80);
        bytes[2] = (byte) (content.length >> 7);
        System.arraycopy(content, 0, bytes, 3, content.length);
        return bytes;
    }
}
