package fathom.engine.quantisation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Tensor;

/** An operation of a graph whose weights can be stored in 8 bits. */
sealed interface QuantizableOp {
    /** Operations with fewer output channels stay in float32: their outputs are results, not features. */
    int MIN_CHANNELS = 8;

    /** Returns the node. */
    Node node();

    /** Returns its weights in float32. */
    Tensor weight();

    /** Returns the name of its input. */
    default String input() {
        return node().inputs().get(0);
    }

    /** Returns the name of its output, after the activation if both are one operation. */
    String output();

    /**
     * A linear layer, {@code Gemm} with weights [N, K].
     *
     * @param node the node
     * @param weight the weights
     */
    record Linear(Node node, Tensor weight) implements QuantizableOp {
        @Override
        public String output() {
            return node.outputs().getFirst();
        }
    }

    /**
     * A convolution with weights [M, C/groups, kh, kw].
     *
     * @param node the node
     * @param weight the weights
     * @param bias the bias [M], if there is one
     * @param relu the ReLU that is the only reader of the output, if there is one: unsigned 8-bit values replace it
     */
    record Convolution(Node node, Tensor weight, Optional<Tensor> bias, Optional<Node> relu) implements QuantizableOp {
        @Override
        public String output() {
            return relu.orElse(node).outputs().getFirst();
        }
    }

    /** Returns the operations of {@code model}, in its order; those that read an input of the graph are omitted. */
    static List<QuantizableOp> of(OnnxModel model) {
        Map<String, Tensor> tensors = new HashMap<>();
        model.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        Map<String, List<Node>> readers = new HashMap<>();
        for (Node node : model.nodes()) {
            node.inputs().forEach(input -> readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node));
        }
        Set<String> outside = new HashSet<>();
        model.inputs().forEach(value -> outside.add(value.name()));
        Set<String> given = new HashSet<>();
        model.outputs().forEach(value -> given.add(value.name()));
        List<QuantizableOp> sites = new ArrayList<>();
        for (Node node : model.nodes()) {
            boolean known = node.domain().isEmpty() && !node.inputs().isEmpty()
                    && !outside.contains(node.inputs().getFirst()) && !tensors.containsKey(node.inputs().getFirst());
            if (known && node.operator().equals("Gemm")) {
                linear(node, tensors).ifPresent(sites::add);
            } else if (known && node.operator().equals("Conv")) {
                String result = node.outputs().getFirst();
                List<Node> reading = readers.getOrDefault(result, List.of());
                boolean rectified = reading.size() == 1 && reading.getFirst().operator().equals("Relu")
                        && !given.contains(result);
                if (isNormalised(reading, readers)) {
                    continue;
                }
                convolution(node, tensors, rectified ? Optional.of(reading.getFirst()) : Optional.empty())
                        .ifPresent(sites::add);
            }
        }
        return sites;
    }

    /**
     * Returns whether an output is normalised immediately, which would make the rounding error as large as the
     * features.
     */
    private static boolean isNormalised(List<Node> reading, Map<String, List<Node>> readers) {
        return reading.stream().anyMatch(node -> node.operator().equals("InstanceNormalization")
                || (node.operator().equals("Reshape") && readers.getOrDefault(node.outputs().getFirst(), List.of())
                        .stream().anyMatch(next -> next.operator().equals("InstanceNormalization"))));
    }

    private static Optional<QuantizableOp> linear(Node node, Map<String, Tensor> tensors) {
        Tensor weight = tensors.get(node.inputs().get(1));
        return weight != null && isWide(weight, 2) && node.attributes().equals(List.of(Attribute.of("transB", 1L)))
                && (node.inputs().size() == 2 || tensors.containsKey(node.inputs().get(2)))
                        ? Optional.of(new Linear(node, weight))
                        : Optional.empty();
    }

    private static Optional<QuantizableOp> convolution(Node node, Map<String, Tensor> tensors, Optional<Node> relu) {
        Tensor weight = tensors.get(node.inputs().get(1));
        boolean hasBias = node.inputs().size() > 2;
        Optional<Tensor> bias = hasBias ? Optional.ofNullable(tensors.get(node.inputs().get(2))) : Optional.empty();
        return weight != null && isWide(weight, 4) && hasBias == bias.isPresent()
                ? Optional.of(new Convolution(node, weight, bias, relu))
                : Optional.empty();
    }

    private static boolean isWide(Tensor weight, int rank) {
        return weight.type() == DataType.FLOAT32 && weight.shape().rank() == rank
                && weight.shape().dim(0) >= MIN_CHANNELS;
    }
}
