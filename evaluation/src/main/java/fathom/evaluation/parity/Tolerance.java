package fathom.evaluation.parity;

/**
 * The largest accepted difference between a number and its reference: {@code absolute + relative · |reference|}, or, for
 * the root of a difference of means, a difference of the squares.
 *
 * @param relative part of the magnitude of the reference
 * @param absolute in the unit of the number
 * @param squared of the squares of both numbers; above 0, a reference that is the root of a negative number by rounding
 *            (NaN) agrees with a number near 0
 */
public record Tolerance(double relative, double absolute, double squared) {
    /**
     * A tolerance without a part for squares.
     *
     * @param relative part of the magnitude of the reference
     * @param absolute in the unit of the number
     */
    public Tolerance(double relative, double absolute) {
        this(relative, absolute, 0);
    }

    /**
     * {@return a tolerance that is a part of the reference}
     *
     * @param relative the part
     */
    public static Tolerance relative(double relative) {
        return new Tolerance(relative, 0);
    }

    /**
     * {@return this tolerance with another absolute part}
     *
     * @param absolute in the unit of the number
     */
    public Tolerance withAbsolute(double absolute) {
        return new Tolerance(relative, absolute, squared);
    }

    /**
     * {@return whether {@code value} is close enough to {@code reference}} NaN agrees with NaN only; an infinity agrees
     * with the same infinity only.
     *
     * @param value the number
     * @param reference the number that it is compared with
     */
    public boolean accepts(double value, double reference) {
        if (squared > 0 && Double.isFinite(value)
                && Math.abs(value * value - (Double.isNaN(reference) ? 0 : reference * reference)) <= squared) {
            return true;
        }
        if (!Double.isFinite(reference) || !Double.isFinite(value)) {
            return Double.compare(value, reference) == 0;
        }
        return Math.abs(value - reference) <= absolute + relative * Math.abs(reference);
    }

    /**
     * {@return |value − reference| / |reference|; the absolute difference if the reference is 0; 0 if both are the same
     * number, NaN or infinity; infinite if only one is finite}
     *
     * @param value the number
     * @param reference the number that it is compared with
     */
    public static double relativeDifference(double value, double reference) {
        if (Double.compare(value, reference) == 0) {
            return 0;
        }
        if (!Double.isFinite(value) || !Double.isFinite(reference)) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = Math.abs(value - reference);
        return reference == 0 ? difference : difference / Math.abs(reference);
    }
}
