package fathom.evaluation.checks;

import java.util.Locale;

/** The mistakes that {@link EvaluationChecks} looks for. */
public enum FindingKind {
    /** Near and far are exchanged: the rank correlation with the truth has the wrong sign. */
    POLARITY,
    /** The prediction is a channel of a colour-mapped picture: it depends on the truth, but not monotonically. */
    COLOUR_MAP,
    /** The prediction has at most 256 levels. */
    PREDICTION_IN_EIGHT_BITS,
    /** The truth has at most 256 levels. */
    TRUTH_IN_EIGHT_BITS,
    /** Values above 255 became small: neighbours jump from 255 to 0. */
    BYTE_WRAP,
    /** Zeros of the prediction count as depth. */
    ZEROS_IN_PREDICTION,
    /** Pixels without a measurement count as depth. */
    ZEROS_IN_TRUTH,
    /** The truth has the bit rotation of SUN RGB-D, or depths of 8.192 m and above are lost. */
    TRUTH_UNDECODED,
    /** 65535, the largest 16-bit number, counts as depth. */
    LARGEST_INTEGER_AS_DEPTH,
    /** The prediction has another size or shape than the truth. */
    OTHER_SIZE,
    /** SSIM is above 1, which no pair of pictures can have. */
    SSIM_ABOVE_ONE,
    /** A prediction in metres was scored after an alignment to the truth. */
    METRIC_ALIGNED;

    /** {@return the name for tables and JSON, such as {@code colour-map}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
