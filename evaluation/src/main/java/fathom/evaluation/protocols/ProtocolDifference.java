package fathom.evaluation.protocols;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.steps.Step;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;

/**
 * One setting in which two protocols differ.
 *
 * @param setting its path, for example {@code range.max}
 * @param first its value in the first protocol; empty if it has none
 * @param second its value in the second protocol; empty if it has none
 */
public record ProtocolDifference(String setting, String first, String second) {
    /**
     * {@return the settings in which two protocols differ, by path; names are not compared} Steps are compared by their
     * kind, and their order is one setting.
     *
     * @param first a protocol
     * @param second a protocol
     */
    public static List<ProtocolDifference> between(Protocol first, Protocol second) {
        Map<String, String> one = settings(first);
        Map<String, String> two = settings(second);
        TreeSet<String> paths = new TreeSet<>(one.keySet());
        paths.addAll(two.keySet());
        List<ProtocolDifference> differences = new ArrayList<>();
        for (String path : paths) {
            String left = one.getOrDefault(path, "");
            String right = two.getOrDefault(path, "");
            if (!left.equals(right)) {
                differences.add(new ProtocolDifference(path, left, right));
            }
        }
        return differences;
    }

    private static SortedMap<String, String> settings(Protocol protocol) {
        if (!(protocol instanceof StepProtocol steps)) {
            SortedMap<String, String> settings = new TreeMap<>(protocol.definition().flat());
            settings.remove("protocol");
            settings.put("metrics", metrics(protocol));
            return settings;
        }
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("arithmetic", steps.arithmetic().label());
        settings.put("threshold-included", Boolean.toString(steps.thresholdIncluded()));
        settings.put("pooling", steps.pooling().label());
        settings.put("quantity", "metres");
        settings.put("metrics", metrics(protocol));
        settings.put("steps", String.join(", ", steps.steps().stream().map(Step::key).toList()));
        for (Step step : steps.steps()) {
            if (step.value() instanceof Members members) {
                members.flat().forEach((name, value) -> settings.put(step.key() + "." + name, value));
            } else {
                settings.put(step.key(),
                        step.value() instanceof JsonValue.Text text ? text.value() : step.value().canonical());
            }
        }
        return settings;
    }

    private static String metrics(Protocol protocol) {
        return String.join(", ", protocol.metrics().stream().map(Metric::key).toList());
    }
}
