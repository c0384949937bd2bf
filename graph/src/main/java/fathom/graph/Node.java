package fathom.graph;

import java.util.List;
import java.util.Map;

/**
 * One operation.
 *
 * @param name unique in its graph; says where in the model the node stands
 * @param domain operator set, empty for ONNX's own
 * @param operator operator type, as {@code Conv}
 * @param inputs names of values; an empty name stands for an optional input left out
 * @param outputs names of values
 * @param attributes constants
 */
public record Node(String name, String domain, String operator, List<String> inputs, List<String> outputs,
        List<Attribute> attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** The same node with some values called otherwise. */
    Node renamed(Map<String, String> names) {
        return new Node(name, domain, operator, renamed(inputs, names), renamed(outputs, names), attributes);
    }

    private static List<String> renamed(List<String> values, Map<String, String> names) {
        return values.stream().map(value -> names.getOrDefault(value, value)).toList();
    }
}
