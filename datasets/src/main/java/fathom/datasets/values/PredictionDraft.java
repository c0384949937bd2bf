package fathom.datasets.values;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import fathom.raster.AuxiliaryMap;
import fathom.raster.Prediction;

/**
 * A prediction that is to be stored.
 *
 * @param prediction the values, [H, W], at the model's own resolution; stored bit by bit, NaN and infinities included
 * @param resampling label of the kernel that resizes it to the picture, such as {@code torch-bicubic}
 * @param provenance what made it
 * @param maps what the model gave in addition, names unique; often empty
 * @param numbers further numbers by name, such as {@code seconds}; often empty. They belong to no protocol
 */
public record PredictionDraft(Prediction prediction, String resampling, Provenance provenance, List<AuxiliaryMap> maps,
        Map<String, Double> numbers) {
    public PredictionDraft {
        if (resampling.isBlank()) {
            throw new IllegalArgumentException("resampling: expected a kernel's label, found none");
        }
        maps = List.copyOf(maps);
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        Set<String> names = new HashSet<>();
        for (AuxiliaryMap map : maps) {
            for (String name : map.components().keySet()) {
                Names.requirePart("map name", name);
                if (!names.add(name)) {
                    throw new IllegalArgumentException("map name: expected each once, found " + name + " twice");
                }
            }
        }
        numbers.keySet().forEach(name -> Names.requirePart("number name", name));
    }

    /** Depth alone. */
    public static PredictionDraft of(Prediction prediction, String resampling, Provenance provenance) {
        return new PredictionDraft(prediction, resampling, provenance, List.of(), Map.of());
    }
}
