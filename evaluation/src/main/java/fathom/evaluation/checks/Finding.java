package fathom.evaluation.checks;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A probable mistake in one sample.
 *
 * @param kind the mistake
 * @param sureness how sure it is
 * @param numbers the numbers that decided, by name
 * @param words what was found and what it probably means, one sentence without a full stop
 */
public record Finding(FindingKind kind, Sureness sureness, Map<String, Double> numbers, String words) {
    /** Copies the map. */
    public Finding {
        Map<String, Double> ordered = new TreeMap<>();
        ordered.putAll(numbers);
        numbers = Collections.unmodifiableMap(ordered);
    }
}
