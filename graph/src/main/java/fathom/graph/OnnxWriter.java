package fathom.graph;

import static fathom.graph.ProtobufWriter.repeated;

/** Writes a model as {@code ModelProto}; field numbers from {@code onnx.proto} of ONNX 1.16. */
final class OnnxWriter {
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;
    private static final int EXTERNAL = 1;

    private final ProtobufWriter out;

    private OnnxWriter(ProtobufWriter out) {
        this.out = out;
    }

    static byte[] write(OnnxModel model) {
        long inline = 0;
        for (Tensor tensor : model.tensors()) {
            inline += tensor.content() instanceof Tensor.Inline bytes ? bytes.length() : 0;
        }
        // Space for the tensors, and about 1 KB for each node with its names.
        long room = inline + 1024L * (model.nodes().size() + model.tensors().size() + 1);
        OnnxWriter writer = new OnnxWriter(new ProtobufWriter((int) Math.min(room, Integer.MAX_VALUE - 8)));
        writer.model(model);
        return writer.out.toBytes();
    }

    private void model(OnnxModel model) {
        boolean contributed = model.nodes().stream().anyMatch(node -> node.domain().equals(OnnxModel.MICROSOFT));
        if (contributed) {
            out.message(8, () -> operatorSet(OnnxModel.MICROSOFT, 1));
        }
        out.message(8, () -> operatorSet("", OnnxModel.OPSET));
        out.message(7, () -> graph(model));
        out.text(2, "Fathom");
        out.integer(1, OnnxModel.IR_VERSION);
    }

    private void operatorSet(String domain, int version) {
        out.integer(2, version);
        out.text(1, domain);
    }

    private void graph(OnnxModel model) {
        repeated(model.outputs(), value -> out.message(12, () -> valueInfo(value)));
        repeated(model.inputs(), value -> out.message(11, () -> valueInfo(value)));
        repeated(model.tensors(), tensor -> out.message(5, () -> tensor(tensor)));
        out.text(2, model.name());
        repeated(model.nodes(), node -> out.message(1, () -> node(node)));
    }

    private void node(Node node) {
        out.text(7, node.domain());
        repeated(node.attributes(), attribute -> out.message(5, () -> attribute(attribute)));
        out.text(4, node.operator());
        out.text(3, node.name());
        repeated(node.outputs(), name -> out.text(2, name));
        repeated(node.inputs(), name -> out.text(1, name));
    }

    private void attribute(Attribute attribute) {
        switch (attribute) {
            case Attribute.Int(String name, long value) -> {
                out.integer(20, ATTRIBUTE_INT);
                out.integer(3, value);
            }
            case Attribute.Real(String name, float value) -> {
                out.integer(20, ATTRIBUTE_FLOAT);
                out.real(2, value);
            }
            case Attribute.Text(String name, String value) -> {
                out.integer(20, ATTRIBUTE_STRING);
                out.text(4, value);
            }
            case Attribute.Ints ints -> {
                out.integer(20, ATTRIBUTE_INTS);
                repeated(ints.values(), value -> out.integer(8, value));
            }
        }
        out.text(1, attribute.name());
    }

    private void tensor(Tensor tensor) {
        switch (tensor.content()) {
            case Tensor.Inline inline -> out.bytes(9, inline.bytes());
            case Tensor.External external -> {
                out.integer(14, EXTERNAL);
                out.message(13, () -> entry("length", Long.toString(external.length())));
                out.message(13, () -> entry("offset", Long.toString(external.offset())));
                out.message(13, () -> entry("location", external.location()));
            }
        }
        out.text(8, tensor.name());
        out.integer(2, tensor.type().code());
        int[] dims = tensor.shape().toArray();
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            out.integer(1, dims[axis]);
        }
    }

    private void entry(String key, String value) {
        out.text(2, value);
        out.text(1, key);
    }

    private void valueInfo(Value value) {
        out.message(2, () -> out.message(1, () -> {
            out.message(2, () -> {
                int[] dims = value.shape().toArray();
                for (int axis = dims.length - 1; axis >= 0; axis--) {
                    int extent = dims[axis];
                    out.message(1, () -> out.integer(1, extent));
                }
            });
            out.integer(1, value.type().code());
        }));
        out.text(1, value.name());
    }
}
