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
 * The ranges of what convolutions read and give, over all calibration pictures, by the names of their weights: those stay the
 * same whatever the size of the input is.
 */
public final class Calibration {
    private static final String LOW = "lowest of ";
    private static final String HIGH = "highest of ";

    private final Map<String, Range> inputs = new HashMap<>();
    private final Map<String, Range> outputs = new HashMap<>();

    /** Ranges of no picture yet. */
    public Calibration() {}

    /** Runs a graph: values of one element by the names of its outputs. */
    @FunctionalInterface
    public interface Run {
        /** Runs {@code model}; further outputs than those of one element may be left out. */
        Map<String, Float> run(OnnxModel model);
    }

    /** Adds what {@code model} shows on one picture. */
    public void add(OnnxModel model, Run run) {
        List<QuantizableOp.Convolution> sites = QuantizableOp.of(model).stream().filter(QuantizableOp.Convolution.class::isInstance)
                .map(QuantizableOp.Convolution.class::cast).toList();
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

    /** {@code model} that gives the extremes of what {@code sites} read and give, besides its own results. */
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

    /** The range of what the convolution with these weights reads. */
    Range input(String weight) {
        return known(inputs, weight);
    }

    /** The range of what the convolution with these weights gives. */
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
