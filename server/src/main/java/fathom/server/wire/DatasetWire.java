package fathom.server.wire;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One dataset as columns: entry i of every list belongs to sample i, in the dataset's order.
 *
 * @param name its name
 * @param revision changes whenever the dataset does
 * @param layers the picture, then measured depth, then predictions, each followed by what it has beside depth
 * @param columns the numbers
 * @param samples what is known of every sample
 */
public record DatasetWire(String name, String revision, List<Layer> layers, List<Column> columns, Samples samples) {

    /**
     * One named picture or map.
     *
     * @param name the field's name, or {@code field.map} of what a prediction has beside depth
     * @param role {@code image}, {@code truth}, {@code prediction} or {@code map}
     * @param kind what the numbers mean, empty for a picture
     * @param unit {@code m} or empty
     * @param inverse whether larger values are nearer
     * @param model what made it, empty where nothing did
     * @param further what else is known of a {@code map}, null for any other
     */
    public record Layer(String name, String role, String kind, String unit, boolean inverse, String model,
            @Nullable Further further) {}

    /**
     * A map that a prediction has beside depth.
     *
     * @param field the prediction
     * @param map its name there
     * @param drawing {@code values}, {@code mask} (0 or 1) or {@code normal} (a unit vector)
     * @param shape [H, W] or [H, W, 3] beside the first prediction that has it; every answer states its own
     * @param range least and greatest value where the meaning fixes them, else empty: the spread says
     */
    public record Further(String field, String map, String drawing, List<Integer> shape, List<Double> range) {}

    /**
     * One number per sample.
     *
     * @param name its full path in the dataset, unique there
     * @param field the prediction that it belongs to
     * @param protocol what computed it, empty for none
     * @param latest whether the protocol is the field's latest for this number
     * @param label what people read
     * @param unit its unit, may be empty
     * @param better {@code lower}, {@code higher}, or null where neither is
     * @param values null where a sample has none or it is not finite
     */
    public record Column(String name, String field, String protocol, boolean latest, String label, String unit,
            @Nullable String better, List<@Nullable Double> values) {}

    /**
     * The samples.
     *
     * @param ids opaque ids, the only way to name a sample in an address
     * @param names for people
     * @param widths columns of the picture
     * @param heights rows of the picture
     * @param versions by layer: stands for the content, null where a sample has none
     * @param failures by prediction: why it could not be made, null where it was or nobody tried
     */
    public record Samples(List<String> ids, List<String> names, List<Integer> widths, List<Integer> heights,
            Map<String, List<@Nullable String>> versions, Map<String, List<@Nullable String>> failures) {}
}
