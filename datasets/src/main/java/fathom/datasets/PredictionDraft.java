package fathom.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * A prediction that is to be stored.
 *
 * @param prediction the values, [H, W], at the model's own resolution; stored bit by bit, NaN and infinities included
 * @param resampling label of the kernel that resizes it to the picture, such as {@code torch-bicubic}
 * @param provenance what made it
 * @param maps further maps by name, such as {@code uncertainty}; often empty
 * @param numbers further numbers by name, such as {@code seconds}; often empty. They belong to no protocol
 */
public record PredictionDraft(Prediction prediction, String resampling, Provenance provenance, Map<String, Plane> maps,
        Map<String, Double> numbers) {
    public PredictionDraft {
        if (resampling.isBlank()) {
            throw new IllegalArgumentException("resampling: expected a kernel's label, found none");
        }
        maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        maps.keySet().forEach(name -> Names.requirePart("map name", name));
        numbers.keySet().forEach(name -> Names.requirePart("number name", name));
    }

    /** Depth alone. */
    public static PredictionDraft of(Prediction prediction, String resampling, Provenance provenance) {
        return new PredictionDraft(prediction, resampling, provenance, Map.of(), Map.of());
    }
}
