package fathom.evaluation.ordinal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import fathom.formats.FormatException;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The annotations of DA-2K, and its accuracy: the share of pairs whose nearer point the prediction gives as the nearer
 * one. A tie is wrong, and so is a pair with a NaN: a constant prediction scores 0.
 *
 * <p>Source: Yang et al., <i>Depth Anything V2</i>, NeurIPS 2024, and the description {@code DA-2K.md} of its repository.
 * No official code computes the accuracy. In the published annotations the first point is always the nearer one, so a
 * program that always answers "the first" is right everywhere; {@link #shuffled} exchanges the points of half of the
 * pairs, which does not change the accuracy of a program that looks at the values.
 *
 * <p>The file is a JSON object, {@code [row, column]} being pixels of the image:
 *
 * <pre>
 * {"indoor/a.jpg": [{"point1": [120, 33], "point2": [80, 200], "closer_point": "point1"}, …], …}
 * </pre>
 */
public final class Da2k {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Da2k() {}

    /**
     * {@return the pairs of each image, in the order of the file, each of weight 1}
     *
     * @param file the annotations
     * @throws IOException if the file cannot be read
     * @throws FormatException if its content is not as described; the message names the image and the pair
     */
    public static Map<String, List<OrdinalPair>> read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * {@return the pairs of each image, in the order of the text, each of weight 1}
     *
     * @param name names the text in messages
     * @param json the annotations
     * @throws FormatException if the text is not as described; the message names the image and the pair
     */
    public static Map<String, List<OrdinalPair>> parse(String name, String json) throws FormatException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw error(name, "not valid JSON: " + e.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw error(name, "expected an object that maps images to lists of pairs, found " + type(root));
        }
        Map<String, List<OrdinalPair>> images = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!entry.getValue().isArray()) {
                throw error(name,
                        "\"" + entry.getKey() + "\": expected a list of pairs, found " + type(entry.getValue()));
            }
            List<OrdinalPair> pairs = new ArrayList<>();
            for (JsonNode pair : entry.getValue()) {
                pairs.add(pair(name, "\"" + entry.getKey() + "\", pair " + pairs.size(), pair));
            }
            images.put(entry.getKey(), List.copyOf(pairs));
        }
        return images;
    }

    /**
     * {@return the pairs with the points of about half of them exchanged}
     *
     * @param pairs the pairs
     * @param random decides for each pair in turn; seed it, so that the result can be repeated
     */
    public static List<OrdinalPair> shuffled(List<OrdinalPair> pairs, Random random) {
        List<OrdinalPair> shuffled = new ArrayList<>(pairs.size());
        for (OrdinalPair pair : pairs) {
            shuffled.add(random.nextBoolean() ? pair.swapped() : pair);
        }
        return shuffled;
    }

    /**
     * {@return the share of pairs that are right, 0 to 1; NaN if there is no pair}
     *
     * @param prediction predicted values, [H, W], in the size of the image
     * @param kind whether the larger value is farther or nearer
     * @param pairs the pairs of the image
     * @throws IllegalArgumentException if a point is outside the prediction
     */
    public static double accuracy(Plane prediction, DepthKind kind, List<OrdinalPair> pairs) {
        return (double) correct(prediction, kind, pairs) / pairs.size();
    }

    /**
     * {@return the number of pairs that are right} DA-2K counts over all pairs of all images: add these numbers and divide
     * by the number of pairs.
     *
     * @param prediction predicted values, [H, W], in the size of the image
     * @param kind whether the larger value is farther or nearer
     * @param pairs the pairs of the image
     * @throws IllegalArgumentException if a point is outside the prediction
     */
    public static int correct(Plane prediction, DepthKind kind, List<OrdinalPair> pairs) {
        int correct = 0;
        for (OrdinalPair pair : pairs) {
            if (pair.predicted(prediction, kind, 0) == pair.truth()) {
                correct++;
            }
        }
        return correct;
    }

    private static OrdinalPair pair(String name, String where, JsonNode node) throws FormatException {
        int[] first = point(name, where, node, "point1");
        int[] second = point(name, where, node, "point2");
        JsonNode closer = node.path("closer_point");
        OrdinalRelation relation = switch (closer.isString() ? closer.stringValue() : "") {
            case "point1" -> OrdinalRelation.FIRST_NEARER;
            case "point2" -> OrdinalRelation.SECOND_NEARER;
            default -> throw error(name,
                    where + ": \"closer_point\": expected \"point1\" or \"point2\", found " + shown(closer));
        };
        return new OrdinalPair(first[0], first[1], second[0], second[1], relation, 1);
    }

    private static int[] point(String name, String where, JsonNode pair, String key) throws FormatException {
        JsonNode point = pair.path(key);
        if (point.size() != 2 || !isPixel(point.path(0)) || !isPixel(point.path(1))) {
            throw error(name, where + ": \"" + key + "\": expected [row, column], two integers of 0 or more, found "
                    + shown(point));
        }
        return new int[]{point.get(0).intValue(), point.get(1).intValue()};
    }

    private static boolean isPixel(JsonNode node) {
        return node.isInt() && node.intValue() >= 0;
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }

    private static String type(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static FormatException error(String name, String message) {
        return new FormatException(name, FormatException.NO_OFFSET, message);
    }
}
