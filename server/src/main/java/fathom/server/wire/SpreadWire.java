package fathom.server.wire;

import java.util.List;

/**
 * A histogram of one layer's values over evenly spaced maps of a dataset.
 *
 * @param low 2nd percentile
 * @param high 98th percentile
 * @param minimum 0.1th percentile, the lower end of the bins
 * @param maximum 99.9th percentile, the upper end of the bins
 * @param maps the number of maps read; if 0, all other values are 0
 * @param counts the number of values per bin; bins have equal width
 */
public record SpreadWire(double low, double high, double minimum, double maximum, int maps, List<Integer> counts) {}
