package fathom.models.architectures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import fathom.graph.GraphBuilder;
import fathom.graph.Resizing;
import fathom.graph.Sliding;
import fathom.graph.Value;
import fathom.models.ModelOptions;
import fathom.models.checkpoints.Checkpoint;
import fathom.models.checkpoints.Settings;
import fathom.models.preparation.Preparation;
import fathom.models.preparation.ResizeAndNormalise;
import fathom.raster.DepthKind;

/**
 * DPT, "Vision Transformers for Dense Prediction" (Ranftl, Bochkovskiy, Koltun, ICCV 2021): a vision transformer, alone or on
 * a convolutional trunk (hybrid), whose token states of four depths are reassembled into maps and fused from coarse to fine.
 * Predicts inverse depth up to scale and shift.
 *
 * <p>Beyond transformers' version, the token grid need not be square or of the trained size: position embeddings are
 * resized, as the original's {@code forward_flex} does.
 */
final class Dpt implements Architecture {
    private static final int HEAD_CHANNELS = 32;
    private static final String KEEP_ASPECT = "keep_aspect";

    private final Settings config;
    private final Checkpoint weights;
    private final int patch;
    private final int trainedSize;
    private final boolean hybrid;
    private final List<Integer> taps;
    private final boolean keepAspect;

    Dpt(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.patch = config.integer("patch_size", 1, 16);
        this.trainedSize = config.integer("image_size", 1, 384);
        this.hybrid = config.flag("is_hybrid", false);
        if (trainedSize % patch != 0) {
            throw config.wrong("image_size", "a multiple of patch_size " + patch, trainedSize);
        }
        this.taps = taps();
        this.keepAspect = options.flag(KEEP_ASPECT, false);
    }

    /** Indices from 0 of the blocks whose states are reassembled, ascending. */
    private List<Integer> taps() {
        List<Integer> indices = List.copyOf(new TreeSet<>(config.integers("backbone_out_indices", 0)));
        int depth = config.integer("num_hidden_layers", 1, 12);
        int stages = config.integers("neck_hidden_sizes", 1).size();
        if (indices.size() != stages || indices.getLast() >= depth) {
            throw config.wrong("backbone_out_indices", stages + " different layers of " + depth, indices);
        }
        return hybrid ? indices.subList(2, stages) : indices;
    }

    @Override
    public DepthKind kind() {
        return DepthKind.AFFINE_INVERSE;
    }

    @Override
    public Map<String, String> options() {
        return Map.of("keep_aspect",
                "true: scale both sides alike, to multiples of 32, instead of stretching the picture");
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        ResizeAndNormalise preparation = ResizeAndNormalise.of(preprocessor);
        return keepAspect ? preparation.keepingAspect(32) : preparation;
    }

    @Override
    public int smallestInput() {
        return patch;
    }

    @Override
    public int usualInput() {
        return trainedSize;
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        VitEncoder encoder = VitEncoder.of(config, layers);
        DptNeck neck = DptNeck.of(config, layers);
        List<Value> maps = new ArrayList<>();
        Value patches;
        if (hybrid) {
            List<Value> stages = trunk(layers).stages(pixels);
            maps.add(g.mark("neck.reassemble_stage.0", stages.get(0)));
            maps.add(g.mark("neck.reassemble_stage.1", stages.get(1)));
            patches = layers.conv("dpt.embeddings.projection", stages.getLast(), encoder.width(), 1, Sliding.PLAIN);
            g.mark("dpt.embeddings.projection", patches);
        } else {
            patches = layers.conv("dpt.embeddings.patch_embeddings.projection", pixels, encoder.width(), patch,
                    Sliding.stride(patch));
        }
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        Value tokens = encoder.embed(patches, new Grid(trainedSize / patch, trainedSize / patch));
        List<Value> states = encoder.blocks(tokens);
        for (int tap : taps) {
            maps.add(neck.reassemble(maps.size(), states.get(tap), grid));
        }
        List<Value> fused = neck.fuse(maps);
        return head(layers, fused.get(headIndex(fused.size())));
    }

    private BitBackbone trunk(Layers layers) {
        Settings backbone = config.object("backbone_config").orElseThrow(() -> config.wrong("backbone_config",
                "the settings of the trunk, because is_hybrid is true", "none"));
        String type = backbone.text("model_type");
        if (!type.equals("bit")) {
            throw backbone.wrong("model_type", "bit, because is_hybrid is true", type);
        }
        if (backbone.integers("depths", 1).size() != 3) {
            throw backbone.wrong("depths", "three stages", backbone.integers("depths", 1));
        }
        return BitBackbone.of(backbone, layers, "dpt.embeddings.backbone.bit");
    }

    private int headIndex(int count) {
        int index = config.integer("head_in_index", Integer.MIN_VALUE, -1);
        if (index < -count || index >= count) {
            throw config.wrong("head_in_index", "an index into " + count + " maps", index);
        }
        return index < 0 ? index + count : index;
    }

    /** [N, fusion, h, w] → [N, 2h, 2w]. */
    private static Value head(Layers layers, Value x) {
        GraphBuilder g = layers.g();
        int features = x.dim(1);
        Value y = layers.conv("head.head.0", x, features / 2, 3, Sliding.PLAIN.pad(1));
        g.mark("head.head.0", y);
        y = g.resize(y, 2 * y.dim(2), 2 * y.dim(3), Resizing.LINEAR_ALIGNED);
        y = g.relu(layers.conv("head.head.2", y, HEAD_CHANNELS, 3, Sliding.PLAIN.pad(1)));
        y = g.relu(layers.conv("head.head.4", y, 1, 1, Sliding.PLAIN)); // [N, 1, 2h, 2w]
        return g.reshape(y, y.dim(0), y.dim(2), y.dim(3));
    }
}
