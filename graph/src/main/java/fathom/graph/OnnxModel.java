package fathom.graph;

import java.util.List;

/**
 * A complete graph: inputs, outputs, weights, and the operations in an executable order.
 *
 * @param name name of the graph
 * @param inputs inputs of the graph
 * @param outputs outputs of the graph
 * @param tensors weights and constants
 * @param nodes operations, each after the operations that it depends on
 */
public record OnnxModel(String name, List<Value> inputs, List<Value> outputs, List<Tensor> tensors, List<Node> nodes) {
    /** Version of the operator set of the standard domain of ONNX. */
    public static final int OPSET = 21;

    /** Version of the file format for {@link #OPSET}. */
    static final int IR_VERSION = 10;

    /** Domain of the additional operators of ONNX Runtime. */
    public static final String MICROSOFT = "com.microsoft";

    /** Copies the lists. */
    public OnnxModel {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        tensors = List.copyOf(tensors);
        nodes = List.copyOf(nodes);
    }

    /** {@return the model as ONNX protobuf} */
    public byte[] toBytes() {
        return OnnxWriter.write(this);
    }
}
