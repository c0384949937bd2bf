package fathom.evaluation.protocols;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.AlignRule;
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.FitPixels;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Undefined;
import fathom.formats.FormatException;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a protocol from YAML. {@link ProtocolSchema} is the schema of the file; an unknown key, a missing
 * one or a contradiction is an error that names its place.
 */
public final class ProtocolFile {
    private static final YAMLMapper YAML = YAMLMapper
            .builder(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final int LARGEST = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
    private static final Set<String> KEYS = Set.of("name", "title", "description", "flaws", "citations", "arithmetic",
            "threshold-included", "pooling", "steps", "metrics");
    private static final Set<String> RULE_KEYS = Set.of("least-inverse", "fit-pixels", "if-undefined",
            "fit-resolution");

    private final String source;

    private ProtocolFile(String source) {
        this.source = source;
    }

    /**
     * {@return the protocol in a file}
     *
     * @param path a YAML file of at most 1 MiB
     * @throws IOException if the file cannot be read, or its content is not a protocol
     */
    public static StepProtocol read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected a YAML file, found a folder");
        }
        if (Files.size(path) > LARGEST) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected a protocol of at most 1 MiB, found " + Files.size(path) + " bytes");
        }
        return read(Files.readAllBytes(path), path.toString());
    }

    /**
     * {@return the protocol in YAML text}
     *
     * @param bytes UTF-8
     * @param source names the text in messages
     * @throws FormatException if the content is not a protocol
     */
    public static StepProtocol read(byte[] bytes, String source) throws FormatException {
        JsonNode root;
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(new String(bytes, StandardCharsets.UTF_8))) {
            root = documents.hasNextValue() ? documents.nextValue() : MissingNode.getInstance();
            if (documents.hasNextValue()) {
                throw new FormatException(source, FormatException.NO_OFFSET,
                        "expected one YAML document, found a second");
            }
        } catch (JacksonException e) {
            throw new FormatException(source, FormatException.NO_OFFSET,
                    "not valid YAML" + at(e.getLocation()) + ": " + e.getOriginalMessage().lines()
                            .filter(line -> !line.startsWith(" ")).collect(Collectors.joining("; ")));
        }
        return new ProtocolFile(source).protocol(root);
    }

    private static String at(@Nullable TokenStreamLocation place) {
        return place == null || place.getLineNr() < 1
                ? ""
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private StepProtocol protocol(JsonNode root) throws FormatException {
        if (!root.isObject()) {
            throw wrong("protocol", "a map of keys", root);
        }
        requireKeys("protocol", root, KEYS);
        String name = text(root, "name");
        if (!NAME.matcher(name).matches()) {
            throw wrong("name", "lower-case letters, digits and hyphens", root.get("name"));
        }
        ProtocolText text = new ProtocolText(name + ": " + text(root, "title"), text(root, "description"),
                texts(root, "flaws"), texts(root, "citations"));
        List<Step> steps = new ArrayList<>();
        for (JsonNode node : list(root, "steps")) {
            steps.add(step("steps[" + steps.size() + "]", node));
        }
        requireOrder(steps);
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode node : list(root, "metrics")) {
            Metric metric = metric(metrics.size(), node);
            if (metrics.contains(metric)) {
                throw error("metrics[" + metrics.size() + "]: expected each metric once, found \"" + metric.key()
                        + "\" again");
            }
            metrics.add(metric);
        }
        try {
            return new StepProtocol(name, text,
                    option(root, "arithmetic", Arithmetic.FLOAT64, Arithmetic.values(), Arithmetic::label),
                    flag("protocol", root, "threshold-included", false),
                    option(root, "pooling", Pooling.IMAGES, Pooling.values(), Pooling::label), steps, metrics);
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()));
        }
    }

    /** Refuses steps whose order contradicts itself. */
    private void requireOrder(List<Step> steps) throws FormatException {
        boolean sized = false;
        boolean aligned = false;
        double min = 0;
        double max = Double.POSITIVE_INFINITY;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean sizes = step instanceof Step.Resize || step instanceof Step.SameSize;
            if (sizes && sized) {
                throw error("steps[" + i + "]: expected one step resize or same-size, found a second");
            }
            if (!sizes && !sized) {
                throw error("steps[" + i + "]: expected resize or same-size as the first step, found " + step.key());
            }
            if (step instanceof Step.Align && aligned) {
                throw error("steps[" + i + "]: expected one step align, found a second");
            }
            if (step instanceof Step.Range range) {
                min = Math.max(min, range.min());
                max = Math.min(max, range.max());
                if (!(min < max)) {
                    throw error("steps[" + i + "]: expected ranges that overlap, found none above " + min
                            + " m and below " + max + " m");
                }
            }
            sized |= sizes;
            aligned |= step instanceof Step.Align;
        }
        if (!sized || !aligned) {
            throw error("steps: expected a step " + (sized ? "align" : "resize or same-size") + ", found none");
        }
    }

    private Step step(String place, JsonNode node) throws FormatException {
        if (!node.isObject() || node.size() != 1) {
            throw wrong(place, "one key with its value", node);
        }
        String key = node.propertyNames().iterator().next();
        JsonNode value = node.get(key);
        String at = place + "." + key;
        try {
            return switch (key) {
                case "resize" -> resize(at, value);
                case "same-size" -> {
                    if (!value.isBoolean() || !value.asBoolean()) {
                        throw wrong(at, "true", value);
                    }
                    yield new Step.SameSize();
                }
                case "range" -> {
                    requireKeys(at, value, Set.of("min", "max", "min-included", "max-included"));
                    yield new Step.Range(number(at, value, "min"), limit(at, value),
                            flag(at, value, "min-included", false), flag(at, value, "max-included", false));
                }
                case "crop" -> new Step.Keep(crop(at, value));
                case "cut" -> new Step.Cut(crop(at, value));
                case "blank-outside" -> new Step.Blank(crop(at, value));
                case "predicted" -> new Step.Predicted(
                        choice(at, value, new Boolean[]{true, false}, positive -> positive ? "positive" : "finite"));
                case "align" -> new Step.Align(rule(at, value));
                case "multiply" -> new Step.Multiply(positive(at, value));
                case "clip" -> {
                    requireKeys(at, value, Set.of("min", "max", "nan"));
                    yield new Step.Clip(number(at, value, "min"), limit(at, value),
                            value.has("nan")
                                    ? choice(at + ".nan", value.get("nan"), Step.NotANumber.values(),
                                            Step.NotANumber::label)
                                    : Step.NotANumber.KEEP);
                }
                case "at-least" -> new Step.AtLeast(whole(at, value));
                default -> throw error(place + ": expected one of resize, same-size, range, crop, cut, blank-outside, "
                        + "predicted, align, multiply, clip, at-least, found \"" + key + "\"");
            };
        } catch (IllegalArgumentException e) {
            throw error(at + ": " + e.getMessage());
        }
    }

    private Step resize(String at, JsonNode value) throws FormatException {
        requireKeys(at, value, Set.of("kernel", "inverse", "always"));
        String kernel = value.has("kernel") ? word(at + ".kernel", value.get("kernel")) : Step.Resize.OF_MODEL;
        return new Step.Resize(
                kernel.equals(Step.Resize.OF_MODEL) ? Optional.empty() : Optional.of(Resampling.ofLabel(kernel)),
                value.has("inverse")
                        ? choice(at + ".inverse", value.get("inverse"), Step.Inversion.values(), Step.Inversion::label)
                        : Step.Inversion.NONE,
                flag(at, value, "always", false));
    }

    private AlignRule rule(String at, JsonNode value) throws FormatException {
        if (!value.isObject()) {
            throw wrong(at, "a map of kinds and settings", value);
        }
        Map<DepthKind, AlignMethod> methods = new EnumMap<>(DepthKind.class);
        for (String key : value.propertyNames()) {
            if (!RULE_KEYS.contains(key)) {
                DepthKind kind = choice(at, key, DepthKind.values(), DepthKind::label);
                AlignMethod method = choice(at + "." + key, value.get(key), AlignMethod.values(), AlignMethod::label);
                if (kind.isInverse() && !method.isInverse()) {
                    throw error(at + "." + key + ": expected an alignment of inverse depth, since an inverse depth of "
                            + "unknown scale is not depth, found " + value.get(key));
                }
                methods.put(kind, method);
            }
        }
        if (methods.isEmpty()) {
            throw error(at + ": expected the alignment of at least one kind, found none");
        }
        JsonNode inverse = value.path("least-inverse");
        double least = inverse.isString() && inverse.asString().equals(AlignRule.FARTHEST_TRUTH)
                ? Double.NaN
                : inverse.isMissingNode() ? DEFAULT_LEAST_INVERSE : positive(at + ".least-inverse", inverse);
        JsonNode resolution = value.path("fit-resolution");
        return new AlignRule(methods, least,
                value.has("fit-pixels")
                        ? choice(at + ".fit-pixels", value.get("fit-pixels"), FitPixels.values(), FitPixels::label)
                        : FitPixels.ALL,
                value.has("if-undefined")
                        ? choice(at + ".if-undefined", value.get("if-undefined"), Undefined.values(), Undefined::label)
                        : Undefined.NO_SCORES,
                resolution.isMissingNode() ? 0 : whole(at + ".fit-resolution", resolution));
    }

    /** Aligned depth of at most a kilometre. */
    private static final double DEFAULT_LEAST_INVERSE = 1e-3;

    private Crop crop(String at, JsonNode value) throws FormatException {
        return choice(at, value, Crop.values(), Crop::label);
    }

    private Metric metric(int index, JsonNode node) throws FormatException {
        Optional<Metric> metric = node.isString() ? MapMetrics.named(node.asString()) : Optional.empty();
        return metric.orElseThrow(() -> wrong("metrics[" + index + "]",
                "one of " + String.join(", ", MapMetrics.withPixelwise().stream().map(Metric::key).toList()), node));
    }

    private <T> T option(JsonNode root, String key, T fallback, T[] values, Function<T, String> label)
            throws FormatException {
        return root.has(key) ? choice(key, root.get(key), values, label) : fallback;
    }

    private <T> T choice(String at, JsonNode value, T[] values, Function<T, String> label) throws FormatException {
        if (!value.isString()) {
            throw wrong(at, "one of " + String.join(", ", Arrays.stream(values).map(label).toList()), value);
        }
        return choice(at, value.asString(), values, label);
    }

    private <T> T choice(String at, String word, T[] values, Function<T, String> label) throws FormatException {
        for (T value : values) {
            if (label.apply(value).equals(word)) {
                return value;
            }
        }
        throw error(at + ": expected one of " + String.join(", ", Arrays.stream(values).map(label).toList())
                + ", found \"" + word + "\"");
    }

    private double limit(String at, JsonNode value) throws FormatException {
        JsonNode max = value.path("max");
        return max.isString() && max.asString().equals("none") ? Double.POSITIVE_INFINITY : number(at, value, "max");
    }

    private double number(String at, JsonNode value, String key) throws FormatException {
        JsonNode number = value.path(key);
        if (!number.isNumber() || !Double.isFinite(number.asDouble())) {
            throw wrong(at + "." + key, "a finite number", number);
        }
        return number.asDouble();
    }

    private double positive(String at, JsonNode value) throws FormatException {
        if (!value.isNumber() || !(value.asDouble() > 0) || Double.isInfinite(value.asDouble())) {
            throw wrong(at, "a number above 0", value);
        }
        return value.asDouble();
    }

    private int whole(String at, JsonNode value) throws FormatException {
        if (!value.isNumber() || value.asDouble() != Math.rint(value.asDouble()) || !(value.asDouble() >= 1)
                || value.asDouble() > Integer.MAX_VALUE) {
            throw wrong(at, "a whole number from 1 to " + Integer.MAX_VALUE, value);
        }
        return (int) value.asDouble();
    }

    private String word(String at, JsonNode value) throws FormatException {
        if (!value.isString()) {
            throw wrong(at, "a text", value);
        }
        return value.asString();
    }

    private boolean flag(String at, JsonNode value, String key, boolean fallback) throws FormatException {
        JsonNode flag = value.path(key);
        if (flag.isMissingNode()) {
            return fallback;
        }
        if (!flag.isBoolean()) {
            throw wrong(at + "." + key, "true or false", flag);
        }
        return flag.asBoolean();
    }

    private String text(JsonNode root, String key) throws FormatException {
        JsonNode value = root.path(key);
        if (!value.isString() || value.asString().isBlank()) {
            throw wrong(key, "a text", value);
        }
        return value.asString().strip().replaceAll("\\s+", " ");
    }

    private List<String> texts(JsonNode root, String key) throws FormatException {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : root.has(key) ? list(root, key) : List.<JsonNode>of()) {
            if (!node.isString()) {
                throw wrong(key, "texts", node);
            }
            texts.add(node.asString().strip().replaceAll("\\s+", " "));
        }
        return texts;
    }

    private Iterable<JsonNode> list(JsonNode root, String key) throws FormatException {
        JsonNode value = root.path(key);
        if (!value.isArray()) {
            throw wrong(key, "a list", value);
        }
        return value;
    }

    private void requireKeys(String at, JsonNode value, Set<String> known) throws FormatException {
        if (!value.isObject()) {
            throw wrong(at, "a map", value);
        }
        for (String key : value.propertyNames()) {
            if (!known.contains(key)) {
                throw error(at + ": expected the keys " + String.join(", ", known.stream().sorted().toList())
                        + ", found \"" + key + "\"");
            }
        }
    }

    private FormatException wrong(String at, String expected, JsonNode found) {
        return error(at + ": expected " + expected + ", found " + (found.isMissingNode() ? "nothing" : found));
    }

    private FormatException error(String problem) {
        return new FormatException(source, FormatException.NO_OFFSET, problem);
    }
}
