package fathom.models.architectures;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fathom.models.checkpoints.Checkpoint;
import fathom.models.checkpoints.Settings;

/** The architectures by the {@code model_type} of their {@code config.json}. */
public final class Architectures {
    /** Makes an architecture from settings and weights. */
    @FunctionalInterface
    private interface Constructor {
        Architecture create(Settings config, Checkpoint weights);
    }

    private static final Map<String, Constructor> BY_MODEL_TYPE = new TreeMap<>(Map.of("dpt", Dpt::new));

    private Architectures() {}

    /** The supported model types, sorted. */
    public static List<String> modelTypes() {
        return List.copyOf(BY_MODEL_TYPE.keySet());
    }

    /**
     * The architecture of a checkpoint.
     *
     * @param config {@code config.json}
     * @throws fathom.models.checkpoints.CheckpointException if the model type is unknown, or the settings are incomplete
     * or contradict each other or the weights
     */
    public static Architecture of(Settings config, Checkpoint weights) {
        String modelType = config.text("model_type");
        Constructor constructor = BY_MODEL_TYPE.get(modelType);
        if (constructor == null) {
            throw config.wrong("model_type", "one of " + String.join(", ", modelTypes()), modelType);
        }
        return constructor.create(config, weights);
    }
}
