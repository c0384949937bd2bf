package fathom.models.dpt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.DepthArchitecture;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.UpstreamCheckpoint;
import fathom.models.backbones.BeitBackbone;
import fathom.models.backbones.BitBackbone;
import fathom.models.backbones.Dinov2Backbone;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.backbones.Swinv2Backbone;
import fathom.models.backbones.TokenBackbone;
import fathom.models.backbones.VitEncoder;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.ResizeAndNormalise;
import fathom.models.preprocessing.ResizeFloats;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * DPT, "Vision Transformers for Dense Prediction" (Ranftl, Bochkovskiy, Koltun, ICCV 2021): token states of a
 * transformer at four depths are reassembled into maps and fused from coarse to fine. The transformer is a ViT, alone
 * or on a convolutional trunk (hybrid), BEiT, Swin v2 or DINOv2 (MiDaS 3.1, Birkl et al., 2023). Predicts inverse depth
 * up to scale and shift.
 *
 * <p>In contrast to the transformers library, the token grid of a ViT need not be square or of the trained size:
 * position embeddings are resized, as the original's {@code forward_flex} does.
 */
public final class Dpt implements DepthArchitecture {
    private static final int HEAD_CHANNELS = 32;
    private static final String KEEP_ASPECT = "keep_aspect";
    /** Scale and shift that convert the head's output to inverse metres, in networks trained on one dataset. */
    private static final String INVERSE_METRES = "inverse_metres";
    /** Lower bound of inverse metres, as in {@code DPTDepthModel.forward} of isl-org/DPT. */
    private static final double MIN_INVERSE = 1e-8;

    /** The part of the network that converts pixels to the states or maps that the neck takes. */
    private enum Trunk {
        VIT, HYBRID, BEIT, SWINV2, DINOV2
    }

    private final Settings config;
    private final Checkpoint weights;
    private final ModelOptions given;
    private final Trunk trunk;
    private final Settings trunkConfig;
    private final int patch;
    private final int trainedSize;
    private final boolean keepAspect;
    private final Dinov2Backbone.PositionRule rule;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public Dpt(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.given = options;
        this.trunk = trunk(config);
        this.trunkConfig = switch (trunk) {
            case VIT, HYBRID -> config;
            case BEIT, SWINV2, DINOV2 -> config.object("backbone_config").orElse(config);
        };
        this.patch = trunkConfig.side("patch_size", 16);
        this.trainedSize = trunkConfig.side("image_size", 384);
        if (trainedSize % patch != 0) {
            throw trunkConfig.wrong("image_size", "a multiple of patch_size " + patch, trainedSize);
        }
        this.keepAspect = options.flag(KEEP_ASPECT, false);
        this.rule = PositionRuleOption.positionRule(options);
    }

    /**
     * Returns the options that the user can set.
     *
     * @param dinov2 whether the backbone is DINOv2
     * @return the options
     */
    public static OptionSpecs optionSpecs(boolean dinov2) {
        String aspect = "true: scale both sides by the same factor, to multiples of 32 (default for the authors' files), false: "
                + "stretch the picture (default for the Hub's checkpoints)";
        return new OptionSpecs(dinov2
                ? Map.of(KEEP_ASPECT, aspect, PositionRuleOption.POSITION_RULE, PositionRuleOption.POSITION_RULE_HELP)
                : Map.of(KEEP_ASPECT, aspect), Resampling.TORCH_BICUBIC);
    }

    @Override
    public OptionSpecs optionSpecs() {
        OptionSpecs specs = optionSpecs(trunk == Trunk.DINOV2);
        return trunk == Trunk.HYBRID && config.has(UpstreamCheckpoint.MARK)
                ? specs.with(MidasUpstream.TRAINED_ON, MidasUpstream.TRAINED_ON_HELP)
                : specs;
    }

    private static Trunk trunk(Settings config) {
        Optional<Settings> backbone = config.object("backbone_config");
        boolean hybrid = config.flag("is_hybrid", false);
        if (backbone.isEmpty()) {
            if (hybrid) {
                throw config.wrong("backbone_config", "the settings of the trunk, because is_hybrid is true", "none");
            }
            return Trunk.VIT;
        }
        String type = backbone.get().text("model_type");
        Trunk trunk = switch (type) {
            case "bit" -> Trunk.HYBRID;
            case "beit" -> Trunk.BEIT;
            case "swinv2" -> Trunk.SWINV2;
            case "dinov2" -> Trunk.DINOV2;
            default -> throw backbone.get().wrong("model_type", "one of beit, bit, dinov2, swinv2", type);
        };
        if (hybrid != (trunk == Trunk.HYBRID)) {
            throw backbone.get().wrong("model_type",
                    hybrid ? "bit, because is_hybrid is true" : "another than bit, because is_hybrid is false", type);
        }
        return trunk;
    }

    /**
     * Returns the kind of depth: metric if the settings define the conversion to metres, and on DINOv2, whose published
     * heads were each trained on one dataset in metres; otherwise affine-invariant inverse depth.
     */
    @Override
    public DepthKind kind() {
        return trunk == Trunk.DINOV2 || config.object(INVERSE_METRES).isPresent()
                ? DepthKind.METRIC
                : DepthKind.AFFINE_INVERSE;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        if (preprocessor.has(ResizeFloats.KERNEL)) {
            ResizeFloats original = ResizeFloats.of(preprocessor);
            return given.text(KEEP_ASPECT) == null ? original : original.keepingAspect(keepAspect);
        }
        ResizeAndNormalise preparation = ResizeAndNormalise.of(preprocessor);
        return keepAspect ? preparation.keepingAspect(32) : preparation;
    }

