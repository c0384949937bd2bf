package fathom.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import fathom.formats.FirstBytes;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object of settings, such as {@code config.json}. A field that is null counts as missing. Every mistake is a
 * {@link CheckpointException} that names file, field, what was expected and what was found. Immutable.
 */
public final class Settings {
    /** As lenient as Python's parser: NaN and Infinity are numbers, and of equal keys the last one counts. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final long SIZE_LIMIT = 64 << 20;
    /** Longest side of a picture that settings may contain, pixels; the largest published model uses 1536. */
    private static final int LONGEST_SIDE = 4096;

    private final Path file;
    private final String prefix;
    private final JsonNode object;

    private Settings(Path file, String prefix, JsonNode object) {
        this.file = file;
        this.prefix = prefix;
        this.object = object;
    }

    /**
     * Reads a file that must contain one JSON object.
     *
     * @param file the file
     * @return the settings
     * @throws CheckpointException if the file is missing or invalid
     * @throws IOException if it cannot be read
     */
    public static Settings read(Path file) throws IOException {
        try {
            Path real = FolderFiles.real(file);
            if (Files.size(real) > SIZE_LIMIT) {
                throw new CheckpointException(file,
                        "expected settings of at most " + SIZE_LIMIT + " bytes, found " + Files.size(real));
            }
            return of(file, Files.readAllBytes(real));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "expected settings in JSON, found no such file. Store it next to the "
                    + "weights: download it from the model's page, or pull the model again", e);
        }
    }

    /**
     * Parses settings that replace a missing file.
     *
     * @param file the file, for messages
     * @param json one JSON object
     * @return the settings
     */
    public static Settings parse(Path file, String json) {
        return of(file, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Settings of(Path file, byte[] json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                requireJson(file, json);
                throw new CheckpointException(file, "expected a JSON object, found " + describe(node));
            }
            return new Settings(file, "", node);
        } catch (JacksonException e) {
            requireJson(file, json);
            String place = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new CheckpointException(file, "expected JSON, found: " + e.getOriginalMessage() + place, e);
        }
    }

    /** Throws if the first bytes show that the content is empty or something else. */
    private static void requireJson(Path file, byte[] json) {
        Optional<String> other = FirstBytes.unexpected(Arrays.copyOf(json, Math.min(json.length, FirstBytes.LENGTH)),
                json.length, FirstBytes.Kind.JSON);
        if (other.isPresent()) {
            throw CheckpointException.explained(file, "expected JSON, found " + other.get());
        }
    }

    /**
     * Returns a copy in which defaults take the place of missing fields.
     *
     * @param json an object of fields with their defaults
     * @return the copy
     */
    public Settings withDefaults(String json) {
        ObjectNode complete = (ObjectNode) object.deepCopy();
        JSON.readTree(json).properties().forEach(field -> {
            if (node(field.getKey()) == null) {
                complete.set(field.getKey(), field.getValue());
            }
        });
        return new Settings(file, prefix, complete);
    }

    /**
     * Returns a copy with another value of an object.
     *
     * @param field name of the field
     * @param value its settings
     * @return the copy
     */
    public Settings with(String field, Settings value) {
        ObjectNode changed = (ObjectNode) object.deepCopy();
        changed.set(field, value.object);
        return new Settings(file, prefix, changed);
    }

    /** {@return the file that contains the settings} */
    public Path file() {
        return file;
    }

    /**
     * Returns whether a field is present and not null.
     *
     * @param field name of the field
     * @return whether it is
     */
    public boolean has(String field) {
        return node(field) != null;
    }

    /**
     * Returns whether a field is present and null: an explicit null can differ from a missing field.
     *
     * @param field name of the field
     * @return whether it is
     */
    public boolean isNull(String field) {
        JsonNode node = object.get(field);
        return node != null && node.isNull();
    }

    /** {@return the names of the fields, in their order} */
    public List<String> fields() {
        return List.copyOf(object.propertyNames());
    }

    /**
     * Returns a required integer.
     *
     * @param field name of the field
     * @param minimum the smallest valid value
     * @return the integer
     */
    public int integer(String field, int minimum) {
        return atLeast(field, required(field), minimum);
    }

    /**
     * Returns an optional integer.
     *
     * @param field name of the field
     * @param minimum the smallest valid value
     * @param otherwise the default
     * @return the integer, or the default if the field is missing
     */
    public int integer(String field, int minimum, int otherwise) {
        JsonNode node = node(field);
        return node == null ? otherwise : atLeast(field, node, minimum);
    }

    /**
     * Returns a required list of sides of a picture, pixels: integers from 1 to {@value #LONGEST_SIDE}, which may be
     * written as 384.0.
     *
     * @param field name of the field
     * @return the sides
     */
    public List<Integer> sides(String field) {
        return list(field, required(field), element -> atMost(field, element));
    }

    /**
     * Returns whether the field is a number.
     *
     * @param field name of the field
     * @return whether it is
     */
    public boolean isNumber(String field) {
        JsonNode node = node(field);
        return node != null && node.isNumber();
    }

    /**
     * Returns a required side of a picture or of a part of it, pixels: an integer from 1 to {@value #LONGEST_SIDE},
     * which may be written as 384.0.
     *
     * @param field name of the field
     * @return the side
     */
    public int side(String field) {
        return atMost(field, required(field));
    }

    /**
     * Returns an optional side of a picture or of a part of it, pixels: an integer from 1 to {@value #LONGEST_SIDE}.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return the side, or the default if the field is missing
     */
    public int side(String field, int otherwise) {
        JsonNode node = node(field);
        return node == null ? otherwise : atMost(field, node);
    }

    /**
     * Returns an optional number above 0 that float32 can represent.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return the number, or the default if the field is missing
     */
    public double positive(String field, double otherwise) {
        double number = number(field, otherwise);
        if (!((float) number > 0 && number <= Float.MAX_VALUE)) {
            throw wrong(field, "a number above 0, at most " + Float.MAX_VALUE, number);
        }
        return number;
    }

    /**
     * Returns an optional number.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return the number, or the default if the field is missing
     */
    public double number(String field, double otherwise) {
        JsonNode node = node(field);
        return node == null ? otherwise : asNumber(field, node);
    }

    /**
     * Returns an optional flag.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return the flag, or the default if the field is missing
     */
    public boolean flag(String field, boolean otherwise) {
        JsonNode node = node(field);
        return node == null ? otherwise : asFlag(field, node);
    }

    /**
     * Returns whether a step of preprocessing is on. As in transformers, null means off and a missing field the default.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return whether it is on
     */
    public boolean isOn(String field, boolean otherwise) {
        return !isNull(field) && flag(field, otherwise);
    }

    /**
     * Returns a required list of flags.
     *
     * @param field name of the field
     * @return the flags
     */
    public List<Boolean> flags(String field) {
        return list(field, required(field), element -> asFlag(field, element));
    }

    /**
     * Returns a required string.
     *
     * @param field name of the field
     * @return the string
     */
    public String text(String field) {
        return asText(field, required(field));
    }

    /**
     * Returns an optional string.
     *
     * @param field name of the field
     * @param otherwise the default
     * @return the string, or the default if the field is missing
     */
    public String text(String field, String otherwise) {
        JsonNode node = node(field);
        return node == null ? otherwise : asText(field, node);
    }

    /**
     * Returns a required list of integers.
     *
     * @param field name of the field
     * @param minimum the smallest valid value
     * @return the integers
     */
    public List<Integer> integers(String field, int minimum) {
        return list(field, required(field), element -> atLeast(field, element, minimum));
    }

    /**
     * Returns whether the field is a list, in contrast to one value for all.
     *
     * @param field name of the field
     * @return whether it is
     */
    public boolean isList(String field) {
        JsonNode node = node(field);
        return node != null && node.isArray();
    }

    /**
     * Returns a required list of numbers.
     *
     * @param field name of the field
     * @return the numbers
     */
    public List<Double> numbers(String field) {
        return list(field, required(field), element -> asNumber(field, element));
    }

    /**
     * Returns a required list of strings.
     *
     * @param field name of the field
     * @return the strings
     */
    public List<String> texts(String field) {
        return list(field, required(field), element -> asText(field, element));
    }

    /**
     * Returns whether the field is an object, in contrast to one value for all.
     *
     * @param field name of the field
     * @return whether it is
     */
    public boolean isObject(String field) {
        JsonNode node = node(field);
        return node != null && node.isObject();
    }

    /**
     * Returns an optional object of settings.
     *
     * @param field name of the field
     * @return the settings, or empty if the field is missing
     */
    public Optional<Settings> object(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isObject()) {
            throw wrong(field, "an object of settings", describe(node));
        }
        return Optional.of(new Settings(file, prefix + field + ".", node));
    }

    /**
     * Returns a required list of objects.
     *
     * @param field name of the field
     * @return the settings of each
     */
    public List<Settings> objects(String field) {
        return list(field, required(field), element -> {
            if (!element.isObject()) {
                throw wrong(field, "a list of objects", element);
            }
            return new Settings(file, prefix + field + ".", element);
        });
    }

    /** {@return all settings as a value, without those that are null} */
    public Members toJson() {
        return (Members) value(object);
    }

    private static JsonValue value(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonValue> members = new TreeMap<>();
            node.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    members.put(member.getKey(), value(member.getValue()));
                }
            });
            return new Members(members);
        }
        if (node.isArray()) {
            List<JsonValue> items = new ArrayList<>();
            node.forEach(item -> items.add(item.isNull() ? Members.NONE : value(item)));
            return new JsonValue.Items(items);
        }
        if (node.isBoolean()) {
            return new JsonValue.Flag(node.booleanValue());
        }
        return node.isNumber() && Double.isFinite(node.doubleValue())
                ? new JsonValue.Numeral(node.doubleValue())
                : new JsonValue.Text(node.asString());
    }

    /**
     * Requires that a setting is absent or has the only word that is supported for it.
     *
     * @param field the name
     * @param supported the word
     * @throws CheckpointException if it has another value
     */
    public void requireWord(String field, String supported) {
        String found = text(field, supported);
        if (!found.equals(supported)) {
            throw wrong(field, supported, found);
        }
    }

    /**
     * Creates the exception for an invalid field.
     *
     * @param field name of the field
     * @param expected a valid value
     * @param found the value
     * @return the exception
     */
    public CheckpointException wrong(String field, String expected, Object found) {
        return new CheckpointException(file, prefix + field + ": expected " + expected + ", found " + found);
    }

    private @Nullable JsonNode node(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private JsonNode required(String field) {
        JsonNode node = node(field);
        if (node == null) {
            throw new CheckpointException(file, "expected the field " + prefix + field + ", found only "
                    + fields().stream().limit(40).collect(Collectors.joining(", ")));
        }
        return node;
    }

    private int atLeast(String field, JsonNode node, int minimum) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < minimum) {
            throw wrong(field, "an integer of at least " + minimum, node);
        }
        return node.intValue();
    }

    private int atMost(String field, JsonNode node) {
        double side = node.isNumber() ? node.doubleValue() : 0;
        if (!(side >= 1 && side <= LONGEST_SIDE) || side != Math.rint(side)) {
            throw wrong(field, "an integer of at least 1 and at most " + LONGEST_SIDE, describe(node));
        }
        return (int) side;
    }

    private double asNumber(String field, JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(field, "a number", node);
        }
        return node.doubleValue();
    }

    private boolean asFlag(String field, JsonNode node) {
        if (!node.isBoolean()) {
            throw wrong(field, "true or false", node);
        }
        return node.booleanValue();
    }

    private String asText(String field, JsonNode node) {
        if (!node.isString()) {
            throw wrong(field, "a word", node);
        }
        return node.stringValue();
    }

    private <T> List<T> list(String field, JsonNode node, Function<JsonNode, T> element) {
        if (!node.isArray()) {
            throw wrong(field, "a list", node);
        }
        List<T> values = new ArrayList<>();
        for (JsonNode item : node) {
            values.add(element.apply(item));
        }
        return List.copyOf(values);
    }

    private static String describe(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
