package fathom.models.zoedepth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.DepthArchitecture;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.backbones.BeitBackbone;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.dpt.DptNeck;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.ZoePreparation;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * ZoeDepth, "Zero-shot Transfer by Combining Relative and Metric Depth" (Bhat et al., 2023): a DPT on BEiT for relative
 * depth and, on its maps, a head that moves bins of depth towards attractors and weights them per pixel. Depth in
 * metres. With two configurations of bins, a small transformer chooses between two heads, indoors and outdoors.
 */
public final class ZoeDepth implements DepthArchitecture {
    private static final String FLIP = "flip";
    /** The options that the user can set. */
    public static final OptionSpecs OPTION_SPECS = new OptionSpecs(
            Map.of(FLIP, "true: average the depth of the picture and of the mirrored "
                    + "picture, as the authors evaluate; doubles the run time"),
            Resampling.TORCH_BICUBIC);

    private final Settings config;
    private final Settings backboneConfig;
    private final Checkpoint weights;
    private final boolean flip;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public ZoeDepth(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.flip = options.flag(FLIP, false);
        this.backboneConfig = config.object("backbone_config")
                .orElseThrow(() -> config.wrong("backbone_config", "the settings of BEiT", "none"));
        String backbone = backboneConfig.text("model_type");
        if (!backbone.equals("beit")) {
            throw backboneConfig.wrong("model_type", "beit", backbone);
        }
    }

    @Override
    public OptionSpecs optionSpecs() {
        return OPTION_SPECS;
    }

    @Override
    public DepthKind kind() {
        return DepthKind.METRIC;
    }

    @Override
    public boolean averagesMirrored() {
        return flip;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return ZoePreparation.of(preprocessor);
    }

    @Override
    public int smallestInput() {
        return 2 * backboneConfig.side("patch_size", 16);
    }

    @Override
    public int trainedInput() {
        return backboneConfig.side("image_size", 384);
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        DptNeck neck = DptNeck.of(config, layers);
        BeitBackbone backbone = BeitBackbone.of(backboneConfig, layers, "backbone");
        Grid grid = new Grid(pixels.dim(2) / backbone.patch(), pixels.dim(3) / backbone.patch());
        List<Value> states = backbone.states(pixels);
        neck.requireStages(config, states.size());
        List<Value> maps = new ArrayList<>();
        for (Value state : states) {
            maps.add(neck.reassemble(maps.size(), state, grid));
        }
        List<Value> fused = neck.fuse(maps);
        Value bottleneck = g.taps().get("neck.convs." + (maps.size() - 1));
        if (bottleneck == null) {
            throw new IllegalStateException("the neck marks its convolutions");
        }
        if (DptNeck.headIndex(config, fused.size()) != fused.size() - 1) {
            // The heads that follow combine it with maps of its size.
            throw config.wrong("head_in_index", "-1, the last map", config.integer("head_in_index", Integer.MIN_VALUE));
        }
        if (config.positive("batch_norm_eps", 1e-5) != 1e-5) {
            throw config.wrong("batch_norm_eps", "1e-5", config.number("batch_norm_eps", 1e-5));
        }
        Value features = features(layers, fused.getLast()); // [N, relative features, H, W]
        Value relative = g.relu(layers.conv("relative_head.conv3", features, 1, 1, ConvParameters.PLAIN)); // [N, 1, H, W]
        g.tap("relative_head.0", g.reshape(relative, relative.dim(0), relative.dim(2), relative.dim(3)));
        Value depth = new MetricBins(layers, config).depth(features, bottleneck, fused, relative);
        return g.reshape(depth, depth.dim(0), depth.dim(2), depth.dim(3));
    }

    private Value features(Layers layers, Value fused) {
        GraphBuilder g = layers.g();
        Value x = fused;
        if (config.flag("add_projection", false)) {
            x = g.relu(layers.conv("relative_head.projection", x, x.dim(1), 3, ConvParameters.PLAIN.pad(1)));
        }
        x = layers.conv("relative_head.conv1", x, x.dim(1) / 2, 3, ConvParameters.PLAIN.pad(1));
        x = g.resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR_ALIGNED);
        int features = config.integer("num_relative_features", 1, 32);
        return g.tap("relative_head.1",
                g.relu(layers.conv("relative_head.conv2", x, features, 3, ConvParameters.PLAIN.pad(1))));
    }
}
