package fathom.datasets.values;

import java.util.List;
import java.util.Optional;

import fathom.raster.AuxiliaryMap;
import fathom.raster.Prediction;

/**
 * A prediction read from a dataset: the values, exactly as the model gave them, and their description.
 *
 * @param prediction the values, [H, W], at the model's own resolution
 * @param field kind, resampling, provenance and time
 * @param maps what the model gave in addition, sorted by name
 */
public record StoredPrediction(Prediction prediction, Field.PredictionField field, List<AuxiliaryMap> maps) {
    public StoredPrediction {
        maps = List.copyOf(maps);
    }

    /** Returns the auxiliary map of that name, if there is one. */
    public Optional<AuxiliaryMap> map(String name) {
        return maps.stream().filter(map -> map.name().equals(name)).findFirst();
    }
}
