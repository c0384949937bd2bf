package fathom.evaluation.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import fathom.raster.Intrinsics;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a folder of records: {@code cases.json}, {@code expected.json} and {@code inputs}.
 *
 * @see ToolkitRecord
 */
public final class ToolkitFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ToolkitFolder() {}

    /**
     * {@return the records of a folder, in the order of {@code expected.json}} Arrays are read when they are needed.
     *
     * @param folder the folder
     * @throws IOException if a file cannot be read or its content is not as expected
     */
    public static List<ToolkitRecord> read(Path folder) throws IOException {
        Map<String, ToolkitCase> cases = cases(folder);
        JsonNode expected = json(folder.resolve("expected.json"));
        Map<String, JsonValue.Members> settings = new HashMap<>();
        expected.path("settings").properties()
                .forEach(entry -> settings.put(entry.getKey(), members(entry.getValue())));
        List<ToolkitRecord> records = new ArrayList<>();
        for (JsonNode result : expected.path("results")) {
            List<ToolkitCase> pairs = new ArrayList<>();
            for (String name : text(result, "case").split("\\+", -1)) {
                ToolkitCase pair = cases.get(name);
                if (pair == null) {
                    throw new FormatException("expected.json", FormatException.NO_OFFSET,
                            "case \"" + name + "\" is not in cases.json");
                }
                pairs.add(pair);
            }
            Map<String, Double> metrics = new LinkedHashMap<>();
            flatten("", result.path("metrics"), metrics);
            Map<String, Double> fit = new LinkedHashMap<>();
            flatten("", result.path("fit"), fit);
            records.add(new ToolkitRecord(pairs, text(result, "toolkit"), text(result, "protocol"),
                    settings.getOrDefault(text(result, "settings"), JsonValue.Members.NONE),
                    result.has("n") ? OptionalLong.of(result.get("n").asLong()) : OptionalLong.empty(), fit, metrics,
                    result.has("raises") ? Optional.of(text(result, "raises")) : Optional.empty()));
        }
        return records;
    }

    private static Map<String, ToolkitCase> cases(Path folder) throws IOException {
        Map<String, ToolkitCase> cases = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json(folder.resolve("cases.json")).properties()) {
            JsonNode node = entry.getValue();
            JsonNode range = node.path("range");
            if (range.size() != 2) {
                throw new FormatException("cases.json", FormatException.NO_OFFSET,
                        "case " + entry.getKey() + ": \"range\": expected two numbers, found " + range);
            }
            cases.put(entry.getKey(),
                    new ToolkitCase(entry.getKey(), CaseKind.ofLabel(text(node, "kind")), range.get(0).asDouble(),
                            range.get(1).asDouble(), intrinsics(node.path("intr")), tags(node.path("tags")),
                            folder.resolve("inputs"), files(entry.getKey(), node)));
        }
        return cases;
    }

    private static Map<String, String> files(String name, JsonNode node) throws FormatException {
        Map<String, String> files = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getValue().isString() && member.getValue().asString().endsWith(".npy")) {
                String file = member.getValue().asString();
                if (file.contains("/") || file.contains("\\") || file.startsWith(".")) {
                    throw new FormatException("cases.json", FormatException.NO_OFFSET, "case " + name
                            + ": expected a file of the folder inputs, " + "found " + "\"" + file + "\"");
                }
                files.put(member.getKey(), file);
            }
        }
        return files;
    }

    private static Set<String> tags(JsonNode node) {
        Set<String> tags = new LinkedHashSet<>();
        node.forEach(tag -> tags.add(tag.asString()));
        return tags;
    }

    private static Optional<Intrinsics> intrinsics(JsonNode node) {
        return node.size() == 4
                ? Optional.of(new Intrinsics(node.get(0).asDouble(), node.get(1).asDouble(), node.get(2).asDouble(),
                        node.get(3).asDouble()))
                : Optional.empty();
    }

    private static void flatten(String path, JsonNode node, Map<String, Double> out) {
        if (node.isObject()) {
            node.properties().forEach(entry -> flatten(join(path, entry.getKey()), entry.getValue(), out));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(join(path, Integer.toString(i)), node.get(i), out);
            }
        } else if (!node.isMissingNode()) {
            out.put(path, number(node));
        }
    }

    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        if (node.isNull()) {
            return Double.NaN;
        }
        return switch (node.asString()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> 1;
        };
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private static JsonValue.Members members(JsonNode node) {
        JsonValue.Members members = JsonValue.Members.NONE;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            if (value.isBoolean()) {
                members = members.with(entry.getKey(), value.asBoolean());
            } else if (value.isNumber()) {
                members = members.with(entry.getKey(), value.asDouble());
            } else {
                members = members.with(entry.getKey(), value.isString() ? value.asString() : value.toString());
            }
        }
        return members;
    }

    private static String text(JsonNode node, String key) throws FormatException {
        JsonNode value = node.path(key);
        if (!value.isString()) {
            throw new FormatException("expected.json", FormatException.NO_OFFSET,
                    "\"" + key + "\": expected a text, found " + value);
        }
        return value.asString();
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "not valid JSON: " + e.getOriginalMessage());
        }
    }
}
