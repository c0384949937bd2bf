package fathom.evaluation.reports;

import java.util.Locale;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.MetricUnit;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.statistics.Interval;

/**
 * A metric under a protocol, as a column of a table.
 *
 * @param metric the metric
 * @param unit the unit of its numbers; empty if there is none
 * @param decimals number of decimals in tables for readers
 */
public record Column(Metric metric, String unit, int decimals) {
    private static final String ABSENT = "–";

    /**
     * {@return the column of a metric under a protocol}
     *
     * @param metric the metric
     * @param protocol the protocol
     */
    public static Column of(Metric metric, Protocol protocol) {
        return new Column(metric, protocol.unit(metric), protocol.decimals(metric));
    }

    /**
     * {@return the column of a metric under a protocol that is not known}
     *
     * @param metric the metric
     */
    public static Column of(Metric metric) {
        return new Column(metric, metric.unit().symbol(Quantity.NUMBERS), metric.decimals());
    }

    /**
     * {@return the column of a metric of a protocol that the program does not know}
     *
     * @param metric the metric
     * @param quantity what the protocol compares
     */
    public static Column of(Metric metric, Quantity quantity) {
        boolean metres = quantity == Quantity.METRES && metric.unit() == MetricUnit.VALUES;
        return new Column(metric, metric.unit().symbol(quantity), metres ? Protocol.METRE_DECIMALS : metric.decimals());
    }

    /** {@return title and unit, for example {@code RMSE m}} */
    public String title() {
        return metric.title() + (unit.isEmpty() ? "" : " " + unit);
    }

    /** {@return title, unit and an arrow in the direction that is better} */
    public String heading() {
        return title() + " " + switch (metric.better()) {
            case LOWER -> "↓";
            case HIGHER -> "↑";
        };
    }

    /** {@return whether smaller numbers are better} */
    public boolean isLowerBetter() {
        return metric.better() == Metric.Better.LOWER;
    }

    /**
     * {@return a rounded number for readers; a dash for NaN}
     *
     * @param value the number
     */
    public String format(double value) {
        if (Double.isNaN(value)) {
            return ABSENT;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
        boolean zero = digits.chars().allMatch(c -> c == '0' || c == '.');
        return value < 0 && !zero ? "−" + digits : digits;
    }

    /**
     * {@return an interval for readers, for example {@code [0.81, 0.93]}}
     *
     * @param interval the interval
     */
    public String format(Interval interval) {
        return "[" + format(interval.low()) + ", " + format(interval.high()) + "]";
    }
}
