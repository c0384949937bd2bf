package fathom.rendering.charts;

/**
 * A value with an interval, for {@link Charts#intervals}.
 *
 * @param name the name at the axis
 * @param value the value, finite
 * @param low the lower end, finite
 * @param high the upper end, finite
 */
public record Range(String name, double value, double low, double high) {}
