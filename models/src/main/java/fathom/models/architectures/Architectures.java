package fathom.models.architectures;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.models.ModelOptions;
import fathom.models.checkpoints.Checkpoint;
import fathom.models.checkpoints.CheckpointException;
import fathom.models.checkpoints.Settings;
import fathom.raster.DepthKind;

/** The architectures by the {@code model_type} of their {@code config.json}. */
public final class Architectures {
    /** Makes an architecture from settings and weights. */
    @FunctionalInterface
    private interface Constructor {
        Architecture create(Settings config, Checkpoint weights, ModelOptions options);
    }

    /** What models let people set, by backbone and by what their numbers mean. */
    @FunctionalInterface
    private interface Setting {
        Knobs of(String backbone, DepthKind kind);
    }

    private record Family(Constructor constructor, Setting setting) {}

    private static final Map<String, Family> BY_MODEL_TYPE = new TreeMap<>(Map.of(
            "da3", new Family(DepthAnything3::new, (_, kind) -> DepthAnything3.knobs(kind == DepthKind.METRIC)),
            "densedepth", new Family(DenseDepth::new, (_, _) -> DenseDepth.ofFamily()),
            "depth_anything", new Family(DepthAnything::new, (_, _) -> DepthAnything.KNOBS),
            "depth_pro", new Family(DepthPro::new, (_, _) -> DepthPro.KNOBS),
            "dpt", new Family(Dpt::new, (backbone, _) -> Dpt.knobs(backbone.equals("dinov2"))),
            "glpn", new Family(Glpn::new, (_, _) -> Glpn.KNOBS),
            "moge", new Family(Moge::new, (_, _) -> Moge.KNOBS),
            "zoedepth", new Family(ZoeDepth::new, (_, _) -> ZoeDepth.KNOBS)));

    private Architectures() {}

    /** The supported model types, sorted. */
    public static List<String> modelTypes() {
        return List.copyOf(BY_MODEL_TYPE.keySet());
    }

    /**
     * The type of the model that {@code config}, a {@code config.json}, describes: its {@code model_type}, or, where a
     * publisher has another layout, the name that the family has here. It need not be a supported one.
     *
     * @throws fathom.models.checkpoints.CheckpointException if there is none
     */
    public static String typeOf(Settings config) {
        if (!config.has("model_type")) {
            if (config.text("model_name", "").startsWith("da3")) {
                return "da3";
            }
            if (config.object("model_config").isPresent()) {
                return "moge";
            }
        }
        return config.text("model_type");
    }

    /** Whether models of this type say themselves how pictures are prepared, without {@code preprocessor_config.json}. */
    public static boolean preparesAlone(String modelType) {
        return modelType.equals("da3") || modelType.equals("moge");
    }

    /**
     * The architecture of a checkpoint. It is drawn once, so that settings and weights that do not fit are found here.
     *
     * @param config {@code config.json}
     * @param options the model's own, see {@link #options(Architecture)}
     * @throws fathom.models.checkpoints.CheckpointException if the model type is unknown, or the settings are incomplete
     * or contradict each other or the weights
     * @throws IllegalArgumentException if an option is unknown or has a value that it does not take
     */
    public static Architecture of(Settings config, Checkpoint weights, ModelOptions options) {
        String modelType = typeOf(config);
        Family family = BY_MODEL_TYPE.get(modelType);
        if (family == null) {
            throw config.wrong("model_type", "one of " + String.join(", ", modelTypes()), modelType);
        }
        Architecture architecture = family.constructor().create(config, weights, options);
        options.requireKnown(modelType, architecture.knobs().all().keySet());
        requireDrawable(config, architecture);
        return architecture;
    }

    private static void requireDrawable(Settings config, Architecture architecture) {
        GraphBuilder g = new GraphBuilder("check");
        int side = Math.max(architecture.usualInput(), architecture.smallestInput());
        try {
            architecture.draw(g, g.input("pixel_values", DataType.FLOAT32, Shape.of(1, 3, side, side)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CheckpointException(config.file(), "expected settings that give a network for pictures of " + side
                    + "×" + side + " pixels, found: " + e.getMessage(), e);
        }
    }

    /** The options that a model of {@code architecture} takes, by key, with what each does. */
    public static SortedMap<String, String> options(Architecture architecture) {
        return architecture.knobs().all();
    }

    /**
     * The same, as far as it is known without a model's settings and weights.
     *
     * @param modelType one of {@link #modelTypes}
     * @param backbone the {@code model_type} of its backbone
     * @param kind what the model's numbers mean
     * @throws IllegalArgumentException if the model type is none of them
     */
    public static SortedMap<String, String> options(String modelType, String backbone, DepthKind kind) {
        Family family = BY_MODEL_TYPE.get(modelType);
        if (family == null) {
            throw new IllegalArgumentException("model type: expected one of " + modelTypes() + ", found " + modelType);
        }
        return family.setting().of(backbone, kind).all();
    }

    /**
     * Label of the kernel that brings a map of {@code architecture} to the picture.
     *
     * @throws IllegalArgumentException if the options name one that there is not
     */
    public static String resampling(Architecture architecture, ModelOptions options) {
        return architecture.knobs().resampling(options);
    }
}
