package fathom.evaluation.calibration;

import java.util.List;
import java.util.Locale;

import fathom.raster.Plane;

/**
 * A correction of depth: corrected = factor · depth^exponent, which is linear in the logarithm: ln d' = exponent · ln d + ln
 * factor.
 *
 * @param form which of the numbers were fitted
 * @param exponent above 0; 1 if it was not fitted
 * @param factor above 0; metres per unit of the prediction
 */
public record Correction(Form form, double exponent, double factor) {
    /** The correction that changes nothing. */
    public static final Correction NONE = new Correction(Form.NONE, 1, 1);

    /** The forms of a correction, from the fewest unknowns to the most. */
    public enum Form {
        /** The depth is not changed. */
        NONE("none"),
        /** The depth is multiplied. */
        SCALE("scale"),
        /** The logarithm of the depth is multiplied and shifted. */
        LOG_AFFINE("log-affine");

        private final String label;

        Form(String label) {
            this.label = label;
        }

        /** {@return the name that files store and tables display} */
        public String label() {
            return label;
        }

        /**
         * {@return the form whose {@link #label()} is {@code label}}
         *
         * @param label the label
         * @throws IllegalArgumentException if there is none
         */
        public static Form ofLabel(String label) {
            for (Form form : values()) {
                if (form.label.equals(label)) {
                    return form;
                }
            }
            throw new IllegalArgumentException(
                    "form of the correction: expected none, scale or log-affine, found \"" + label + "\"");
        }
    }

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException if a number is not finite and above 0
     */
    public Correction {
        if (!(exponent > 0 && exponent < Double.POSITIVE_INFINITY && factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "correction: expected an exponent and a factor above 0, found " + exponent + " and " + factor);
        }
    }

    /**
     * Fits a form by least squares of the logarithms. Every sample has the same weight, regardless of its number of pixels.
     *
     * @param form the form
     * @param samples the predicted and measured depths, at least one sample
     * @return the correction. If the depths do not determine an exponent above 0, only the factor is fitted
     */
    static Correction fit(Form form, List<DepthPairs> samples) {
        if (form == Form.NONE) {
            return NONE;
        }
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (DepthPairs sample : samples) {
            x += sample.meanLogPredicted() / samples.size();
            y += sample.meanLogMeasured() / samples.size();
            xx += sample.meanSquare() / samples.size();
            xy += sample.meanProduct() / samples.size();
        }
        double exponent = 1;
        if (form == Form.LOG_AFFINE) {
            double variance = xx - x * x;
            double fitted = variance > 1e-9 ? (xy - x * y) / variance : 1;
            exponent = fitted > 0 ? fitted : 1;
        }
        return new Correction(form, exponent, Math.exp(y - exponent * x));
    }

    /**
     * {@return the corrected depth}
     *
     * @param depth the predicted depth
     */
    public double corrected(double depth) {
        return factor * (exponent == 1 ? depth : Math.pow(depth, exponent));
    }

    /**
     * {@return a new plane of corrected depths; NaN where the depth is not above 0}
     *
     * @param depth the prediction, [H, W]
     */
    public Plane applied(Plane depth) {
        Plane corrected = Plane.allocate(depth.height(), depth.width());
        for (int row = 0, at = 0; row < depth.height(); row++) {
            int from = depth.rowStart(row);
            for (int i = 0; i < depth.width(); i++) {
                float value = depth.array()[from + i];
                corrected.array()[at++] = value > 0 ? (float) corrected(value) : Float.NaN;
            }
        }
        return corrected;
    }

    @Override
    public String toString() {
        return switch (form) {
            case NONE -> "d";
            case SCALE -> String.format(Locale.ROOT, "%.6g · d", factor);
            case LOG_AFFINE -> String.format(Locale.ROOT, "%.6g · d^%.6g", factor, exponent);
        };
    }
}
