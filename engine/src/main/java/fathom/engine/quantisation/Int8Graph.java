package fathom.engine.quantisation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import fathom.graph.DataType;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Tensor;

/**
 * Rewrites a float32 graph for 8-bit products: linear layers become {@code DynamicQuantizeLinear} and
 * {@code MatMulIntegerToFloat}, convolutions become {@code QLinearConv}. A map between two convolutions stays in 8 bits
 * if no other node reads it.
 */
public final class Int8Graph {
    private final OnnxModel model;
    private final Int8Weights weights;
    private final Path root;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    /** Values that exist in 8 bits, with the names of their integers, scale and zero point. */
    private final Map<String, List<String>> levels = new HashMap<>();
    private final Map<String, QuantizableOp> sites = new HashMap<>();
    private final Set<String> readAsNumbers = new HashSet<>();
    /** Before the names of outputs and nodes of 8 bits: empty, or a word if the float32 operations exist too. */
    private final String prefix;

    private Int8Graph(OnnxModel model, Int8Weights weights, Path root, String prefix) {
        this.prefix = prefix;
        this.model = model;
        this.weights = weights;
        this.root = root;
    }

    /**
     * Rewrites a graph.
     *
     * @param model the graph in float32
     * @param weights the 8-bit weights of the same network
     * @param root the folder that locations of external weights are relative to
     * @param inFloat names of weights whose operations stay in float32
     * @return the graph with 8-bit products
     * @throws IOException if a weight file cannot be read
     */
    public static OnnxModel of(OnnxModel model, Int8Weights weights, Path root, Set<String> inFloat)
            throws IOException {
        return new Int8Graph(model, weights, root, "").rewritten(inFloat);
    }

    /**
     * Returns each operation in 8 bits by itself, with the float32 values of {@code model} as its input.
     *
     * @param prefix precedes the names of the operations' outputs
     */
    static OnnxModel alone(OnnxModel model, Int8Weights weights, Path root, String prefix) throws IOException {
        Int8Graph graph = new Int8Graph(model, weights, root, prefix);
        for (QuantizableOp site : QuantizableOp.of(model)) {
            if (weights.has(site.weight().name())) {
                graph.readAsNumbers.add(site.output());
                switch (site) {
                    case QuantizableOp.Linear linear -> graph.linear(linear);
                    case QuantizableOp.Convolution convolution -> graph.convolution(convolution);
                }
            }
        }
        return new OnnxModel(model.name(), model.inputs(), model.outputs(), List.copyOf(graph.tensors.values()),
                graph.nodes);
    }

    private OnnxModel rewritten(Set<String> inFloat) throws IOException {
        Set<String> rectifiers = new HashSet<>();
        for (QuantizableOp site : QuantizableOp.of(model)) {
            if (weights.has(site.weight().name()) && !inFloat.contains(site.weight().name())) {
                sites.put(site.node().name(), site);
                if (site instanceof QuantizableOp.Convolution convolution) {
                    convolution.relu().ifPresent(relu -> rectifiers.add(relu.name()));
                }
            }
        }
        model.outputs().forEach(output -> readAsNumbers.add(output.name()));
        for (Node node : model.nodes()) {
            boolean inBits = sites.get(node.name()) instanceof QuantizableOp.Convolution;
            readAsNumbers.addAll(inBits ? List.of() : node.inputs());
        }
        model.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        for (Node node : model.nodes()) {
            switch (sites.get(node.name())) {
                case null -> {
                    if (!rectifiers.contains(node.name())) {
                        nodes.add(node);
                    }
                }
                case QuantizableOp.Linear linear -> linear(linear);
                case QuantizableOp.Convolution convolution -> convolution(convolution);
            }
        }
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        return new OnnxModel(model.name(), model.inputs(), model.outputs(),
                tensors.values().stream().filter(tensor -> read.contains(tensor.name())).toList(), nodes);
    }

