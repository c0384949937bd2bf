package fathom.evaluation.statistics;

/**
 * A confidence interval.
 *
 * @param low the lower end; may be infinite
 * @param high the upper end, at least {@code low}; may be infinite
 */
public record Interval(double low, double high) {
    /**
     * Validates the order.
     *
     * @throws IllegalArgumentException if an end is NaN or the lower end is above the upper end
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval: expected low ≤ high, found " + low + " and " + high);
        }
    }

    /**
     * {@return whether {@code value} is in the interval, ends included}
     *
     * @param value the value
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
