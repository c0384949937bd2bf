package fathom.models.onnx.file;

import org.jspecify.annotations.Nullable;

/**
 * A type of message of an ONNX file that can contain tensors. Every field of {@code onnx.proto} (ONNX 1.19) that leads
 * to a tensor is listed: initializers, sparse initializers, attributes, nested graphs, functions, and the graphs for
 * training.
 */
enum OnnxMessage {
    MODEL, TRAINING, GRAPH, NODE, FUNCTION, ATTRIBUTE, SPARSE_TENSOR, TENSOR;

    static final int MODEL_GRAPH = 7;
    static final int GRAPH_NODE = 1;
    static final int GRAPH_INITIALIZER = 5;
    static final int NODE_INPUT = 1;
    static final int NODE_OUTPUT = 2;
    static final int NODE_OPERATOR = 4;
    static final int NODE_ATTRIBUTE = 5;
    static final int ATTRIBUTE_TENSOR = 5;
    static final int TENSOR_EXTERNAL = 13;

    private static final int MODEL_TRAINING = 20;
    private static final int MODEL_FUNCTIONS = 25;
    private static final int TRAINING_INITIALIZATION = 1;
    private static final int TRAINING_ALGORITHM = 2;
    private static final int GRAPH_SPARSE_INITIALIZER = 15;
    private static final int FUNCTION_NODE = 7;
    private static final int FUNCTION_ATTRIBUTE = 11;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_TENSORS = 10;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int ATTRIBUTE_SPARSE_TENSOR = 22;
    private static final int ATTRIBUTE_SPARSE_TENSORS = 23;
    private static final int SPARSE_VALUES = 1;
    private static final int SPARSE_INDICES = 2;

    /** Returns the type of field {@code field} of this message, or null if it cannot contain a tensor. */
    @Nullable
    OnnxMessage inside(int field) {
        return switch (this) {
            case MODEL -> switch (field) {
                case MODEL_GRAPH -> GRAPH;
                case MODEL_TRAINING -> TRAINING;
                case MODEL_FUNCTIONS -> FUNCTION;
                default -> null;
            };
            case TRAINING -> field == TRAINING_INITIALIZATION || field == TRAINING_ALGORITHM ? GRAPH : null;
            case GRAPH -> switch (field) {
                case GRAPH_NODE -> NODE;
                case GRAPH_INITIALIZER -> TENSOR;
                case GRAPH_SPARSE_INITIALIZER -> SPARSE_TENSOR;
                default -> null;
            };
            case NODE -> field == NODE_ATTRIBUTE ? ATTRIBUTE : null;
            case FUNCTION -> switch (field) {
                case FUNCTION_NODE -> NODE;
                case FUNCTION_ATTRIBUTE -> ATTRIBUTE;
                default -> null;
            };
            case ATTRIBUTE -> switch (field) {
                case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> TENSOR;
                case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> GRAPH;
                case ATTRIBUTE_SPARSE_TENSOR, ATTRIBUTE_SPARSE_TENSORS -> SPARSE_TENSOR;
                default -> null;
            };
            case SPARSE_TENSOR -> field == SPARSE_VALUES || field == SPARSE_INDICES ? TENSOR : null;
            case TENSOR -> null;
        };
    }
}
