package fathom.evaluation.reports;

import java.util.Locale;

/** The ways a report is written out. */
public enum ReportFormat {
    /** Aligned columns for a terminal, rounded; the best of each column marked with a star. */
    TEXT,
    /** A Markdown table, rounded; the best of each column bold. */
    MARKDOWN,
    /** RFC 4180 with one heading line, full precision; "Infinity" where a mean is infinite, nothing where there is none. */
    CSV,
    /** One object, full precision; the string "Infinity" where a mean is infinite, null where there is none. */
    JSON;

    /** The name people type, for example {@code "markdown"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
