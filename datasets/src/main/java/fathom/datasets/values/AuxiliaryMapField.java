package fathom.datasets.values;

import fathom.datasets.Sample;
import fathom.raster.AuxiliaryMap;

/**
 * The description of an auxiliary map that is stored with a prediction. {@link Sample#auxiliaryMap} reads its values.
 *
 * @param name the name, unique among the maps of one prediction, such as {@code uncertainty}
 * @param kind the meaning of the numbers, which also determines the number of planes
 * @param unit the unit of the numbers: {@code "m"}, or empty if they have none
 */
public record AuxiliaryMapField(String name, AuxiliaryMap.Kind kind, String unit) {}
