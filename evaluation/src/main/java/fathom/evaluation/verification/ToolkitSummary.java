package fathom.evaluation.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of the records of one toolkit.
 *
 * @param toolkit its id
 * @param records the number of records
 * @param reproduced the number of records within tolerance
 * @param notCovered the number of records that Fathom does not reproduce, by reason
 * @param outOfTolerance the records that differ, each with its first difference
 * @param largestDifference the largest relative difference of a number in a reproduced record
 */
public record ToolkitSummary(String toolkit, int records, int reproduced, Map<String, Integer> notCovered,
        List<String> outOfTolerance, double largestDifference) {
    /**
     * {@return the summaries of all toolkits, in the order in which they appear}
     *
     * @param outcomes the outcomes of all records
     */
    public static List<ToolkitSummary> of(List<RecordOutcome> outcomes) {
        Map<String, List<RecordOutcome>> byToolkit = new LinkedHashMap<>();
        for (RecordOutcome outcome : outcomes) {
            byToolkit.computeIfAbsent(outcome.record().toolkit(), id -> new ArrayList<>()).add(outcome);
        }
        return byToolkit.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
    }

    private static ToolkitSummary of(String toolkit, List<RecordOutcome> outcomes) {
        int reproduced = 0;
        Map<String, Integer> notCovered = new TreeMap<>();
        List<String> out = new ArrayList<>();
        double largest = 0;
        for (RecordOutcome outcome : outcomes) {
            switch (outcome.status()) {
                case REPRODUCED -> {
                    reproduced++;
                    largest = Math.max(largest, outcome.largestDifference());
                }
                case NOT_COVERED -> notCovered.merge(outcome.detail(), 1, Integer::sum);
                case OUT_OF_TOLERANCE -> out.add(
                        outcome.record().caseNames() + ", " + outcome.record().protocol() + ": " + outcome.detail());
            }
        }
        return new ToolkitSummary(toolkit, outcomes.size(), reproduced, notCovered, out, largest);
    }

    /** {@return the number of records that Fathom does not reproduce} */
    public int notCoveredCount() {
        return notCovered.values().stream().mapToInt(Integer::intValue).sum();
    }
}
