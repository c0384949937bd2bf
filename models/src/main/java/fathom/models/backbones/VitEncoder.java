package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.weights.Settings;

/**
 * The transformer of "An Image is Worth 16x16 Words" (Dosovitskiy et al., ICLR 2021) as DPT uses it: a class token
 * before the patches, learned position embeddings, blocks that normalise first. Tensor names are those of DPT's
 * checkpoints.
 *
 * @param layers graph and weights
 * @param width C, the width of a token
 * @param depth number of blocks
 * @param heads attention heads
 * @param hidden width of the hidden layer of the MLPs
 * @param epsilon of the layer normalisations
 * @param queryBias whether queries, keys and values have a bias
 */
public record VitEncoder(Layers layers, int width, int depth, int heads, int hidden, double epsilon,
        boolean queryBias) {
    /**
     * Creates the encoder that {@code config} describes.
     *
     * @param config its settings
     * @param layers graph and weights
     * @return the encoder
     */
    public static VitEncoder of(Settings config, Layers layers) {
        int width = config.integer("hidden_size", 1, 768);
        int heads = config.integer("num_attention_heads", 1, 12);
        if (width % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size " + width, heads);
        }
        config.requireWord("hidden_act", "gelu");
        return new VitEncoder(layers, width, config.integer("num_hidden_layers", 1, 12), heads,
                config.integer("intermediate_size", 1, 3072), config.positive("layer_norm_eps", 1e-12),
                config.flag("qkv_bias", true));
    }

    /**
     * Adds class token and position embeddings.
     *
     * @param patches [N, C, h, w]
     * @param trained the grid that the position embeddings were trained for
     * @return tokens, [N, 1 + h·w, C]
     */
    public Value embed(Value patches, Grid trained) {
        GraphBuilder g = layers.g();
        int batch = patches.dim(0);
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        grid.requireAttention(grid.cells());
        g.scope("dpt.embeddings");
        Value cells = g.transpose(g.reshape(patches, batch, width, grid.cells()), 0, 2, 1); // [N, h·w, C]
        Value classToken = g.expand(layers.weight("dpt.embeddings.cls_token", 1, 1, width), batch, 1, width);
        Value tokens = g.concat(1, classToken, cells); // [N, 1 + h·w, C]
        return g.tap("dpt.embeddings", g.add(tokens, positions(grid, trained)));
    }

    /**
     * Returns the position embeddings for {@code grid}: that of the class token, then those of the cells, resized
     * bilinearly.
     */
    private Value positions(Grid grid, Grid trained) {
        GraphBuilder g = layers.g();
        Value all = layers.weight("dpt.embeddings.position_embeddings", 1, 1 + trained.cells(), width);
        if (grid.equals(trained)) {
            return all;
        }
        Value cells = g.reshape(g.slice(all, 1, 1, 1 + trained.cells()), 1, trained.height(), trained.width(), width);
        Value resized = g.resize(g.transpose(cells, 0, 3, 1, 2), grid.height(), grid.width(), ResizeMode.LINEAR);
        Value rows = g.transpose(g.reshape(resized, 1, width, grid.cells()), 0, 2, 1); // [1, h·w, C]
        return g.concat(1, g.slice(all, 1, 0, 1), rows);
    }

    /**
     * Adds the blocks.
     *
     * @param embedded tokens, [N, T, C]
     * @return the tokens after each block, [N, T, C], before any final normalisation
     */
    public List<Value> blocks(Value embedded) {
        GraphBuilder g = layers.g();
        Tokens tokens = Tokens.like(layers, embedded);
        List<Value> states = new ArrayList<>();
        Value x = tokens.flat(embedded);
        for (int i = 0; i < depth; i++) {
            x = block("dpt.encoder.layer." + i, tokens, x);
            states.add(g.tap("dpt.encoder.layer." + i + ".0", tokens.stacked(x)));
        }
        return states;
    }

    private Value block(String name, Tokens tokens, Value x) {
        GraphBuilder g = layers.g();
        Value attended = tokens.selfAttention(name + ".attention",
                layers.layerNorm(name + ".layernorm_before", x, epsilon), heads,
                queryBias ? Tokens.Biases.ALL : Tokens.Biases.NONE, Optional.empty());
        Value y = g.add(x, attended);
        Value inner = layers.linear(name + ".intermediate.dense",
                layers.layerNorm(name + ".layernorm_after", y, epsilon), hidden); // [N·T, hidden]
        return g.add(y, layers.linear(name + ".output.dense", g.gelu(inner), width));
    }
}
