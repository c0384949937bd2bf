package fathom.graph;

import java.util.List;
import java.util.Map;

/**
 * An operation.
 *
 * @param name unique in its graph; shows the place of the node in the model
 * @param domain operator set, empty for the standard operators of ONNX
 * @param operator operator type, such as {@code Conv}
 * @param inputs names of values; an empty name means that an optional input is omitted
 * @param outputs names of values
 * @param attributes constants
 */
public record Node(String name, String domain, String operator, List<String> inputs, List<String> outputs,
        List<Attribute> attributes) {
    /** Copies the lists. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** Returns a copy of the node in which some values have other names. */
    Node renamed(Map<String, String> names) {
        return new Node(name, domain, operator, renamed(inputs, names), renamed(outputs, names), attributes);
    }

    private static List<String> renamed(List<String> values, Map<String, String> names) {
        return values.stream().map(value -> names.getOrDefault(value, value)).toList();
    }
}
