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
 * A prediction to be stored.
 *
 * @param prediction the values, [H, W], at the resolution of the model; stored bit for bit, including NaN and infinity
 * @param resampling the label of the kernel that resizes the prediction to the picture, such as {@code torch-bicubic}
 * @param provenance the model, settings and program that made the prediction
 * @param maps further outputs of the model, with unique names; often empty
 * @param numbers further numbers without a protocol, such as {@code seconds}; often empty
 */
public record PredictionDraft(Prediction prediction, String resampling, Provenance provenance, List<AuxiliaryMap> maps,
        Map<String, Double> numbers) {
    /** Copies the collections and checks the names. */
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

    /**
     * Returns a draft without auxiliary maps and numbers.
     *
     * @param prediction the values
     * @param resampling the label of the kernel
     * @param provenance the model, settings and program
     * @return the draft
     */
    public static PredictionDraft of(Prediction prediction, String resampling, Provenance provenance) {
        return new PredictionDraft(prediction, resampling, provenance, List.of(), Map.of());
    }
}
