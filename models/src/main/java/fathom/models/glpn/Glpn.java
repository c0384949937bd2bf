package fathom.models.glpn;

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
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.backbones.Tokens;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.ResizeAndNormalise;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * GLPN, "Global-Local Path Networks for Monocular Depth Estimation with Vertical CutDepth" (Kim et al., 2022): the
 * encoder of SegFormer (Xie et al., NeurIPS 2021) and a decoder that fuses deep and shallow maps by learned attention.
 * Depth in metres: sigmoid times the largest depth.
 */
public final class Glpn implements DepthArchitecture {
    /** The options that the user can set. */
    public static final OptionSpecs OPTION_SPECS = new OptionSpecs(Map.of(), Resampling.TORCH_BICUBIC);

    /** The reference uses PyTorch's default in all normalisations and ignores {@code layer_norm_eps}. */
    private static final double EPSILON = 1e-5;

    private final Settings config;
    private final Checkpoint weights;
    private final List<Integer> widths;
    private final int decoder;
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
    public Glpn(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.widths = config.integers("hidden_sizes", 1);
        for (String field : List.of("depths", "num_attention_heads", "sr_ratios", "patch_sizes", "strides",
                "mlp_ratios")) {
            if (perStage(field).size() != widths.size() || widths.isEmpty()) {
                throw config.wrong(field, "one number per stage of hidden_sizes " + widths, perStage(field));
            }
        }
        for (int stage = 0; stage < widths.size(); stage++) {
            int heads = perStage("num_attention_heads").get(stage);
            if (widths.get(stage) % heads != 0) {
                throw config.wrong("num_attention_heads", "divisors of hidden_sizes " + widths, heads);
            }
        }
        config.requireWord("hidden_act", "gelu");
        int stages = widths.size();
        int headIndex = config.integer("head_in_index", Integer.MIN_VALUE, -1);
        if (headIndex != -1 && headIndex != stages - 1) {
            throw config.wrong("head_in_index", "-1 or " + (stages - 1) + ", the last map", headIndex);
        }
        this.decoder = config.integer("decoder_hidden_size", 1, 64);
        this.largest = (float) config.positive("max_depth", 10);
    }

