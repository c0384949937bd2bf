package fathom.evaluation.errors;

import java.util.Locale;

import fathom.evaluation.metrics.Metric;

/** What an {@link ErrorMap} shows per pixel. p is the prediction, g the truth. */
public enum ErrorKind {
    /** p − g; below 0 is too near. */
    SIGNED,
    /** |p − g|; its mean is {@link Metric#MAE}. */
    ABSOLUTE,
    /** |p − g| / g; its mean is {@link Metric#ABS_REL}. */
    RELATIVE,
    /**
     * The class of the ratio r = max(p/g, g/p): 0 if r &lt; 1.25, 1 if r &lt; 1.25², 2 if r &lt; 1.25³, otherwise 3. The share
     * of class 0 is {@link Metric#DELTA_1}.
     */
    DELTA;

    /** {@return the name in lower case, as users type it} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the formula in one line} */
    public String formula() {
        return switch (this) {
            case SIGNED -> "p − g";
            case ABSOLUTE -> "|p − g|";
            case RELATIVE -> "|p − g| / g";
            case DELTA -> "max(p/g, g/p)";
        };
    }

    /** {@return the unit of the values: metres, or empty if they have none} */
    public String unit() {
        return switch (this) {
            case SIGNED, ABSOLUTE -> "m";
            case RELATIVE, DELTA -> "";
        };
    }
}
