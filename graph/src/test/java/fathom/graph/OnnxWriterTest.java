package fathom.graph;

import java.util.List;
import java.util.stream.IntStream;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads written models with an independent reader. */
class OnnxWriterTest {
    @Test
    void everyPartIsReadBackByAnIndependentReader() throws InvalidProtocolBufferException {
        GraphBuilder g = new GraphBuilder("two layers");
        Value x = g.input("pixels", DataType.FLOAT32, Shape.of(1, 3, 8, 6));
        Value weight = g.tensor(new Tensor("w", DataType.FLOAT32, Shape.of(5, 3, 3, 3),
                new Tensor.External("models/a b.safetensors", 5_000_000_001L, 540)));
        g.scope("stem");
        Value y = g.conv(x, weight, g.constant(Shape.of(5), 1, -2, 3.5f, 0, 4),
                ConvParameters.stride(2).pad(0, 1, 1, 0));
        g.output("depth", g.relu(y));

        OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(g.build().toBytes());
        assertThat(model.getIrVersion()).isEqualTo(OnnxModel.IR_VERSION);
        assertThat(model.getOpsetImportList()).singleElement().satisfies(set -> {
            assertThat(set.getDomain()).isEmpty();
            assertThat(set.getVersion()).isEqualTo(OnnxModel.OPSET);
        });
        OnnxMl.GraphProto graph = model.getGraph();
        assertThat(graph.getName()).isEqualTo("two layers");
        assertThat(graph.getInputList()).singleElement().satisfies(input -> {
            assertThat(input.getName()).isEqualTo("pixels");
            assertThat(input.getType().getTensorType().getElemType()).isEqualTo(1);
            assertThat(input.getType().getTensorType().getShape().getDimList())
                    .extracting(OnnxMl.TensorShapeProto.Dimension::getDimValue).containsExactly(1L, 3L, 8L, 6L);
        });
        assertThat(graph.getOutput(0).getType().getTensorType().getShape().getDimList())
                .extracting(OnnxMl.TensorShapeProto.Dimension::getDimValue).containsExactly(1L, 5L, 4L, 3L);
        assertThat(graph.getNodeList()).extracting(OnnxMl.NodeProto::getOpType).containsExactly("Conv", "Relu");
        assertThat(graph.getNode(1).getOutputList()).containsExactly("depth");

        OnnxMl.NodeProto conv = graph.getNode(0);
        assertThat(conv.getName()).startsWith("stem");
        assertThat(conv.getInputList()).containsExactly("pixels", "w", graph.getInitializer(1).getName());
        assertThat(conv.getAttributeList()).extracting(OnnxMl.AttributeProto::getName).containsExactly("strides",
                "pads", "dilations", "group");
        assertThat(conv.getAttribute(1).getIntsList()).containsExactly(0L, 1L, 1L, 0L);
        assertThat(conv.getAttribute(1).getType()).isEqualTo(OnnxMl.AttributeProto.AttributeType.INTS);
        assertThat(conv.getAttribute(3).getI()).isEqualTo(1);
        assertThat(graph.getNode(1).getInputList()).isEqualTo(conv.getOutputList());

        OnnxMl.TensorProto external = graph.getInitializer(0);
        assertThat(external.getDataLocation()).isEqualTo(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        assertThat(external.getDimsList()).containsExactly(5L, 3L, 3L, 3L);
        assertThat(external.getExternalDataList())
                .extracting(OnnxMl.StringStringEntryProto::getKey, OnnxMl.StringStringEntryProto::getValue)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("location", "models/a b.safetensors"),
                        org.assertj.core.groups.Tuple.tuple("offset", "5000000001"),
                        org.assertj.core.groups.Tuple.tuple("length", "540"));
        OnnxMl.TensorProto inline = graph.getInitializer(1);
        assertThat(inline.getRawData().asReadOnlyByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
                .get(2)).isEqualTo(3.5f);
    }

    @Test
    void contributedOperatorsDeclareTheirDomain() throws InvalidProtocolBufferException {
        GraphBuilder g = new GraphBuilder("attention");
        Value x = g.input("x", DataType.FLOAT32, Shape.of(1, 4, 6));
        g.output("y", g.attention(x, x, x, 2, 0.5));
        OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(g.build().toBytes());
        assertThat(model.getOpsetImportList()).extracting(OnnxMl.OperatorSetIdProto::getDomain).containsExactly("",
                "com.microsoft");
        assertThat(model.getGraph().getNode(0).getAttribute(1).getF()).isEqualTo(0.5f);
    }

    @Property(tries = 200)
    void integersAndNumbersSurvive(@ForAll long integer, @ForAll float real, @ForAll List<Long> integers)
            throws InvalidProtocolBufferException {
        Node node = new Node("n", "", "Op", List.of("x"), List.of("y"), List.of(Attribute.of("i", integer),
                Attribute.of("f", real), new Attribute.Ints("l", integers), Attribute.of("s", "ä€𝄞")));
        OnnxModel model = new OnnxModel("g", List.of(), List.of(), List.of(), List.of(node));
        OnnxMl.NodeProto read = OnnxMl.ModelProto.parseFrom(model.toBytes()).getGraph().getNode(0);
        assertThat(read.getAttribute(0).getI()).isEqualTo(integer);
        assertThat(read.getAttribute(1).getF()).isEqualTo(real);
        assertThat(read.getAttribute(2).getIntsList()).isEqualTo(integers);
        assertThat(read.getAttribute(3).getS().toStringUtf8()).isEqualTo("ä€𝄞");
    }

    @Test
    void lengthsBeyondOneByteAreWritten() throws InvalidProtocolBufferException {
        float[] values = new float[70_000];
        IntStream.range(0, values.length).forEach(i -> values[i] = i);
        GraphBuilder g = new GraphBuilder("long");
        g.output("y", g.constant(Shape.of(values.length), values));
        OnnxMl.TensorProto tensor = OnnxMl.ModelProto.parseFrom(g.build().toBytes()).getGraph().getInitializer(0);
        assertThat(tensor.getRawData().size()).isEqualTo(4 * values.length);
        assertThat(
                tensor.getRawData().asReadOnlyByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(4 * 69_999))
                .isEqualTo(69_999f);
    }
}