    private List<Integer> perStage(String field) {
        return config.integers(field, 1);
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
    public Preparation preparation(Settings preprocessor) {
        return ResizeAndNormalise.ofGlpn(preprocessor);
    }

    @Override
    public int smallestInput() {
        return 32;
    }

    @Override
    public int trainedInput() {
        return 224;
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        List<Value> maps = encode(layers, pixels);
        Value x = maps.getLast();
        Value fused = null;
        for (int step = 0; step < maps.size(); step++) {
            String name = "decoder.stages." + step;
            Value local = maps.reversed().get(step);
            if (local.dim(1) != decoder) {
                local = layers.conv(name + ".convolution", local, decoder, 1, ConvParameters.PLAIN);
            }
            x = fused == null ? local : g.tap(name + ".fusion", fuse(layers, name + ".fusion", local, fused));
            fused = g.tap(name, g.resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR));
            x = fused;
        }
        x = g.tap("decoder.final_upsample", g.resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR));
        Value y = g.relu(layers.conv("head.head.0", x, decoder, 3, ConvParameters.PLAIN.pad(1)));
        y = layers.conv("head.head.2", y, 1, 3, ConvParameters.PLAIN.pad(1)); // [N, 1, H, W]
        return g.mul(g.sigmoid(g.reshape(y, y.dim(0), y.dim(2), y.dim(3))), g.scalar(largest));
    }

    /**
     * Adds the encoder.
     *
     * @return the output of each stage, [N, C, H/4, W/4] and so on
     */
    private List<Value> encode(Layers layers, Value pixels) {
        GraphBuilder g = layers.g();
        List<Value> maps = new ArrayList<>();
        Value map = pixels;
        for (int stage = 0; stage < widths.size(); stage++) {
            int width = widths.get(stage);
            String embedding = "glpn.encoder.patch_embeddings." + stage;
            int patch = perStage("patch_sizes").get(stage);
            map = layers.conv(embedding + ".proj", map, width, patch,
                    ConvParameters.stride(perStage("strides").get(stage)).pad(patch / 2));
            Grid grid = new Grid(map.dim(2), map.dim(3));
            int batch = map.dim(0);
            Tokens tokens = new Tokens(layers, batch, grid.cells(), width);
            Value x = tokens.flat(g.transpose(g.reshape(map, batch, width, grid.cells()), 0, 2, 1)); // [N·T, C]
            x = layers.layerNorm(embedding + ".layer_norm", x, EPSILON);
            g.tap(embedding + ".0", tokens.stacked(x));
            for (int i = 0; i < perStage("depths").get(stage); i++) {
                String name = "glpn.encoder.block." + stage + "." + i;
                x = block(name, tokens, x, grid, stage);
                g.tap(name + ".0", tokens.stacked(x));
            }
            String norm = "glpn.encoder.layer_norm." + stage;
            Value states = g.tap(norm, tokens.stacked(layers.layerNorm(norm, x, EPSILON)));
            map = g.reshape(g.transpose(states, 0, 2, 1), batch, width, grid.height(), grid.width());
            maps.add(map);
        }
        return maps;
    }

    private Value block(String name, Tokens tokens, Value x, Grid grid, int stage) {
        GraphBuilder g = tokens.layers().g();
        Value attended = attention(name + ".attention", tokens,
                tokens.layers().layerNorm(name + ".layer_norm_1", x, EPSILON), grid, stage);
        Value y = g.add(attended, x);
        return g.add(mixed(name + ".mlp", tokens, tokens.layers().layerNorm(name + ".layer_norm_2", y, EPSILON), grid,
                stage), y);
    }

    /** Adds attention with keys and values from a map that is reduced by a convolution. */
    private Value attention(String name, Tokens tokens, Value x, Grid grid, int stage) {
        Layers layers = tokens.layers();
        GraphBuilder g = layers.g();
        int batch = tokens.batch();
        int width = tokens.width();
        int heads = perStage("num_attention_heads").get(stage);
        int reduction = perStage("sr_ratios").get(stage);
        Value q = tokens.stacked(layers.linear(name + ".self.query", x, width));
        Value source = x;
        int count = tokens.count();
        if (reduction > 1) {
            Value map = g.reshape(g.transpose(tokens.stacked(x), 0, 2, 1), batch, width, grid.height(), grid.width());
            Value reduced = layers.conv(name + ".self.sr", map, width, reduction, ConvParameters.stride(reduction));
            count = reduced.dim(2) * reduced.dim(3);
            grid.requireAttention(count);
            Value cells = g.transpose(g.reshape(reduced, batch, width, count), 0, 2, 1);
            source = layers.layerNorm(name + ".self.layer_norm", g.reshape(cells, batch * count, width), EPSILON);
        }
        Value k = g.reshape(layers.linear(name + ".self.key", source, width), batch, count, width);
        Value v = g.reshape(layers.linear(name + ".self.value", source, width), batch, count, width);
        g.scope(name);
        Value mixed = g.attention(q, k, v, heads, 1 / Math.sqrt((double) width / heads));
        return layers.linear(name + ".output.dense", tokens.flat(mixed), width);
    }

    /** Adds the MLP with a depthwise convolution between its layers. */
    private Value mixed(String name, Tokens tokens, Value x, Grid grid, int stage) {
        Layers layers = tokens.layers();
        GraphBuilder g = layers.g();
        int batch = tokens.batch();
        int hidden = tokens.width() * perStage("mlp_ratios").get(stage);
        Value wide = g.reshape(layers.linear(name + ".dense1", x, hidden), batch, grid.cells(), hidden);
        Value map = g.reshape(g.transpose(wide, 0, 2, 1), batch, hidden, grid.height(), grid.width());
        Value convolved = layers.conv(name + ".dwconv.dwconv", map, hidden, 3,
                ConvParameters.PLAIN.pad(1).group(hidden));
        Value cells = g.transpose(g.reshape(g.gelu(convolved), batch, hidden, grid.cells()), 0, 2, 1);
        return layers.linear(name + ".dense2", g.reshape(cells, batch * grid.cells(), hidden), tokens.width());
    }

    /** Adds selective feature fusion: two maps of weights select between the local and the global path. */
    private Value fuse(Layers layers, String name, Value local, Value global) {
        GraphBuilder g = layers.g();
        g.scope(name);
        Value x = g.concat(1, local, global);
        for (int i = 1; i <= 2; i++) {
            String layer = name + ".convolutional_layer" + i;
            Value y = layers.conv(layer + ".0", x, i == 1 ? decoder : decoder / 2, 3, ConvParameters.PLAIN.pad(1));
            x = g.relu(layers.batchNorm(layer + ".1", y));
        }
        Value shares = g.sigmoid(layers.conv(name + ".convolutional_layer3", x, 2, 3, ConvParameters.PLAIN.pad(1)));
        return g.add(g.mul(local, g.slice(shares, 1, 0, 1)), g.mul(global, g.slice(shares, 1, 1, 2)));
    }
}
