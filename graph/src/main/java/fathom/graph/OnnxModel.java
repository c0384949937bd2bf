package fathom.graph;

import java.util.List;

/**
 * A whole graph: what goes in, what comes out, the weights and the operations in an order that can be run.
 *
 * @param name of the graph
 * @param inputs values fed from outside
 * @param outputs values given to the outside
 * @param tensors weights and constants
 * @param nodes operations, each after those that it needs
 */
public record OnnxModel(String name, List<Value> inputs, List<Value> outputs, List<Tensor> tensors, List<Node> nodes) {
    /** Operator set of ONNX's own domain. */
    public static final int OPSET = 21;

    /** Version of the file format that goes with {@link #OPSET}. */
    static final int IR_VERSION = 10;

    /** Domain of the operators that ONNX Runtime adds. */
    public static final String MICROSOFT = "com.microsoft";

    public OnnxModel {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        tensors = List.copyOf(tensors);
        nodes = List.copyOf(nodes);
    }

    /** The model as ONNX protobuf. */
    public byte[] toBytes() {
        return OnnxWriter.write(this);
    }
}
