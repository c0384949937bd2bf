package fathom.evaluation.reports;

import java.util.Locale;

/** The output formats of a report. */
public enum ReportFormat {
    /** Aligned columns for a terminal, rounded; the best of each column is marked with a star. */
    TEXT,
    /** A Markdown table, rounded; the best of each column is bold. */
    MARKDOWN,
    /** Plain LaTeX {@code tabular} environments without packages, rounded; the best of each column is bold. */
    LATEX,
    /**
     * RFC 4180 with one heading line, full precision; "Infinity" for an infinite mean, empty for a missing one. Without
     * the paired comparisons, which are in JSON.
     */
    CSV,
    /** One object, full precision; the string "Infinity" for an infinite mean, null for a missing one. */
    JSON;

    /** {@return the name that users type, for example {@code "markdown"}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
