package fathom.models.moge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import fathom.models.UpstreamCheckpoint;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import fathom.weights.torch.TorchFile;
import fathom.weights.torch.TorchFormatException;
import fathom.weights.torch.TorchValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * MoGe's {@code model.pt}, which contains its settings and its weights, as written by
 * {@code torch.save({"model_config", "model"})}.
 */
public final class MogeUpstream {
    private static final String SETTINGS = "model_config";
    /** Largest depth of nested settings. */
    private static final int DEEPEST = 16;

    private MogeUpstream() {}

    /**
     * Returns whether these are weights of this family under its authors' names.
     *
     * @param weights the tensors
     * @return whether they are
     */
    public static boolean matches(Checkpoint weights) {
        return weights.has("encoder.backbone.pos_embed") && weights.has("points_head.output_blocks.4.weight");
    }

    /**
     * Converts a weight file to the layout of a checkpoint of the Hub.
     *
     * @param file the file
     * @param weights its tensors
     * @return the checkpoint
     * @throws IOException if it cannot be read
     */
    public static UpstreamCheckpoint of(Path file, Checkpoint weights) throws IOException {
        return new UpstreamCheckpoint(Settings.parse(file, settings(file)), Settings.parse(file, "{}"), weights);
    }

    private static String settings(Path file) throws IOException {
        Optional<TorchValue> settings;
        try {
            settings = TorchFile.read(file).root() instanceof TorchValue.Dictionary whole
                    ? whole.get(SETTINGS)
                    : Optional.empty();
        } catch (TorchFormatException e) {
            throw new CheckpointException(file, e.detail(), e);
        }
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.set(SETTINGS, json(file, settings.orElseThrow(() -> new CheckpointException(file,
                SETTINGS + ": expected the settings of MoGe next to its weights, found none")), 0));
        return config.toString();
    }

    private static JsonNode json(Path file, TorchValue value, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (depth > DEEPEST) {
            throw new CheckpointException(file, SETTINGS + ": expected at most " + DEEPEST + " levels, found more");
        }
        return switch (value) {
            case TorchValue.None none -> nodes.nullNode();
            case TorchValue.Flag flag -> nodes.booleanNode(flag.value());
            case TorchValue.Whole whole -> nodes.numberNode(whole.value());
            case TorchValue.Real real -> nodes.numberNode(real.value());
            case TorchValue.Text text -> nodes.stringNode(text.value());
            case TorchValue.Items items -> {
                ArrayNode list = nodes.arrayNode();
                items.values().forEach(item -> list.add(json(file, item, depth + 1)));
                yield list;
            }
            case TorchValue.Dictionary dictionary -> {
                ObjectNode object = nodes.objectNode();
                dictionary.entries().forEach((key, item) -> {
                    if (!(key instanceof TorchValue.Text name)) {
                        throw new CheckpointException(file, SETTINGS + ": expected names as keys, found " + key);
                    }
                    object.set(name.value(), json(file, item, depth + 1));
                });
                yield object;
            }
            case TorchValue.Group group -> throw new CheckpointException(file,
                    SETTINGS + ": expected no sets, found one of " + group.values().size());
            case TorchValue.Opaque object -> throw new CheckpointException(file,
                    SETTINGS + ": expected plain values, found one of " + object.name());
            case TorchValue.Tensor tensor -> throw new CheckpointException(file,
                    SETTINGS + ": expected no tensors, found one of " + tensor.elements() + " elements");
        };
    }
}
