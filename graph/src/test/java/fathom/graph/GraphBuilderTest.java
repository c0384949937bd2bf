package fathom.graph;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GraphBuilderTest {
    private final GraphBuilder g = new GraphBuilder("test");

    private Value value(int... dims) {
        return new Value("v" + Shape.of(dims), DataType.FLOAT32, Shape.of(dims));
    }

    @Test
    void convolutionKnowsItsShape() {
        assertThat(g.conv(value(2, 6, 11, 14), value(8, 3, 3, 5), ConvParameters.stride(2).pad(1).group(2)).shape())
                .isEqualTo(Shape.of(2, 8, 6, 6));
        assertThat(g.conv(value(1, 3, 9, 12), value(4, 3, 3, 3), ConvParameters.PLAIN.dilate(2).pad(2)).shape())
                .isEqualTo(Shape.of(1, 4, 9, 12));
        assertThat(g.convTranspose(value(1, 5, 6, 7), value(5, 4, 4, 4), value(4), ConvParameters.stride(4)).shape())
                .isEqualTo(Shape.of(1, 4, 24, 28));
        assertThat(g.averagePool(value(1, 3, 35, 44), 2, 2).shape()).isEqualTo(Shape.of(1, 3, 17, 22));
        assertThat(g.maxPool(value(1, 3, 35, 44), 3, ConvParameters.stride(2)).shape())
                .isEqualTo(Shape.of(1, 3, 17, 21));
    }

    @Test
    void wrongWeightIsReportedWithOperatorPlaceOperandAndShapes() {
        assertThatThrownBy(
                () -> g.scope("neck.convs.0").conv(value(1, 16, 8, 8), value(24, 12, 3, 3), ConvParameters.PLAIN))
                .isInstanceOf(ShapeException.class).hasMessageContaining("Conv at neck.convs.0")
                .hasMessageContaining("weight").hasMessageContaining("[1, 16, 8, 8]")
                .hasMessageContaining("found [24, 12, 3, 3]");
        assertThatThrownBy(() -> g.scope("encoder").linear(value(37, 48), value(96, 47), value(96)))
                .hasMessage("Gemm at encoder: weight: expected [n, 48] for input [37, 48], found [96, 47]");
        assertThatThrownBy(() -> g.linear(value(37, 48), value(96, 48), value(95)))
                .hasMessageContaining("bias: expected [96], found [95]");
        assertThatThrownBy(() -> g.layerNorm(value(1, 5, 24), value(24), value(23), 1e-6))
                .hasMessageContaining("bias: expected [24], found [23]");
        assertThatThrownBy(() -> g.matMul(value(3, 4, 5), value(3, 6, 7))).hasMessageContaining("[3, 4, 5]");
        assertThatThrownBy(() -> g.add(value(3, 4), value(3, 5))).hasMessageContaining("broadcast");
        assertThatThrownBy(() -> g.reshape(value(3, 4), 5, 2)).hasMessageContaining("expected 12 elements");
        assertThatThrownBy(() -> g.transpose(value(3, 4), 0, 0)).hasMessageContaining("permutation");
        assertThatThrownBy(() -> g.concat(1, value(3, 4), value(2, 4))).hasMessageContaining("axis 1");
        assertThatThrownBy(() -> g.slice(value(3, 4), 1, 2, 5)).hasMessageContaining("found 2 to 5");
        assertThatThrownBy(() -> g.expand(value(3, 4), 3, 1)).hasMessageContaining("expected [3, 4], found [3, 1]");
        assertThatThrownBy(() -> g.conv(value(1, 3, 2, 9), value(4, 3, 3, 3), ConvParameters.PLAIN))
                .hasMessageContaining("at least 3 rows");
        assertThatThrownBy(() -> g.groupNorm(value(1, 24, 2, 9), 7, value(24), value(24), 1e-5))
                .hasMessageContaining("7 groups");
        assertThatThrownBy(() -> g.attention(value(1, 5, 24), value(1, 5, 23), value(1, 5, 24), 4, 1))
                .hasMessageContaining("key: expected [1, 5, 24], found [1, 5, 23]");
        assertThatThrownBy(
                () -> g.attention(value(1, 5, 24), value(1, 5, 24), value(1, 5, 24), value(1, 4, 5, 6), 4, 1))
                .hasMessageContaining("bias: expected [1, 4, 5, 5]");
    }

    @Test
    void tensorWhoseBytesDoNotFitItsShapeIsRejected() {
        assertThatThrownBy(() -> new Tensor("w", DataType.FLOAT32, Shape.of(2, 3), new Tensor.External("f", 0, 20)))
                .hasMessageContaining("expected 24 bytes").hasMessageContaining("found 20");
    }

    @Test
    void operationsThatChangeNothingAddNoNode() {
        Value x = value(1, 2, 3, 4);
        assertThat(g.reshape(x, 1, 2, 3, 4)).isSameAs(x);
        assertThat(g.resize(x, 3, 4, ResizeMode.LINEAR)).isSameAs(x);
        assertThat(g.pad(x, 0, 0, 0, 0)).isSameAs(x);
        assertThat(g.build().nodes()).isEmpty();
    }

    @Test
    void valueCanBeOutputUnderTwoNames() {
        Value y = g.relu(g.input("x", DataType.FLOAT32, Shape.of(2)));
        g.output("first", y);
        g.output("second", y);
        OnnxModel model = g.build();
        assertThat(model.outputs()).extracting(Value::name).containsExactly("first", "second");
        assertThat(model.nodes()).extracting(Node::operator).containsExactly("Relu", "Identity");
        assertThat(model.nodes().get(0).outputs()).containsExactly("first");
        assertThat(model.nodes().get(1).inputs()).containsExactly("first");
        assertThat(model.nodes().get(1).outputs()).containsExactly("second");
        assertThatThrownBy(() -> g.output("first", y)).hasMessageContaining("first again");
    }

    @Test
    void tensorWithTheSameNameIsStoredOnce() {
        Tensor tensor = new Tensor("w", DataType.FLOAT32, Shape.of(2), new Tensor.External("f", 0, 8));
        g.output("sum", g.add(g.tensor(tensor), g.tensor(tensor)));
        assertThat(g.build().tensors()).containsExactly(tensor);
    }

    @Test
    void unusedNodesAndTensorsAreOmitted() {
        Value x = g.input("x", DataType.FLOAT32, Shape.of(2));
        Value unused = g.runtimeConstant("unused", Shape.of(2), 1, 2);
        g.tap("dead end", g.exp(g.add(unused, g.constant(Shape.of(2), 3, 4))));
        g.output("y", g.relu(x));
        OnnxModel model = g.build();
        assertThat(model.nodes()).extracting(Node::operator).containsExactly("Relu");
        assertThat(model.tensors()).isEmpty();
        assertThat(model.inputs()).containsExactly(x);
        assertThat(g.taps()).containsOnlyKeys("dead end");
    }

    @Test
    void runtimeConstantWithTheSameNameIsOneInput() {
        Value once = g.runtimeConstant("index", Shape.of(3), 0, 1, 2);
        assertThat(g.runtimeConstant("index", Shape.of(3), 0, 1, 2)).isEqualTo(once);
        assertThat(g.runtimeConstants()).containsOnlyKeys("index");
        assertThatThrownBy(() -> g.runtimeConstant("short", Shape.of(3), 0, 1))
                .hasMessageContaining("expected 3 values");
    }

    @Test
    void rollingMovesTheFrontToTheEnd() {
        Value x = value(1, 5, 2);
        assertThat(g.rolled(x, 1, 0)).isSameAs(x);
        assertThat(g.rolled(x, 1, 7).shape()).isEqualTo(x.shape());
        assertThat(g.rolled(x, 1, -2).shape()).isEqualTo(x.shape());
    }

    @Property(tries = 100)
    void broadcastIsSymmetric(@ForAll @IntRange(min = 1, max = 3) int a, @ForAll @IntRange(min = 2, max = 4) int b) {
        Value left = value(a, 1, b);
        Value right = value(1, 5, b);
        assertThat(g.add(left, right).shape()).isEqualTo(Shape.of(a, 5, b)).isEqualTo(g.add(right, left).shape());
    }
}
