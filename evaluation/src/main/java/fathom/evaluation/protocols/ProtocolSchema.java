package fathom.evaluation.protocols;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.MetricFunction;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.AlignRule;
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.FitPixels;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Undefined;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Items;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;

/** The JSON Schema of a protocol file, for editors that complete and check YAML. */
public final class ProtocolSchema {
    private static final Members TEXT = Members.NONE.with("type", "string");
    private static final Members NUMBER = Members.NONE.with("type", "number");
    private static final Members BOOLEAN = Members.NONE.with("type", "boolean");
    private static final Members POSITIVE = NUMBER.with("exclusiveMinimum", 0);

    private ProtocolSchema() {}

    /** {@return the schema, JSON Schema draft 2020-12} */
    public static Members json() {
        return object(
                Map.ofEntries(Map.entry("name", TEXT.with("pattern", "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$")),
                        Map.entry("title", TEXT), Map.entry("description", TEXT), Map.entry("flaws", list(TEXT)),
                        Map.entry("citations", list(TEXT)),
                        Map.entry("arithmetic", choice(Arithmetic.values(), Arithmetic::label)),
                        Map.entry("threshold-included", BOOLEAN),
                        Map.entry("pooling", choice(Pooling.values(), Pooling::label)),
                        Map.entry("steps", list(steps())), Map.entry("metrics", list(metrics()))),
                List.of("name", "title", "description", "steps", "metrics"))
                .with("$schema", "https://json-schema.org/draft/2020-12/schema")
                .with("title", "An evaluation protocol of Fathom");
    }

    private static Members metrics() {
        return words(MapMetrics.withPixelwise().stream()
                .filter(metric -> !(metric.function() instanceof MetricFunction.OfPictures)).map(Metric::key).toList());
    }

    private static Members steps() {
        Members kernel = words(Stream
                .concat(Stream.of(Step.Resize.OF_MODEL), Arrays.stream(Resampling.values()).map(Resampling::label))
                .toList());
        Members crop = choice(Crop.values(), Crop::label);
        Members limit = either(NUMBER, words(List.of("none")));
        Map<String, JsonValue> steps = Map.ofEntries(
                Map.entry("resize",
                        object(Map.of("kernel", kernel, "inverse",
                                choice(Step.Inversion.values(), Step.Inversion::label), "always", BOOLEAN), List.of())),
                Map.entry("same-size", Members.NONE.with("const", true)),
                Map.entry("range",
                        object(Map.of("min", NUMBER, "max", limit, "min-included", BOOLEAN, "max-included", BOOLEAN),
                                List.of("min", "max"))),
                Map.entry("crop", crop), Map.entry("cut", crop), Map.entry("blank-outside", crop),
                Map.entry("predicted", words(List.of("positive", "finite"))), Map.entry("align", align()),
                Map.entry("multiply", POSITIVE),
                Map.entry("clip",
                        object(Map.of("min", NUMBER, "max", limit, "nan",
                                choice(Step.NotANumber.values(), Step.NotANumber::label)), List.of("min", "max"))),
                Map.entry("at-least", POSITIVE));
        return object(steps, List.of()).with("minProperties", 1).with("maxProperties", 1);
    }

    private static Members align() {
        Members properties = Members.NONE
                .with("least-inverse", either(POSITIVE, words(List.of(AlignRule.FARTHEST_TRUTH))))
                .with("fit-pixels", choice(FitPixels.values(), FitPixels::label))
                .with("if-undefined", choice(Undefined.values(), Undefined::label)).with("fit-resolution", POSITIVE);
        for (DepthKind kind : DepthKind.values()) {
            properties = properties.with(kind.label(), choice(AlignMethod.values(), AlignMethod::label));
        }
        return Members.NONE.with("type", "object").with("additionalProperties", false).with("properties", properties);
    }

    private static Members object(Map<String, ? extends JsonValue> properties, List<String> required) {
        Members members = Members.NONE;
        for (Map.Entry<String, ? extends JsonValue> entry : properties.entrySet()) {
            members = members.with(entry.getKey(), entry.getValue());
        }
        Members object = Members.NONE.with("type", "object").with("additionalProperties", false).with("properties",
                members);
        return required.isEmpty() ? object : object.with("required", JsonValue.ofTexts(required));
    }

    private static Members list(JsonValue items) {
        return Members.NONE.with("type", "array").with("items", items);
    }

    private static Members either(JsonValue one, JsonValue other) {
        return Members.NONE.with("anyOf", new Items(List.of(one, other)));
    }

    private static <T> Members choice(T[] values, Function<T, String> label) {
        return words(Arrays.stream(values).map(label).toList());
    }

    private static Members words(List<String> words) {
        return Members.NONE.with("enum", JsonValue.ofTexts(words));
    }
}
