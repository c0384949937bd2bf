package fathom.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.weights.CheckpointException;
import fathom.weights.FolderFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The YAML file that describes an ONNX model: {@code model.yaml}, {@code model.yml} or {@code model.onnx.yaml} next to
 * {@code model.onnx}. It contains only keys of {@link OnnxKey}. Every mistake causes a {@link CheckpointException} that
 * names the file, the key, what was expected and what was found.
 */
final class OnnxYaml {
    private static final long SIZE_LIMIT = 1 << 20;
    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private OnnxYaml() {}

    /** Returns the files that may describe {@code model}, in the order in which they are tried. */
    static List<Path> candidates(Path model) {
        String name = String.valueOf(model.getFileName());
        String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return List.of(model.resolveSibling(stem + ".yaml"), model.resolveSibling(stem + ".yml"),
                model.resolveSibling(name + ".yaml"));
    }

    /**
     * Returns the properties in the YAML file next to {@code model}; none if there is no such file.
     *
     * @throws CheckpointException if there is more than one, or it is invalid
     */
    static DeclaredProperties nextTo(Path model) throws IOException {
        List<Path> found = candidates(model).stream().filter(Files::exists).toList();
        if (found.size() > 1) {
            throw new CheckpointException(found.get(1), "expected one description of " + model.getFileName()
                    + ", found " + found.getFirst().getFileName() + " too; remove one of them");
        }
        return found.isEmpty() ? DeclaredProperties.NONE : read(found.getFirst());
    }

    /** Returns the properties in {@code file}. */
    static DeclaredProperties read(Path file) throws IOException {
        FolderFiles.real(file);
        long size = Files.size(file);
        if (size > SIZE_LIMIT) {
            throw new CheckpointException(file,
                    "expected a description of at most " + SIZE_LIMIT + " bytes, found " + size);
        }
        JsonNode root;
        try {
            root = YAML.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new CheckpointException(file,
                    "expected YAML, found: " + e.getOriginalMessage().lines().findFirst().orElse("nothing")
                            + (e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr()),
                    e);
        }
        if (!root.isObject()) {
            throw new CheckpointException(file,
                    "expected lines of key: value with keys among " + String.join(", ", OnnxKey.labels()) + ", found "
                            + (root.isMissingNode() || root.isNull() ? "nothing" : root));
        }
        DeclaredProperties.Builder properties = new DeclaredProperties.Builder();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            OnnxKey key = OnnxKey.ofLabel(field.getKey()).orElseThrow(() -> new CheckpointException(file, field.getKey()
                    + ": expected a key among " + String.join(", ", OnnxKey.labels()) + ", found " + field.getKey()));
            String text = text(key, field.getValue()).orElseThrow(() -> new CheckpointException(file,
                    key.label() + ": expected " + key.form().description() + ", found " + field.getValue()));
            properties.put(key, text, new DeclaredProperty.Origin.Description(file));
        }
        return properties.build();
    }

    /** Returns the value in the form of the command line, or empty if it does not have the form of the key. */
    private static Optional<String> text(OnnxKey key, JsonNode node) {
        boolean fits = switch (key.form()) {
            case WORD -> node.isString();
            case NAME -> node.isString() || node.isIntegralNumber();
            case NUMBER -> node.isNumber();
            case INTEGER -> node.isIntegralNumber();
            case SIZE -> node.isIntegralNumber() || (node.isArray() && node.size() == 2 && all(node, true));
            case THREE -> node.isArray() && node.size() == 3 && all(node, false);
        };
        if (!fits) {
            return Optional.empty();
        }
        if (!node.isArray()) {
            return Optional.of(node.asString());
        }
        List<String> parts = new ArrayList<>();
        node.forEach(part -> parts.add(part.asString()));
        return Optional.of(String.join(",", parts));
    }

    private static boolean all(JsonNode list, boolean integers) {
        for (JsonNode part : list) {
            if (integers ? !part.isIntegralNumber() : !part.isNumber()) {
                return false;
            }
        }
        return true;
    }
}
