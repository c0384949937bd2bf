package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.StoredTensor;

/**
 * DINOv2 (Oquab et al., TMLR 2024) under its authors' tensor names, as Depth Anything 3 and MoGe-2 contain it. All
 * sizes are inferred from the tensors, and the final normalisation is applied to every returned state.
 *
 * @param layers graph and weights
 * @param prefix name of the module, with a dot at its end
 * @param width C
 * @param depth number of blocks
 * @param hidden width of the hidden layer of the MLPs
 * @param patch side of a patch, pixels
 * @param trained side of the grid that the position embeddings were trained for
 * @param finalEpsilon epsilon of the final normalisation; those inside the blocks use 1e-6
 */
public record Dinov2Upstream(Layers layers, String prefix, int width, int depth, int hidden, int patch, int trained,
        double finalEpsilon) {
    private static final double EPSILON = 1e-6;
    private static final int HEAD_WIDTH = 64;

    /**
     * Creates the transformer from the tensors whose names start with {@code prefix}.
     *
     * @param layers graph and weights
     * @param prefix name of the module, with a dot at its end
     * @param finalEpsilon epsilon of the final normalisation
     * @return the transformer
     */
    public static Dinov2Upstream of(Layers layers, String prefix, double finalEpsilon) {
        Checkpoint weights = layers.weights();
        Shape positions = weights.shapeOf(prefix + "pos_embed", 3);
        int width = positions.dim(2);
        int trained = (int) Math.round(Math.sqrt(positions.dim(1) - 1.0));
        if (width % HEAD_WIDTH != 0 || width == 0 || trained * trained + 1 != positions.dim(1)) {
            throw new CheckpointException(weights.folder(),
                    "tensor " + prefix + "pos_embed: expected [1, 1 + n·n, C] with C in multiples of " + HEAD_WIDTH
                            + ", found " + positions);
        }
        int depth = 0;
        while (weights.has(prefix + "blocks." + depth + ".norm1.weight")) {
            depth++;
        }
        if (depth == 0) {
            throw new CheckpointException(weights.folder(),
                    "expected blocks of a transformer from " + prefix + "blocks.0 on, found none");
        }
        return new Dinov2Upstream(layers, prefix, width, depth,
                weights.shapeOf(prefix + "blocks.0.mlp.fc1.weight", 2).dim(0),
                weights.shapeOf(prefix + "patch_embed.proj.weight", 4).dim(2), trained, finalEpsilon);
    }

    /**
     * Returns the grid of patches for {@code pixels}.
     *
     * @param pixels preprocessed pictures, [N, 3, H, W]
     * @return the grid
     */
    public Grid grid(Value pixels) {
        return new Grid(pixels.dim(2) / patch, pixels.dim(3) / patch);
    }

    /**
     * Builds the graph.
     *
     * @param pixels preprocessed pictures, [N, 3, H, W]
     * @param taps the blocks whose states are returned, counted from 0
     * @return the normalised states, [N, 1 + h·w, C], class token first
     */
    public List<Value> states(Value pixels, List<Integer> taps) {
        GraphBuilder g = layers.g();
        Value embedded = g.tap(prefix + "tokens", embed(pixels));
        Tokens tokens = Tokens.like(layers, embedded);
        List<Value> states = new ArrayList<>();
        Value x = tokens.flat(embedded);
        for (int i = 0; i < depth; i++) {
            String name = prefix + "blocks." + i;
            x = block(name, tokens, x);
            g.tap(name, tokens.stacked(x));
            if (taps.contains(i)) {
                states.add(tokens.stacked(layers.layerNorm(prefix + "norm", x, finalEpsilon)));
            }
        }
        return states;
    }

    private Value embed(Value pixels) {
        GraphBuilder g = layers.g();
        int batch = pixels.dim(0);
        Value patches = layers.conv(prefix + "patch_embed.proj", pixels, width, patch, ConvParameters.stride(patch));
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        grid.requireAttention(grid.cells());
        Value cells = g.transpose(g.reshape(patches, batch, width, grid.cells()), 0, 2, 1); // [N, h·w, C]
        g.tap(prefix + "patch_embed", cells);
        Value classToken = g.expand(layers.weight(prefix + "cls_token", 1, 1, width), batch, 1, width);
        return g.add(g.concat(1, classToken, cells), positions(grid));
    }

    private Value positions(Grid grid) {
        GraphBuilder g = layers.g();
        g.scope(prefix + "pos_embed");
        Value all = layers.weight(prefix + "pos_embed", 1, 1 + trained * trained, width);
        if (grid.equals(new Grid(trained, trained))) {
            return all;
        }
        Value cells = g.transpose(g.reshape(g.slice(all, 1, 1, 1 + trained * trained), 1, trained, trained, width), 0,
                3, 1, 2);
        Value resized = g.scale(cells, (grid.height() + 0.1) / trained, (grid.width() + 0.1) / trained,
                ResizeMode.CUBIC);
        Value rows = g.transpose(g.reshape(resized, 1, width, grid.cells()), 0, 2, 1); // [1, h·w, C]
        return g.concat(1, g.slice(all, 1, 0, 1), rows);
    }

    private Value block(String name, Tokens tokens, Value x) {
        GraphBuilder g = layers.g();
        Value attended = attention(name + ".attn", tokens, layers.layerNorm(name + ".norm1", x, EPSILON));
        Value y = g.add(tokens.scaled(name + ".ls1.gamma", attended), x);
        Value inner = layers.linear(name + ".mlp.fc1", layers.layerNorm(name + ".norm2", y, EPSILON), hidden);
        inner = layers.linear(name + ".mlp.fc2", g.gelu(inner), width);
        return g.add(tokens.scaled(name + ".ls2.gamma", inner), y);
    }

    private Value attention(String name, Tokens tokens, Value x) {
        GraphBuilder g = layers.g();
        Value q = tokens.stacked(part(name + ".qkv", 0, x));
        Value k = tokens.stacked(part(name + ".qkv", 1, x));
        Value v = tokens.stacked(part(name + ".qkv", 2, x));
        Value mixed = g.attention(q, k, v, width / HEAD_WIDTH, 1 / Math.sqrt(HEAD_WIDTH)); // [N, T, C]
        Value out = layers.linear(name + ".proj", tokens.flat(mixed), width);
        g.tap(name, tokens.stacked(out));
        return out;
    }

    /**
     * Returns queries, keys or values: one third of the rows of the fused projection, which stay mapped in the file.
     */
    private Value part(String name, int part, Value x) {
        GraphBuilder g = layers.g();
        g.scope(name);
        return g.linear(x, rows(name + ".weight", part, Shape.of(3 * width, width)),
                rows(name + ".bias", part, Shape.of(3 * width)));
    }

    private Value rows(String name, int part, Shape whole) {
        StoredTensor fused = layers.weights().require(name, whole);
        return layers.g().tensor(layers.weights().graphTensor(fused.rows(name + "." + part, part * width, width)));
    }
}
