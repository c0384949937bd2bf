package fathom.datasets.values;

import java.util.List;
import java.util.Optional;

import fathom.raster.AuxiliaryMap;
import fathom.raster.Prediction;

/**
 * A prediction read from a dataset: the values, exactly as the model returned them, and their description.
 *
 * @param prediction the values, [H, W], at the resolution of the model
 * @param field the kind, resampling, provenance and time
 * @param maps the auxiliary maps, sorted by name
 */
public record StoredPrediction(Prediction prediction, Field.PredictionField field, List<AuxiliaryMap> maps) {
    /** Copies the list. */
    public StoredPrediction {
        maps = List.copyOf(maps);
    }

    /**
     * Returns an auxiliary map.
     *
     * @param name the name of the map
     * @return the map; empty if there is none of that name
     */
    public Optional<AuxiliaryMap> map(String name) {
        return maps.stream().filter(map -> map.name().equals(name)).findFirst();
    }
}
