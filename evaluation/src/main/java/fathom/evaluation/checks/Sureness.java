package fathom.evaluation.checks;

import java.util.Locale;

/** How sure it is that a finding is a mistake. */
public enum Sureness {
    /** Correct data often has this property too. */
    LOW,
    /** Correct data rarely has this property. */
    MEDIUM,
    /** No correct data is known that has this property. */
    HIGH;

    /** {@return the word for tables and JSON} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
