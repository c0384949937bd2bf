package fathom.models.diffusers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A configuration file: one JSON object whose members are read by name and type, with errors that name file and member. */
final class ConfigFile {
    /** Configurations are a few kilobytes; a larger file is not one. */
    private static final long LARGEST = 16L << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path path;
    private final JsonNode root;

    private ConfigFile(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    /** Reads the object that {@code path} holds. */
    static ConfigFile read(Path path) throws IOException {
        long size = Files.size(path);
        if (size > LARGEST) {
            throw new IOException(path + ": expected a configuration of at most " + LARGEST + " bytes, found " + size);
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(path));
        } catch (JacksonException e) {
            throw new IOException(path + ": expected a JSON object, found text that does not parse: "
                    + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new IOException(path + ": expected a JSON object, found " + kind(root));
        }
        return new ConfigFile(path, root);
    }

    private static String kind(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** The member called {@code name}, absent where it is missing or {@code null}. */
    private @Nullable JsonNode member(String name) {
        JsonNode node = root.get(name);
        return node == null || node.isNull() ? null : node;
    }

    boolean has(String name) {
        return member(name) != null;
    }

    String text(String name, String fallback) throws IOException {
        JsonNode node = member(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isString()) {
            throw wrong(name, "text", node);
        }
        return node.stringValue();
    }

    boolean flag(String name, boolean fallback) throws IOException {
        JsonNode node = member(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw wrong(name, "true or false", node);
        }
        return node.booleanValue();
    }

    double number(String name, double fallback) throws IOException {
        JsonNode node = member(name);
        if (node == null) {
            return fallback;
        }
        if (!node.isNumber()) {
            throw wrong(name, "a number", node);
        }
        return node.doubleValue();
    }

    /** A whole number between {@code least} and {@code most}. */
    int integer(String name, int fallback, int least, int most) throws IOException {
        JsonNode node = member(name);
        return node == null ? fallback : integer(name, node, least, most);
    }

    private int integer(String name, JsonNode node, int least, int most) throws IOException {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong(name, "a whole number from " + least + " to " + most, node);
        }
        return node.intValue();
    }

    /** Whole numbers between {@code least} and {@code most}; empty where the member is missing. */
    List<Integer> integers(String name, int least, int most) throws IOException {
        List<Integer> values = new ArrayList<>();
        for (JsonNode element : list(name)) {
            values.add(integer(name, element, least, most));
        }
        return values;
    }

    /** Numbers; empty where the member is missing. */
    List<Double> numbers(String name) throws IOException {
        List<Double> values = new ArrayList<>();
        for (JsonNode element : list(name)) {
            if (!element.isNumber()) {
                throw wrong(name, "numbers", element);
            }
            values.add(element.doubleValue());
        }
        return values;
    }

    /** Words; empty where the member is missing. */
    List<String> texts(String name) throws IOException {
        List<String> values = new ArrayList<>();
        for (JsonNode element : list(name)) {
            if (!element.isString()) {
                throw wrong(name, "words", element);
            }
            values.add(element.stringValue());
        }
        return values;
    }

    private Iterable<JsonNode> list(String name) throws IOException {
        JsonNode node = member(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong(name, "a list", node);
        }
        return node.values();
    }

    /** Whether the member is a list, as against a single value that stands for all. */
    boolean isList(String name) {
        JsonNode node = member(name);
        return node != null && node.isArray();
    }

    /** Refuses a file whose member {@code name} asks for what is not supported. */
    IOException unsupported(String name, String supported, Object found) {
        return new IOException(path + ": " + name + ": expected " + supported + ", found " + found);
    }

    private IOException wrong(String name, String expected, JsonNode found) {
        String text = found.toString();
        return new IOException(path + ": " + name + ": expected " + expected + ", found "
                + (text.length() > 60 ? text.substring(0, 60) + "..." : text));
    }
}
