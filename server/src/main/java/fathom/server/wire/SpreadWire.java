package fathom.server.wire;

import java.util.List;

/**
 * How the values of one layer are spread over an even selection of a dataset's maps.
 *
 * @param low 2nd percentile
 * @param high 98th percentile
 * @param minimum 0.1th percentile, where the bins begin
 * @param maximum 99.9th percentile, where the bins end
 * @param maps how many maps were read; the rest is 0 where none was
 * @param counts values in equal bins
 */
public record SpreadWire(double low, double high, double minimum, double maximum, int maps, List<Integer> counts) {}
