package fathom.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.Failure;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.NumberSummary;
import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.protocols.Protocol;
import fathom.raster.DepthKind;
import fathom.server.wire.DatasetWire;
import fathom.server.wire.DatasetWire.Column;
import fathom.server.wire.DatasetWire.Layer;
import org.jspecify.annotations.Nullable;

/** Converts a dataset to columns: one pass over its samples, one query per number. */
final class Columns {
    private final Dataset dataset;
    private final String revision;
    private final List<Sample> samples;

    Columns(Dataset dataset, String revision) {
        this.dataset = dataset;
        this.revision = revision;
        this.samples = dataset.samples();
    }

    DatasetWire wire() {
        List<FieldSummary> fields = dataset.fields();
        List<Layer> layers = new ArrayList<>();
        Map<String, List<@Nullable String>> versions = new LinkedHashMap<>();
        for (FieldSummary field : fields) {
            layers.add(layer(field));
            List<@Nullable String> column = new ArrayList<>(samples.size());
            for (Sample sample : samples) {
                column.add(sample.field(field.name()).map(each -> Versions.of(dataset, each)).orElse(null));
            }
            versions.put(field.name(), column);
            addFurther(field, layers, versions);
        }
        return new DatasetWire(dataset.name(), revision, layers, numbers(),
                new DatasetWire.Samples(samples.stream().map(Sample::id).toList(),
                        samples.stream().map(Sample::name).toList(), samples.stream().map(Sample::width).toList(),
                        samples.stream().map(Sample::height).toList(), versions, failures(fields)));
    }

    private Layer layer(FieldSummary field) {
        return switch (field.type()) {
            case RGB -> new Layer(field.name(), "image", "", "", false, "", null);
            case MEASURED ->
                new Layer(field.name(), "truth", DepthKind.METRIC.label(), DepthKind.METRIC.unit(), false, "", null);
            case PREDICTION -> prediction(field.name());
        };
    }

    /** Returns the layer of a prediction field, described by its first prediction: one model made them all. */
    private Layer prediction(String name) {
        for (Sample sample : samples) {
            Optional<Field> field = sample.field(name);
            if (field.isPresent() && field.get() instanceof Field.PredictionField made) {
                DepthKind kind = made.kind();
                return new Layer(name, "prediction", kind.label(), kind.unit(), kind.isInverse(),
                        made.provenance().model(), null);
            }
        }
        return new Layer(name, "prediction", "", "", false, "", null);
    }

    /** Adds one layer per auxiliary map of a prediction field, described by the first sample that has it. */
    private void addFurther(FieldSummary field, List<Layer> layers, Map<String, List<@Nullable String>> versions) {
        Map<String, List<AuxiliaryMapField>> stored = dataset.auxiliaryMaps(field.name());
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            List<AuxiliaryMapField> maps = stored.get(sample.id());
            if (maps == null
                    || !(sample.field(field.name()).orElse(null) instanceof Field.PredictionField prediction)) {
                continue;
            }
            for (AuxiliaryLayer map : AuxiliaryLayer.of(field.name(), maps)) {
                if (!versions.containsKey(map.layer())) {
                    layers.add(further(prediction, map));
                    versions.put(map.layer(), new ArrayList<>(Collections.nCopies(samples.size(), null)));
                }
                Objects.requireNonNull(versions.get(map.layer())).set(i, Versions.of(prediction, map));
            }
        }
    }

    private static Layer further(Field.PredictionField prediction, AuxiliaryLayer map) {
        List<Integer> shape = map.planes().size() == 1
                ? List.of(prediction.height(), prediction.width())
                : List.of(prediction.height(), prediction.width(), map.planes().size());
        return new Layer(map.layer(), "map", map.meaning(), map.map().unit(), false, prediction.provenance().model(),
                new DatasetWire.Further(prediction.name(), map.name(), map.drawing().name().toLowerCase(Locale.ROOT),
                        shape, map.range()));
    }

    /** Returns the number columns, grouped by field: metrics in the order of {@link Metric}, then numbers without a protocol. */
    private List<Column> numbers() {
        List<String> fields = dataset.fields().stream().map(FieldSummary::name).toList();
        return dataset
                .numberSummaries().stream().sorted(
                        Comparator.comparingInt((NumberSummary summary) -> fields.indexOf(summary.field()))
                                .thenComparing(summary -> summary.protocol().isEmpty())
                                .thenComparing(NumberSummary::protocol).thenComparingInt(summary -> metric(summary)
                                        .map(MapMetrics.withPixelwise()::indexOf).orElse(Integer.MAX_VALUE)))
                .map(this::column).toList();
    }

    private Column column(NumberSummary summary) {
        Optional<Metric> metric = metric(summary);
        List<@Nullable Double> values = new ArrayList<>(samples.size());
        for (double value : dataset.values(summary.path())) {
            values.add(Double.isFinite(value) ? (Double) value : null);
        }
        return new Column(summary.path(), summary.field(), summary.protocol(), summary.latest(),
                metric.map(Metric::title).orElse(summary.name()), metric.map(known -> unit(summary, known)).orElse(""),
                metric.map(known -> known.better().label()).orElse(null), values);
    }

    private static Optional<Metric> metric(NumberSummary summary) {
        return MapMetrics.named(summary.name());
    }

    private static String unit(NumberSummary summary, Metric metric) {
        return Protocol.all().stream().filter(protocol -> protocol.name().equals(summary.protocol())).findFirst()
                .map(protocol -> protocol.unit(metric)).orElse(metric.unit().symbol(Quantity.NUMBERS));
    }

    private Map<String, List<@Nullable String>> failures(List<FieldSummary> fields) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            places.put(samples.get(i).id(), i);
        }
        Map<String, List<@Nullable String>> byField = new LinkedHashMap<>();
        for (FieldSummary field : fields) {
            if (field.failed() > 0) {
                List<@Nullable String> reasons = new ArrayList<>(Collections.nCopies(samples.size(), null));
                for (Failure failure : dataset.failures(field.name())) {
                    Integer place = places.get(failure.sampleId());
                    if (place != null) {
                        reasons.set(place, failure.reason());
                    }
                }
                byField.put(field.name(), reasons);
            }
        }
        return byField;
    }
}
