package fathom.datasets.values;

import fathom.datasets.Sample;
import fathom.raster.AuxiliaryMap;

/**
 * A map that is stored with a prediction, described; {@link Sample#auxiliaryMap} reads its values.
 *
 * @param name unique among the maps of one prediction, such as {@code uncertainty}
 * @param kind what its numbers are
 * @param unit unit of its numbers, {@code "m"} or empty
 */
public record AuxiliaryMapField(String name, AuxiliaryMap.Kind kind, String unit) {}
