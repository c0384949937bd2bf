package fathom.evaluation.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What the numbers of a report are: without it they cannot be compared with others.
 *
 * @param dataset name of the dataset
 * @param protocol name of the protocol of all numbers
 * @param hash SHA-256 of the definition of the protocol, lower-case hexadecimal; empty if unknown
 * @param selection the samples that are included, such as {@code all 20 samples}; empty if not stated
 * @param program name and version of the program that made the report; empty if not stated
 * @param remarks what the reader has to know before comparing, one sentence each
 */
public record ReportHeading(String dataset, String protocol, String hash, String selection, String program,
        List<String> remarks) {
    private static final int SHORT = 12;

    /** Copies the list. */
    public ReportHeading {
        remarks = List.copyOf(remarks);
    }

    /**
     * {@return a heading of which only two facts are known}
     *
     * @param dataset name of the dataset
     * @param protocol name of the protocol
     */
    public static ReportHeading of(String dataset, String protocol) {
        return new ReportHeading(dataset, protocol, "", "", "", List.of());
    }

    /** {@return the first 12 digits of the hash} */
    public String shortHash() {
        return hash.substring(0, Math.min(SHORT, hash.length()));
    }

    /** {@return the heading as lines of text} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Means over " + dataset + ", protocol " + protocol
                + (hash.isEmpty() ? "" : ", definition " + shortHash()));
        if (!selection.isEmpty() || !program.isEmpty()) {
            lines.add(selection + (selection.isEmpty() || program.isEmpty() ? "" : "; ") + program);
        }
        lines.addAll(remarks);
        return lines;
    }
}
