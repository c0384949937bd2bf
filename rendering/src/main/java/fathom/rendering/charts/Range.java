package fathom.rendering.charts;

/**
 * A value with an interval, for {@link Charts#intervals}.
 *
 * @param name the name at the axis
 * @param colour number of its colour, from 0
 * @param value the value, finite
 * @param low the lower end, finite
 * @param high the upper end, finite
 */
public record Range(String name, int colour, double value, double low, double high) {}
