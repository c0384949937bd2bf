package fathom.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.raster.AuxiliaryMap;
import fathom.raster.Prediction;

/**
 * The result of a model for one picture.
 *
 * @param prediction depth at the model's resolution
 * @param maps auxiliary maps at the model's resolution, such as an uncertainty; often empty
 * @param numbers additional numbers by name, such as {@code field_of_view}; often empty
 */
public record Estimate(Prediction prediction, List<AuxiliaryMap> maps, Map<String, Double> numbers) {
    /** Name of the number that is the picture's horizontal field of view, degrees, if the model estimates it. */
    public static final String FIELD_OF_VIEW = "field_of_view";

    /** Copies the collections. */
    public Estimate {
        maps = List.copyOf(maps);
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /**
     * Creates an estimate that contains only depth.
     *
     * @param prediction depth at the model's resolution
     * @return the estimate
     */
    public static Estimate of(Prediction prediction) {
        return new Estimate(prediction, List.of(), Map.of());
    }

    /**
     * Returns an auxiliary map.
     *
     * @param name its name
     * @return the map, or empty if the model does not predict it
     */
    public Optional<AuxiliaryMap> map(String name) {
        return maps.stream().filter(map -> map.name().equals(name)).findFirst();
    }
}
