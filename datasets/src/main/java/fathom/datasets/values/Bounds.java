package fathom.datasets.values;

/**
 * The smallest and the largest value of one number over a dataset.
 *
 * @param min the smallest value; NaN if there is no value
 * @param max the largest value; NaN if there is no value
 */
public record Bounds(double min, double max) {}
