package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What made the predictions of a row.
 *
 * @param model name of the model; empty if unknown
 * @param revision revision of the model; empty if unknown
 * @param weights hash of the weights; empty if unknown
 * @param program the program that ran the model; empty if unknown
 * @param provenances number of different provenances among the predictions; the others describe the most frequent one
 */
public record Origin(String model, String revision, String weights, String program, int provenances) {
    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin("", "", "", "", 0);

    private static final int SHORT = 12;

    /** {@return the known facts in one line; empty if nothing is known} */
    public String text() {
        List<String> facts = new ArrayList<>();
        add(facts, "", model);
        add(facts, "revision ", shortened(revision));
        add(facts, "weights ", shortened(weights));
        add(facts, "predicted by ", program);
        if (provenances > 1) {
            facts.add("the first of " + provenances + " different origins");
        }
        return String.join(", ", facts);
    }

    private static void add(List<String> facts, String label, String fact) {
        if (!fact.isEmpty()) {
            facts.add(label + fact);
        }
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHORT, hash.length()));
    }
}
