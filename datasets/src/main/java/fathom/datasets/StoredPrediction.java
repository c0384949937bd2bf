package fathom.datasets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * A prediction read from a dataset: the values, exactly as the model gave them, and their description.
 *
 * @param prediction the values, [H, W], at the model's own resolution
 * @param field kind, resampling, provenance and time
 * @param maps what else the model gave, by name, such as {@code uncertainty}
 */
public record StoredPrediction(Prediction prediction, Field.PredictionField field, Map<String, Plane> maps) {
    public StoredPrediction {
        maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
    }
}