    private void linear(QuantizableOp.Linear site) {
        String x = site.input();
        if (!levels.containsKey(x)) {
            List<String> results = List.of(x + " levels", x + " scale", x + " zero");
            nodes.add(new Node(x + " to levels", "", "DynamicQuantizeLinear", List.of(x), results, List.of()));
            levels.put(x, results);
        }
        String weight = site.weight().name();
        Tensor matrix = add(weights.levels(weight));
        float[] scales = weights.scales(weight);
        List<String> operands = new ArrayList<>(List.of(levels.get(x).get(0), matrix.name(), levels.get(x).get(1),
                add(floats("scales of " + weight, scales)).name(), levels.get(x).get(2),
                add(bytes("zeros of " + weight, DataType.INT8, Shape.of(scales.length), new byte[scales.length]))
                        .name()));
        if (site.node().inputs().size() > 2) {
            operands.add(site.node().inputs().get(2));
        }
        nodes.add(new Node(prefix + site.node().name(), OnnxModel.MICROSOFT, "MatMulIntegerToFloat", operands,
                List.of(prefix + site.output()), List.of()));
    }

    private void convolution(QuantizableOp.Convolution site) throws IOException {
        String weight = site.weight().name();
        Range in = weights.input(weight);
        Range out = weights.output(weight);
        List<String> x = levels.get(site.input());
        if (x == null) {
            x = add(site.input(), in);
            nodes.add(new Node(site.input() + " to levels", "", "QuantizeLinear",
                    List.of(site.input(), x.get(1), x.get(2)), List.of(x.get(0)), List.of()));
        }
        List<String> y = add(prefix + site.output(), out);
        float[] scales = weights.scales(weight);
        List<String> operands = new ArrayList<>(List.of(x.get(0), x.get(1), x.get(2),
                add(weights.levels(weight)).name(), add(floats("scales of " + weight, scales)).name(),
                add(bytes("zeros of " + weight, DataType.INT8, Shape.of(scales.length), new byte[scales.length]))
                        .name(),
                y.get(1), y.get(2)));
        if (site.bias().isPresent()) {
            operands.add(add(bias(site.bias().get(), weight, in.scale(), scales)).name());
        }
        nodes.add(new Node(prefix + site.node().name(), "", "QLinearConv", operands, List.of(y.get(0)),
                site.node().attributes()));
        if (readAsNumbers.contains(site.output())) {
            nodes.add(new Node(prefix + site.output() + " to numbers", "", "DequantizeLinear", y,
                    List.of(prefix + site.output()), List.of()));
        }
    }

    /** Returns the bias in the unit of the accumulated products. */
    private Tensor bias(Tensor bias, String weight, float scale, float[] scales) throws IOException {
        float[] values = Weights.numbers(bias, root);
        ByteBuffer whole = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            whole.putInt((int) Math.rint((double) values[i] / ((double) scale * scales[i])));
        }
        return new Tensor("bias in levels of " + weight, DataType.INT32, Shape.of(values.length),
                new Tensor.Inline(whole.flip()));
    }

    /** Returns names {@code value} in 8 bits. */
    private List<String> add(String value, Range range) {
        List<String> names = List.of(value + " levels", value + " scale", value + " zero");
        add(new Tensor(names.get(1), DataType.FLOAT32, Shape.of(), Tensor.Inline.of(new float[]{range.scale()})));
        add(bytes(names.get(2), DataType.UINT8, Shape.of(), new byte[]{(byte) range.zero()}));
        levels.put(value, names);
        return names;
    }

    private Tensor add(Tensor tensor) {
        tensors.putIfAbsent(tensor.name(), tensor);
        return tensor;
    }

    private static Tensor floats(String name, float[] values) {
        return new Tensor(name, DataType.FLOAT32, Shape.of(values.length), Tensor.Inline.of(values));
    }

    private static Tensor bytes(String name, DataType type, Shape shape, byte[] values) {
        return new Tensor(name, type, shape, new Tensor.Inline(ByteBuffer.wrap(values)));
    }
}
