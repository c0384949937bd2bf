package fathom.models.depthanything;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.DepthArchitecture;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.UpstreamCheckpoint;
import fathom.models.backbones.Dinov2Backbone;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.dpt.DptNeck;
import fathom.models.dpt.PositionRuleOption;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.ResizeAndNormalise;
import fathom.models.preprocessing.ResizeFloats;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * Depth Anything, versions 1 and 2 (Yang et al., CVPR 2024 and NeurIPS 2024): a DINOv2 backbone and a DPT neck that
 * ignores the class token. The relative models predict inverse depth up to scale and shift. The metric models predict
 * metres: sigmoid times the largest depth.
 */
public final class DepthAnything implements DepthArchitecture {
    /** The options that the user can set. */
    public static final OptionSpecs OPTION_SPECS = new OptionSpecs(
            Map.of(PositionRuleOption.POSITION_RULE, PositionRuleOption.POSITION_RULE_HELP),
            Resampling.TORCH_BICUBIC.label(), Resampling.TORCH_BILINEAR_ALIGN_CORNERS.label());

    /** The options of an authors' file; its maps are resized as {@code infer_image} does. */
    private static final OptionSpecs AUTHORS_SPECS = authors();

    private final Settings config;
    private final Settings backboneConfig;
    private final Checkpoint weights;
    private final Dinov2Backbone.PositionRule rule;
    private final boolean metric;
    private final float largest;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public DepthAnything(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.backboneConfig = config.object("backbone_config")
                .orElseThrow(() -> config.wrong("backbone_config", "the settings of DINOv2", "none"));
        String backbone = backboneConfig.text("model_type");
        if (!backbone.equals("dinov2")) {
            throw backboneConfig.wrong("model_type", "dinov2", backbone);
        }
        this.rule = PositionRuleOption.positionRule(options);
        String type = config.text("depth_estimation_type", "relative");
        this.metric = switch (type) {
            case "relative" -> false;
            case "metric" -> true;
            default -> throw config.wrong("depth_estimation_type", "relative or metric", type);
        };
        // As in the library, 0 means none; of a metric model it would be a wrong scale.
        this.largest = !metric && config.number("max_depth", 0) == 0 ? 1 : (float) config.positive("max_depth", 1);
    }

    private static OptionSpecs authors() {
        Map<String, String> own = new TreeMap<>(OPTION_SPECS.own());
        own.putAll(AuthorsOptions.HELP);
        return new OptionSpecs(own, OPTION_SPECS.originalResampling(), OPTION_SPECS.originalResampling());
    }

    @Override
    public OptionSpecs optionSpecs() {
        return config.has(UpstreamCheckpoint.MARK) ? AUTHORS_SPECS : OPTION_SPECS;
    }

    @Override
    public DepthKind kind() {
        return metric ? DepthKind.METRIC : DepthKind.AFFINE_INVERSE;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return preprocessor.has(ResizeFloats.KERNEL)
                ? ResizeFloats.of(preprocessor)
                : ResizeAndNormalise.of(preprocessor);
    }

    @Override
    public int smallestInput() {
        return backboneConfig.side("patch_size", 14);
    }

    @Override
    public int trainedInput() {
        return backboneConfig.side("image_size", 518);
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        Dinov2Backbone backbone = Dinov2Backbone.of(backboneConfig, layers, "backbone", rule);
        DptNeck neck = DptNeck.ofDepthAnything(config, layers);
        Grid grid = new Grid(pixels.dim(2) / backbone.patch(), pixels.dim(3) / backbone.patch());
        List<Value> states = backbone.states(pixels);
        neck.requireStages(config, states.size());
        List<Value> maps = new ArrayList<>();
        for (Value state : states) {
            maps.add(neck.reassemble(maps.size(), state, grid));
        }
        List<Value> fused = neck.fuse(maps);
        return head(layers, fused.get(DptNeck.headIndex(config, fused.size())), grid.height() * backbone.patch(),
                grid.width() * backbone.patch());
    }

    /** Adds the head: [N, fusion, h, w] → [N, height, width]. */
    private Value head(Layers layers, Value x, int height, int width) {
        GraphBuilder g = layers.g();
        Value y = g.tap("head.conv1", layers.conv("head.conv1", x, x.dim(1) / 2, 3, ConvParameters.PLAIN.pad(1)));
        y = g.resize(y, height, width, ResizeMode.LINEAR_ALIGNED);
        y = g.tap("head.conv2", layers.conv("head.conv2", y, config.integer("head_hidden_size", 1, 32), 3,
                ConvParameters.PLAIN.pad(1)));
        y = layers.conv("head.conv3", g.relu(y), 1, 1, ConvParameters.PLAIN);
        y = metric ? g.sigmoid(y) : g.relu(y);
        y = g.reshape(y, y.dim(0), height, width);
        return largest == 1 ? y : g.mul(y, g.scalar(largest));
    }
}
