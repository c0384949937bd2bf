package fathom.engine.quantisation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.graph.Value;

/**
 * The error that 8 bits cause in each operation by itself: relative L2 of its output if only its product has 8 bits and
 * its input is exact. Operations with large errors are the first that stay in float32.
 */
public final class Int8Losses {
    private static final String EXACT = "squares of ";
    private static final String ERROR = "squared errors of ";
    private static final String ALONE = "alone ";

    private final OnnxModel model;
    private final List<QuantizableOp> sites;
    private final Map<String, Double> losses = new LinkedHashMap<>();

    private Int8Losses(OnnxModel model, List<QuantizableOp> sites) {
        this.model = model;
        this.sites = sites;
    }

    /**
     * Measures the errors on one picture.
     *
     * @param model the network in float32
     * @param weights its 8-bit weights
     * @param root the folder that locations of external weights are relative to
     * @param run runs a graph on the picture
     * @return the names of the weights, the one with the largest error first
     * @throws IOException if a weight file cannot be read
     */
    public static List<String> largestFirst(OnnxModel model, Int8Weights weights, Path root, Calibration.Run run)
            throws IOException {
        List<QuantizableOp> sites = QuantizableOp.of(model).stream().filter(site -> weights.has(site.weight().name()))
                .toList();
        Int8Losses measured = new Int8Losses(model, sites);
        measured.add(run.run(measured.measuring(Int8Graph.alone(model, weights, root, ALONE))));
        return measured.losses.entrySet().stream().sorted(
                Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey).toList();
    }

    private void add(Map<String, Float> squares) {
        for (QuantizableOp site : sites) {
            Float error = squares.get(ERROR + site.output());
            Float exact = squares.get(EXACT + site.output());
            double loss = error == null || exact == null || !(exact > 0) ? 0 : Math.sqrt(error / (double) exact);
            losses.merge(site.weight().name(), loss, Math::max);
        }
    }

    /** Returns the network with each operation in 8 bits next to it, and the squares of both as outputs. */
    private OnnxModel measuring(OnnxModel alone) {
        List<Node> nodes = new ArrayList<>(model.nodes());
        nodes.addAll(alone.nodes());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        alone.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        List<Value> outputs = new ArrayList<>(model.outputs());
        for (QuantizableOp site : sites) {
            String difference = "difference of " + site.output();
            nodes.add(new Node(difference, "", "Sub", List.of(ALONE + site.output(), site.output()),
                    List.of(difference), List.of()));
            squares(site.output(), EXACT + site.output(), nodes, outputs);
            squares(difference, ERROR + site.output(), nodes, outputs);
        }
        return new OnnxModel(model.name(), model.inputs(), outputs, List.copyOf(tensors.values()), nodes);
    }

    private static void squares(String of, String name, List<Node> nodes, List<Value> outputs) {
        nodes.add(new Node(name, "", "ReduceSumSquare", List.of(of), List.of(name),
                List.of(Attribute.of("keepdims", 0L))));
        outputs.add(new Value(name, DataType.FLOAT32, Shape.of()));
    }
}
