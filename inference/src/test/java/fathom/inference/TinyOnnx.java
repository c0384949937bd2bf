package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.graph.Value;

/** A small ONNX model with the ports of a real one, built node by node. */
final class TinyOnnx {
    private final List<Value> inputs = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    TinyOnnx input(String name, DataType type, int... extents) {
        inputs.add(new Value(name, type, Shape.of(extents)));
        return this;
    }

    TinyOnnx output(String name, DataType type, int... extents) {
        outputs.add(new Value(name, type, Shape.of(extents)));
        return this;
    }

    TinyOnnx node(String operator, List<String> from, String to, Attribute... attributes) {
        nodes.add(new Node("node" + nodes.size(), "", operator, from, List.of(to), List.of(attributes)));
        return this;
    }

    TinyOnnx numbers(String name, Shape shape, float... values) {
        tensors.add(new Tensor(name, DataType.FLOAT32, shape, Tensor.Inline.of(values)));
        return this;
    }

    TinyOnnx integers(String name, long... values) {
        tensors.add(new Tensor(name, DataType.INT64, Shape.of(values.length), Tensor.Inline.of(values)));
        return this;
    }

    TinyOnnx tensor(Tensor tensor) {
        tensors.add(tensor);
        return this;
    }

    /** Channel {@code channel} of {@code from}, along {@code axis}, as {@code to}. */
    TinyOnnx channel(String from, int axis, int channel, String to) {
        return integers(to + ".from", channel).integers(to + ".to", channel + 1).integers(to + ".axis", axis)
                .node("Slice", List.of(from, to + ".from", to + ".to", to + ".axis"), to);
    }

    byte[] toBytes() {
        return new OnnxModel("tiny", inputs, outputs, tensors, nodes).toBytes();
    }

    Path write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, toBytes());
    }

    /** Returns the model with the axes {@code open} of each port undefined. */
    Path write(Path file, Map<String, List<Integer>> open) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, opened(open));
    }

    private byte[] opened(Map<String, List<Integer>> open) throws InvalidProtocolBufferException {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.parseFrom(toBytes()).toBuilder();
        OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
        graph.getInputBuilderList().forEach(port -> open(port, open));
        graph.getOutputBuilderList().forEach(port -> open(port, open));
        return model.build().toByteArray();
    }

    private static void open(OnnxMl.ValueInfoProto.Builder port, Map<String, List<Integer>> open) {
        for (int axis : open.getOrDefault(port.getName(), List.of())) {
            port.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(axis)
                    .setDimParam("axis" + axis);
        }
    }
}
