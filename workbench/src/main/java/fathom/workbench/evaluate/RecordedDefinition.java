package fathom.workbench.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.protocols.Pooling;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;

/**
 * What the stored definition of a protocol says about its numbers. It also covers protocols of users and definitions of
 * other versions, which the program does not know any more.
 *
 * @param quantity what is compared
 * @param metrics the metrics, in the order of columns
 * @param pooling what the mean of a dataset is taken over
 */
record RecordedDefinition(Quantity quantity, List<Metric> metrics, Pooling pooling) {
    /** Returns what a definition says; empty if it is unknown or not JSON. */
    static Optional<RecordedDefinition> of(String definition) {
        if (definition.isEmpty()) {
            return Optional.empty();
        }
        try {
            return JsonValue.parse(definition, "definition") instanceof Members members
                    ? Optional.of(of(members))
                    : Optional.empty();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static RecordedDefinition of(Members members) {
        List<Metric> metrics = new ArrayList<>();
        if (members.values().get("metrics") instanceof JsonValue.Items items) {
            for (JsonValue item : items.values()) {
                if (item instanceof JsonValue.Text text) {
                    MapMetrics.named(text.value()).ifPresent(metrics::add);
                }
            }
        }
        boolean metres = new JsonValue.Text("metres").equals(members.values().get("quantity"));
        boolean pixels = new JsonValue.Text(Pooling.PIXELS.label()).equals(members.values().get("pooling"));
        return new RecordedDefinition(metres ? Quantity.METRES : Quantity.NUMBERS, metrics,
                pixels ? Pooling.PIXELS : Pooling.IMAGES);
    }
}
