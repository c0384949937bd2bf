package fathom.evaluation.parity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import fathom.formats.json.JsonValue;

/**
 * What one toolkit gave for one case, or for several cases together.
 *
 * <p>Numbers in nested objects and lists have the names of their path, joined by {@code /}: {@code depth_metric/rel},
 * {@code abs_rel/0}. A number that the toolkit leaves out ({@code null}) is NaN; a word instead of a number is 1.
 *
 * @param cases the pairs, in order
 * @param toolkit the id of the toolkit
 * @param protocol the function or mode of the toolkit that was run
 * @param settings how it was run
 * @param count the number of pixels or pictures that the toolkit counted
 * @param fit the alignment that the toolkit computed
 * @param metrics the numbers; empty if the toolkit raised an exception
 * @param raises the exception that the toolkit raised
 */
public record ToolkitRecord(List<ToolkitCase> cases, String toolkit, String protocol, JsonValue.Members settings,
        OptionalLong count, Map<String, Double> fit, Map<String, Double> metrics, Optional<String> raises) {
    /** Copies the collections. */
    public ToolkitRecord {
        cases = List.copyOf(cases);
        fit = Map.copyOf(fit);
        metrics = Map.copyOf(metrics);
    }

    /** {@return the only case; the first one of several} */
    public ToolkitCase only() {
        return cases.getFirst();
    }

    /** {@return the names of the cases, joined by {@code +}} */
    public String caseNames() {
        return String.join("+", cases.stream().map(ToolkitCase::name).toList());
    }
}
