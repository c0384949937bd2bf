package fathom.models.registry;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.models.Architecture;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.densedepth.DenseDepth;
import fathom.models.depthanything.DepthAnything;
import fathom.models.depthanything.DepthAnything3;
import fathom.models.depthpro.DepthPro;
import fathom.models.dpt.Dpt;
import fathom.models.glpn.Glpn;
import fathom.models.moge.Moge;
import fathom.models.zoedepth.ZoeDepth;
import fathom.raster.DepthKind;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;

/** The registry of architectures: one line per family. */
public final class Architectures {
    /** Creates an architecture from settings and weights. */
    @FunctionalInterface
    private interface Constructor {
        Architecture create(Settings config, Checkpoint weights, ModelOptions options);
    }

    /** Returns the options of models, by backbone and kind of depth. */
    @FunctionalInterface
    private interface Setting {
        OptionSpecs of(String backbone, DepthKind kind);
    }

    /**
     * Everything that is known about a family of networks without its weights.
     *
     * @param modelType {@code model_type} in its configurations, and its name here
     * @param unmarked recognises a configuration of this family that has no {@code model_type}
     * @param readsPreprocessor whether {@code preprocessor_config.json} describes the preprocessing; otherwise the
     * configuration does
     * @param constructor creates its architectures
     * @param setting its options
     */
    private record Family(String modelType, Predicate<Settings> unmarked, boolean readsPreprocessor,
            Constructor constructor, Setting setting) {
        /** Creates a family in the layout of transformers. */
        static Family of(String modelType, Constructor constructor, Setting setting) {
            return new Family(modelType, config -> false, true, constructor, setting);
        }

        /**
         * Creates a family whose publisher uses another layout of the configuration, without
         * {@code preprocessor_config.json}.
         */
        static Family published(String modelType, Predicate<Settings> unmarked, Constructor constructor,
                Setting setting) {
            return new Family(modelType, unmarked, false, constructor, setting);
        }
    }

    /** The one list of families, by model type. */
    private static final List<Family> FAMILIES = List.of(
            Family.published("da3", config -> config.text("model_name", "").startsWith("da3"), DepthAnything3::new,
                    (_, kind) -> DepthAnything3.optionSpecs(kind == DepthKind.METRIC)),
            Family.of("densedepth", DenseDepth::new, (_, _) -> DenseDepth.ofFamily()),
            Family.of("depth_anything", DepthAnything::new, (_, _) -> DepthAnything.OPTION_SPECS),
            Family.of("depth_pro", DepthPro::new, (_, _) -> DepthPro.OPTION_SPECS),
            Family.of("dpt", Dpt::new, (backbone, _) -> Dpt.optionSpecs(backbone.equals("dinov2"))),
            Family.of("glpn", Glpn::new, (_, _) -> Glpn.OPTION_SPECS),
            Family.published("moge", config -> config.object("model_config").isPresent(), Moge::new,
                    (_, _) -> Moge.OPTION_SPECS),
            Family.of("zoedepth", ZoeDepth::new, (_, _) -> ZoeDepth.OPTION_SPECS));

    private Architectures() {}

    /** {@return the supported model types, sorted} */
    public static List<String> modelTypes() {
        return FAMILIES.stream().map(Family::modelType).sorted().toList();
    }

    /**
     * Returns the type of the model that a {@code config.json} describes: its {@code model_type} or, for other layouts,
     * the family's name here. The type need not be supported.
     *
     * @param config the settings
     * @return the type
     * @throws fathom.weights.CheckpointException if there is none
     */
    public static String typeOf(Settings config) {
        if (config.has("model_type")) {
            return config.text("model_type");
        }
        return FAMILIES.stream().filter(family -> family.unmarked().test(config)).map(Family::modelType).findFirst()
                .orElseGet(() -> config.text("model_type"));
    }

    private static Optional<Family> find(String modelType) {
        return FAMILIES.stream().filter(family -> family.modelType().equals(modelType)).findFirst();
    }

    /**
     * Returns whether models of this type need {@code preprocessor_config.json}, which describes the preprocessing.
     *
     * @param modelType the type
     * @return whether they need it
     */
    public static boolean readsPreprocessor(String modelType) {
        return find(modelType).map(Family::readsPreprocessor).orElse(true);
    }