    @Override
    public int smallestInput() {
        return patch;
    }

    @Override
    public int trainedInput() {
        return trainedSize;
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        DptNeck neck = DptNeck.of(config, layers);
        List<Value> maps = switch (trunk) {
            case VIT -> plain(layers, neck, pixels);
            case HYBRID -> hybrid(layers, neck, pixels);
            case BEIT -> reassembled(neck, BeitBackbone.of(trunkConfig, layers, "backbone"), pixels);
            case DINOV2 -> reassembled(neck, Dinov2Backbone.of(trunkConfig, layers, "backbone", rule), pixels);
            case SWINV2 -> Swinv2Backbone.of(trunkConfig, layers, "backbone").maps(pixels);
        };
        neck.requireStages(config, maps.size());
        List<Value> fused = neck.fuse(maps);
        return metres(layers.g(), head(layers, fused.get(DptNeck.headIndex(config, fused.size()))));
    }

    /** Adds 1 / (scale · x + shift) if the settings contain scale and shift; otherwise returns x. */
    private Value metres(GraphBuilder g, Value x) {
        Optional<Settings> inverse = config.object(INVERSE_METRES);
        if (inverse.isEmpty()) {
            return x;
        }
        Value scaled = g.mul(x, g.scalar((float) inverse.get().number("scale", 1)));
        Value shifted = g.add(scaled, g.scalar((float) inverse.get().number("shift", 0)));
        return g.div(g.scalar(1), g.clip(shifted, MIN_INVERSE, Float.MAX_VALUE));
    }

    private List<Value> plain(Layers layers, DptNeck neck, Value pixels) {
        VitEncoder encoder = VitEncoder.of(config, layers);
        Value patches = layers.conv("dpt.embeddings.patch_embeddings.projection", pixels, encoder.width(), patch,
                ConvParameters.stride(patch));
        return reassembled(neck, encoder, patches, new ArrayList<>(), taps());
    }

    /** Returns the first two stages of the trunk unchanged; the third becomes the patches of the transformer. */
    private List<Value> hybrid(Layers layers, DptNeck neck, Value pixels) {
        GraphBuilder g = layers.g();
        VitEncoder encoder = VitEncoder.of(config, layers);
        Settings backbone = config.object("backbone_config").orElse(config);
        if (backbone.integers("depths", 1).size() != 3) {
            throw backbone.wrong("depths", "three stages", backbone.integers("depths", 1));
        }
        List<Value> stages = BitBackbone.of(backbone, layers, "dpt.embeddings.backbone.bit").stages(pixels);
        List<Value> maps = new ArrayList<>();
        maps.add(g.tap("neck.reassemble_stage.0", stages.get(0)));
        maps.add(g.tap("neck.reassemble_stage.1", stages.get(1)));
        Value patches = g.tap("dpt.embeddings.projection",
                layers.conv("dpt.embeddings.projection", stages.getLast(), encoder.width(), 1, ConvParameters.PLAIN));
        return reassembled(neck, encoder, patches, maps, taps().subList(2, taps().size()));
    }

    private List<Value> reassembled(DptNeck neck, VitEncoder encoder, Value patches, List<Value> maps,
            List<Integer> taps) {
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        List<Value> states = encoder.blocks(encoder.embed(patches, new Grid(trainedSize / patch, trainedSize / patch)));
        for (int tap : taps) {
            maps.add(neck.reassemble(maps.size(), states.get(tap), grid));
        }
        return maps;
    }

    private List<Value> reassembled(DptNeck neck, TokenBackbone backbone, Value pixels) {
        Grid grid = new Grid(pixels.dim(2) / backbone.patch(), pixels.dim(3) / backbone.patch());
        List<Value> states = backbone.states(pixels);
        neck.requireStages(config, states.size());
        List<Value> maps = new ArrayList<>();
        for (Value state : states) {
            maps.add(neck.reassemble(maps.size(), state, grid));
        }
        return maps;
    }

    /** Returns the indices from 0 of the blocks whose states are reassembled, ascending. */
    private List<Integer> taps() {
        List<Integer> indices = List.copyOf(new TreeSet<>(config.integers("backbone_out_indices", 0)));
        int depth = config.integer("num_hidden_layers", 1, 12);
        int stages = config.integers("neck_hidden_sizes", 1).size();
        if (indices.size() != stages || stages < 3 || indices.getLast() >= depth) {
            throw config.wrong("backbone_out_indices", stages + " different layers of " + depth, indices);
        }
        return indices;
    }

    /** Adds the head: [N, fusion, h, w] → [N, 2h, 2w]. */
    private Value head(Layers layers, Value fused) {
        GraphBuilder g = layers.g();
        Value x = fused;
        if (config.flag("add_projection", false)) {
            Value projected = layers.conv("head.projection", x, x.dim(1), 3, ConvParameters.PLAIN.pad(1));
            x = g.relu(g.tap("head.projection", projected));
        }
        Value y = g.tap("head.head.0", layers.conv("head.head.0", x, x.dim(1) / 2, 3, ConvParameters.PLAIN.pad(1)));
        y = g.resize(y, 2 * y.dim(2), 2 * y.dim(3), ResizeMode.LINEAR_ALIGNED);
        y = g.relu(layers.conv("head.head.2", y, HEAD_CHANNELS, 3, ConvParameters.PLAIN.pad(1)));
        y = g.relu(layers.conv("head.head.4", y, 1, 1, ConvParameters.PLAIN)); // [N, 1, 2h, 2w]
        return g.reshape(y, y.dim(0), y.dim(2), y.dim(3));
    }
}
