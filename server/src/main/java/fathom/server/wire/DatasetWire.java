package fathom.server.wire;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One dataset as columns: entry i of every list belongs to sample i, in the dataset's order.
 *
 * @param name its name
 * @param revision a value that changes whenever the dataset changes
 * @param layers the picture, then measured depth, then predictions, each followed by its auxiliary maps
 * @param columns the metrics and other numbers
 * @param samples ids, names, sizes, versions and failures of the samples
 */
public record DatasetWire(String name, String revision, List<Layer> layers, List<Column> columns, Samples samples) {

    /**
     * One named picture or map.
     *
     * @param name the field's name, or {@code field.map} for an auxiliary map of a prediction
     * @param role {@code image}, {@code truth}, {@code prediction} or {@code map}
     * @param kind what the values mean, empty for a picture
     * @param unit {@code m} or empty
     * @param inverse whether larger values are nearer
     * @param model the model that made it, otherwise empty
     * @param further details of a {@code map}, null for all other roles
     */
    public record Layer(String name, String role, String kind, String unit, boolean inverse, String model,
            @Nullable Further further) {}

    /**
     * The details of an auxiliary map of a prediction.
     *
     * @param field the prediction field
     * @param map the map's name in the field
     * @param drawing {@code values}, {@code mask} (0 or 1) or {@code normal} (a unit vector)
     * @param shape [H, W] or [H, W, 3] of the first prediction that has it; shapes of other samples can differ
     * @param range minimum and maximum if the kind defines them, otherwise empty: use the histogram
     */
    public record Further(String field, String map, String drawing, List<Integer> shape, List<Double> range) {}

    /**
     * One number per sample.
     *
     * @param name its full path in the dataset, unique there
     * @param field the prediction that it belongs to
     * @param protocol the protocol that computed it, empty for none
     * @param latest whether this is the most recently evaluated protocol of the field for this number
     * @param label the display name
     * @param unit its unit, may be empty
     * @param better {@code lower}, {@code higher}, or null if neither is
     * @param values one per sample; null if missing or not finite
     */
    public record Column(String name, String field, String protocol, boolean latest, String label, String unit,
            @Nullable String better, List<@Nullable Double> values) {}

    /**
     * The samples.
     *
     * @param ids opaque ids, the only way to name a sample in an address
     * @param names the display names
     * @param widths columns of the picture
     * @param heights rows of the picture
     * @param versions by layer: the version of the content, null if a sample has none
     * @param failures by prediction field: the reason of the failure, null if it did not fail
     */
    public record Samples(List<String> ids, List<String> names, List<Integer> widths, List<Integer> heights,
            Map<String, List<@Nullable String>> versions, Map<String, List<@Nullable String>> failures) {}
}
