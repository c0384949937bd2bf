package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.weights.Settings;

/**
 * DINOv2 (Oquab et al., TMLR 2024): a vision transformer with a learned scale on each branch. Returns the same states
 * as transformers' {@code Dinov2Backbone}.
 *
 * @param layers graph and weights
 * @param prefix name of the module
 * @param shape sizes
 * @param stages the states to return, 0 for the embeddings
 * @param normalised whether the final normalisation is applied to each state
 * @param rule how position embeddings are resized
 */
public record Dinov2Backbone(Layers layers, String prefix, Sizes shape, List<Integer> stages, boolean normalised,
        PositionRule rule) implements TokenBackbone {
    /**
     * Sizes of the transformer.
     *
     * @param width C
     * @param depth number of blocks
     * @param heads attention heads
     * @param hidden width of the hidden layer of the MLPs
     * @param gated whether the MLPs are gated (SwiGLU)
     * @param patch side of a patch, pixels
     * @param trained side of the grid that the position embeddings were trained for
     * @param epsilon of the normalisations
     * @param bias whether queries, keys and values have a bias
     */
    public record Sizes(int width, int depth, int heads, int hidden, boolean gated, int patch, int trained,
            double epsilon, boolean bias) {}

    /** How position embeddings are resized to another grid, in both cases by cubic convolution. */
    public enum PositionRule {
        /**
         * As in the authors' code: by the factor (n + 0.1) / trained, which also determines the positions of the
         * samples.
         */
        SCALE,
        /** As in newer versions of the transformers library: to the size. */
        SIZE
    }

    /**
     * Creates the backbone that {@code config} describes.
     *
     * @param config its settings
     * @param layers graph and weights
     * @param prefix name of the module
     * @param rule how position embeddings are resized
     * @return the backbone
     */
    public static Dinov2Backbone of(Settings config, Layers layers, String prefix, PositionRule rule) {
        int width = config.integer("hidden_size", 1, 768);
        int heads = config.integer("num_attention_heads", 1, 12);
        if (width % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size " + width, heads);
        }
        int patch = config.side("patch_size", 14);
        int image = config.side("image_size", 224);
        int depth = config.integer("num_hidden_layers", 1, 12);
        boolean gated = config.flag("use_swiglu_ffn", false);
        if (!gated) {
            config.requireWord("hidden_act", "gelu");
        }
        int hidden = (int) (width * config.positive("mlp_ratio", 4));
        Sizes sizes = new Sizes(width, depth, heads, gated ? (hidden * 2 / 3 + 7) / 8 * 8 : hidden, gated, patch,
                image / patch, config.positive("layer_norm_eps", 1e-6), config.flag("qkv_bias", true));
        return new Dinov2Backbone(layers, prefix, sizes, TokenBackbone.stages(config, depth),
                config.flag("apply_layernorm", true), rule);
    }

    @Override
    public int patch() {
        return shape.patch();
    }

    @Override
    public List<Value> states(Value pixels) {
        GraphBuilder g = layers.g();
        Value embedded = g.tap(prefix + ".embeddings", embed(pixels));
        Tokens tokens = Tokens.like(layers, embedded);
        List<Value> states = new ArrayList<>();
        Value x = tokens.flat(embedded);
        for (int i = 0; i <= shape.depth(); i++) {
            if (i > 0) {
                String name = prefix + ".encoder.layer." + (i - 1);
                x = block(name, tokens, x);
                g.tap(name + ".0", tokens.stacked(x));
            }
            if (stages.contains(i)) {
                states.add(
                        tokens.stacked(normalised ? layers.layerNorm(prefix + ".layernorm", x, shape.epsilon()) : x));
            }
        }
        return states;
    }

    private Value embed(Value pixels) {
        GraphBuilder g = layers.g();
        String name = prefix + ".embeddings";
        int batch = pixels.dim(0);
        Value patches = layers.conv(name + ".patch_embeddings.projection", pixels, shape.width(), shape.patch(),
                ConvParameters.stride(shape.patch()));
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        grid.requireAttention(grid.cells());
        g.scope(name);
        Value cells = g.transpose(g.reshape(patches, batch, shape.width(), grid.cells()), 0, 2, 1); // [N, h·w, C]
        g.tap(name + ".patch_embeddings", cells);
        Value classToken = g.expand(layers.weight(name + ".cls_token", 1, 1, shape.width()), batch, 1, shape.width());
        Value positions = positions(name + ".position_embeddings", grid);
        g.tap(name + ".positions", positions);
        return g.add(g.concat(1, classToken, cells), positions);
    }

    private Value positions(String name, Grid grid) {
        GraphBuilder g = layers.g();
        int width = shape.width();
        int side = shape.trained();
        Value all = layers.weight(name, 1, 1 + side * side, width);
        if (grid.equals(new Grid(side, side))) {
            return all;
        }
        Value cells = g.transpose(g.reshape(g.slice(all, 1, 1, 1 + side * side), 1, side, side, width), 0, 3, 1, 2);
        Value resized = switch (rule) {
            case SCALE -> g.scale(cells, (grid.height() + 0.1) / side, (grid.width() + 0.1) / side, ResizeMode.CUBIC);
            case SIZE -> g.resize(cells, grid.height(), grid.width(), ResizeMode.CUBIC);
        };
        Value rows = g.transpose(g.reshape(resized, 1, width, grid.cells()), 0, 2, 1); // [1, h·w, C]
        return g.concat(1, g.slice(all, 1, 0, 1), rows);
    }

    private Value block(String name, Tokens tokens, Value x) {
        GraphBuilder g = layers.g();
        Value attended = tokens.selfAttention(name + ".attention",
                layers.layerNorm(name + ".norm1", x, shape.epsilon()), shape.heads(),
                shape.bias() ? Tokens.Biases.ALL : Tokens.Biases.NONE, Optional.empty());
        Value y = g.add(tokens.scaled(name + ".layer_scale1.lambda1", attended), x);
        Value inner = perceptron(name + ".mlp", layers.layerNorm(name + ".norm2", y, shape.epsilon()));
        return g.add(tokens.scaled(name + ".layer_scale2.lambda1", inner), y);
    }

    private Value perceptron(String name, Value x) {
        GraphBuilder g = layers.g();
        if (!shape.gated()) {
            return layers.linear(name + ".fc2", g.gelu(layers.linear(name + ".fc1", x, shape.hidden())), shape.width());
        }
        Value both = layers.linear(name + ".weights_in", x, 2 * shape.hidden());
        Value gate = g.slice(both, 1, 0, shape.hidden());
        Value gated = g.mul(g.mul(gate, g.sigmoid(gate)), g.slice(both, 1, shape.hidden(), 2 * shape.hidden()));
        return layers.linear(name + ".weights_out", gated, shape.width());
    }
}
