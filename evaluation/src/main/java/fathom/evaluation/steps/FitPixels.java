package fathom.evaluation.steps;

import java.util.Locale;

/** Which of the counted pixels a fit uses. */
public enum FitPixels {
    /** All; a prediction that is not finite is an error for least squares. */
    ALL,
    /** Those with a finite prediction. */
    FINITE,
    /** Those with a finite prediction above 0. */
    POSITIVE,
    /** All if the prediction is depth; those above 0 if it is inverse depth, where infinity is an error. */
    POSITIVE_INVERSE;

    /** {@return the word of protocol files} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean accepts(double prediction, boolean inverse) {
        return switch (this) {
            case ALL -> true;
            case FINITE -> Double.isFinite(prediction);
            case POSITIVE -> prediction > 0 && prediction < Double.POSITIVE_INFINITY;
            case POSITIVE_INVERSE -> !inverse || prediction > 0;
        };
    }
}
