package fathom.datasets.values;

/**
 * The smallest and the largest of a dataset's values of one number.
 *
 * @param min smallest, NaN where there is no value
 * @param max largest, NaN where there is no value
 */
public record Bounds(double min, double max) {}
