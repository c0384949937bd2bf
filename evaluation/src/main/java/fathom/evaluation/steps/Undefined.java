package fathom.evaluation.steps;

import java.util.Locale;

/** What happens to a prediction if its fit is not defined, for example because no pixel can be used. */
public enum Undefined {
    /** The sample has no scores. */
    NO_SCORES,
    /** The prediction stays as it is. */
    UNCHANGED,
    /** Scale and shift are 0, the solution of least norm that NumPy and PyTorch give. */
    ZERO,
    /** The prediction is scaled all the same: by NaN or, if its median is 0, by infinity. */
    NAN;

    /** {@return the word of protocol files} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
