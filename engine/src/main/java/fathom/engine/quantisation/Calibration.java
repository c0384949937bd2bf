package fathom.engine.quantisation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import fathom.graph.Attribute;
import fathom.graph.DataType;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Value;

/**
 * The ranges of the inputs and outputs of convolutions over all calibration pictures, by the names of their weights,
 * which do not depend on the size of the input.
 */
public final class Calibration {
    private static final String LOW = "lowest of ";
    private static final String HIGH = "highest of ";

    private final Map<String, Range> inputs = new HashMap<>();
    private final Map<String, Range> outputs = new HashMap<>();

    /** Creates a calibration without pictures. */
    public Calibration() {}

    /** Runs a graph and returns its outputs of one element. */
    @FunctionalInterface
    public interface Run {
        /**
         * Runs a graph.
         *
         * @param model the graph
         * @return values of the outputs of one element by name; other outputs may be missing
         */
        Map<String, Float> run(OnnxModel model);
    }

    /**
     * Adds the ranges of one picture.
     *
     * @param model the graph of the network
     * @param run runs a graph on the picture
     * @throws IllegalArgumentException if a value is not finite
     */
    public void add(OnnxModel model, Run run) {
        List<QuantizableOp.Convolution> sites = QuantizableOp.of(model).stream()
                .filter(QuantizableOp.Convolution.class::isInstance).map(QuantizableOp.Convolution.class::cast)
                .toList();
        Map<String, Float> extremes = run.run(measuring(model, sites));
        for (QuantizableOp.Convolution site : sites) {
            inputs.merge(site.weight().name(), range(extremes, site.input()), Range::with);
            outputs.merge(site.weight().name(), range(extremes, site.output()), Range::with);
        }
    }

    private static Range range(Map<String, Float> extremes, String value) {
        Float low = extremes.get(LOW + value);
        Float high = extremes.get(HIGH + value);
        if (low == null || high == null || !Float.isFinite(low) || !Float.isFinite(high)) {
            throw new IllegalArgumentException("precision int8: expected finite numbers on the calibration pictures at "
                    + value + ", found " + low + " to " + high + "; use fp32, or other pictures");
        }
        return Range.of(low, high);
    }

    /** Returns {@code model} with the extremes of the inputs and outputs of {@code sites} as additional outputs. */
    private static OnnxModel measuring(OnnxModel model, List<QuantizableOp.Convolution> sites) {
        Set<String> values = new LinkedHashSet<>();
        sites.forEach(site -> values.addAll(List.of(site.input(), site.output())));
        List<Node> nodes = new ArrayList<>(model.nodes());
        Map<String, Value> results = new LinkedHashMap<>();
        model.outputs().forEach(output -> results.put(output.name(), output));
        for (String value : values) {
            for (boolean low : new boolean[]{true, false}) {
                String name = (low ? LOW : HIGH) + value;
                nodes.add(new Node(name, "", low ? "ReduceMin" : "ReduceMax", List.of(value), List.of(name),
                        List.of(Attribute.of("keepdims", 0L))));
                results.put(name, new Value(name, DataType.FLOAT32, Shape.of()));
            }
        }
        return new OnnxModel(model.name(), model.inputs(), List.copyOf(results.values()), model.tensors(), nodes);
    }

    /** Returns the range of the input of the convolution with these weights. */
    Range input(String weight) {
        return known(inputs, weight);
    }

    /** Returns the range of the output of the convolution with these weights. */
    Range output(String weight) {
        return known(outputs, weight);
    }

    private static Range known(Map<String, Range> ranges, String weight) {
        Range range = ranges.get(weight);
        if (range == null) {
            throw new IllegalArgumentException("calibration: expected one of " + ranges.keySet() + ", found " + weight);
        }
        return range;
    }
}
