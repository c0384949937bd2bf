package fathom.models;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * What a model gives for one picture.
 *
 * @param prediction depth at the model's own resolution
 * @param maps further maps at the model's own resolution by name, such as {@code uncertainty}; often empty
 * @param numbers further numbers by name, such as {@code field_of_view}; often empty
 */
public record Estimate(Prediction prediction, Map<String, Plane> maps, Map<String, Double> numbers) {
    /** Name of the number that is the picture's horizontal field of view, degrees, where the model gives it. */
    public static final String FIELD_OF_VIEW = "field_of_view";

    public Estimate {
        maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /** Depth alone. */
    public static Estimate of(Prediction prediction) {
        return new Estimate(prediction, Map.of(), Map.of());
    }
}