    /**
     * Creates the architecture of a checkpoint. Its graph is built once, so that mismatches between settings and
     * weights are detected here.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model, see {@link #options(Architecture)}
     * @return the architecture
     * @throws fathom.weights.CheckpointException if the model type is unknown, or the settings are incomplete,
     * inconsistent, or do not match the weights
     * @throws IllegalArgumentException if an option is unknown or its value is invalid
     */
    public static Architecture of(Settings config, Checkpoint weights, ModelOptions options) {
        String modelType = typeOf(config);
        Family family = find(modelType).orElseThrow(() -> CheckpointException.explained(config.file(),
                "model_type: expected one of " + String.join(", ", modelTypes()) + ", found " + modelType
                        + "; Fathom does not run models of this type"));
        Architecture architecture = family.constructor().create(ConfigurationDefaults.complete(modelType, config),
                weights, options);
        options.requireKnown(modelType, architecture.optionSpecs().all().keySet());
        requireDrawable(config, architecture);
        return architecture;
    }

    /**
     * An architecture with the weights that fit it.
     *
     * @param architecture the architecture
     * @param weights the weights, without the prefix of a training program
     */
    public record Fitted(Architecture architecture, Checkpoint weights) {}

    /**
     * Creates the architecture of a checkpoint, as {@link #of} does. If tensors are missing, the names are tried
     * without the prefixes that training programs put before them.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @return the architecture and its weights
     * @throws fathom.weights.CheckpointException if the settings are invalid, or no reading of the names fits; the
     * message names missing tensors and those that exist
     * @throws IllegalArgumentException if an option is unknown or its value is invalid
     */
    public static Fitted fitted(Settings config, Checkpoint weights, ModelOptions options) {
        CheckpointException first = null;
        for (Checkpoint reading : weights.readings()) {
            try {
                return new Fitted(of(config, reading, options), reading);
            } catch (CheckpointException e) {
                first = first == null ? e : first;
            }
        }
        Checkpoint collecting = weights.collectingMissing();
        try {
            of(config, collecting, options);
        } catch (CheckpointException e) {
            if (first != null && collecting.missing().size() > 1) {
                String message = String.valueOf(first.getMessage());
                String place = weights.folder() + ": ";
                throw new CheckpointException(weights.folder(),
                        (message.startsWith(place) ? message.substring(place.length()) : message) + "; also missing: "
                                + String.join(", ", collecting.missing().subList(1, collecting.missing().size())),
                        e);
            }
        }
        throw first == null ? new IllegalStateException("no reading was tried") : first;
    }

    private static void requireDrawable(Settings config, Architecture architecture) {
        GraphBuilder g = new GraphBuilder("check");
        int side = Math.max(architecture.trainedInput(), architecture.smallestInput());
        try {
            architecture.build(g, g.input("pixel_values", DataType.FLOAT32, Shape.of(1, 3, side, side)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CheckpointException(config.file(), "expected settings of a network for pictures of " + side + "×"
                    + side + " pixels, found: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the options of a model: the help text by key.
     *
     * @param architecture the model
     * @return help texts by key
     */
    public static SortedMap<String, String> options(Architecture architecture) {
        return architecture.optionSpecs().all();
    }

    /**
     * Returns the options of a model type that are known without settings and weights.
     *
     * @param modelType one of {@link #modelTypes}
     * @param backbone the {@code model_type} of its backbone
     * @param kind kind of depth that the model predicts
     * @return help texts by key
     * @throws IllegalArgumentException if the model type is unknown
     */
    public static SortedMap<String, String> options(String modelType, String backbone, DepthKind kind) {
        Family family = find(modelType).orElseThrow(() -> new IllegalArgumentException(
                "model type: expected one of " + modelTypes() + ", found " + modelType));
        return family.setting().of(backbone, kind).all();
    }

    /**
     * Returns the label of the kernel that resizes a map to the picture.
     *
     * @param architecture the model
     * @param options the options of the model
     * @return the label
     * @throws IllegalArgumentException if the options name an unknown kernel
     */
    public static String resampling(Architecture architecture, ModelOptions options) {
        return architecture.optionSpecs().resampling(options);
    }

    /**
     * Returns the label of the kernel that resizes a map of a model type to the picture by default.
     *
     * @param modelType a model type
     * @param backbone the {@code model_type} of its backbone
     * @param kind kind of depth that the model predicts
     * @return the label, or empty if the model type is unknown
     */
    public static Optional<String> resampling(String modelType, String backbone, DepthKind kind) {
        return find(modelType).map(family -> family.setting().of(backbone, kind).resampling());
    }
}
