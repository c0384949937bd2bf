package fathom.models.marigold;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.models.backbones.Layers;

/**
 * Attention between the pixels of a map and with a text (Rombach et al., CVPR 2022, section 3.3; diffusers'
 * {@code Transformer2DModel}): normalise, project in, transformer blocks, project out, add.
 *
 * @param blocks shared parts
 * @param linear whether the projections are linear layers on pixels, as from Stable Diffusion 2 on, or 1×1 convolutions
 */
record SpatialTransformer(Blocks blocks, boolean linear) {
    private static final double GROUP_EPSILON = 1e-6;
    private static final double LAYER_EPSILON = 1e-5;

    /**
     * Adds it to the graph.
     *
     * @param x map, [N, C, H, W]
     * @param text token embeddings, [S, D], the same for all maps
     * @param depth number of transformer blocks
     */
    Value apply(String name, Value x, Value text, int heads, int depth) {
        GraphBuilder g = blocks.g();
        int channels = x.dim(1);
        Value normal = blocks.groupNorm(name + ".norm", x, GROUP_EPSILON);
        Value rows = linear // [N·H·W, C]
                ? blocks.layers().linear(name + ".proj_in", blocks.rows(normal), channels)
                : blocks.rows(blocks.conv1(name + ".proj_in", normal, channels));
        for (int i = 0; i < depth; i++) {
            rows = block(name + ".transformer_blocks." + i, rows, x.dim(0), text, heads);
        }
        Value out = linear
                ? blocks.map(blocks.layers().linear(name + ".proj_out", rows, channels), x.shape())
                : blocks.conv1(name + ".proj_out", blocks.map(rows, x.shape()), channels);
        g.scope(name);
        return g.tap(name, g.add(out, x));
    }

    private Value block(String name, Value x, int batch, Value text, int heads) {
        GraphBuilder g = blocks.g();
        Layers layers = blocks.layers();
        Value first = layers.layerNorm(name + ".norm1", x, LAYER_EPSILON);
        Value y = g.add(x, attention(name + ".attn1", first, batch, first, batch, heads));
        Value second = layers.layerNorm(name + ".norm2", y, LAYER_EPSILON);
        Value z = g.add(y, attention(name + ".attn2", second, batch, text, 1, heads));
        return g.add(z, feedForward(name + ".ff.net", layers.layerNorm(name + ".norm3", z, LAYER_EPSILON)));
    }

    /**
     * Adds attention: queries from x [N·T, C], keys and values from {@code of} [M·S, D]; M is N, or 1 if they are
     * shared.
     */
    private Value attention(String name, Value x, int batch, Value of, int batchOf, int heads) {
        GraphBuilder g = blocks.g();
        Layers layers = blocks.layers();
        int channels = x.dim(1);
        int tokens = of.dim(0) / batchOf;
        Value q = g.reshape(layers.linearWithoutBias(name + ".to_q", x, channels), batch, x.dim(0) / batch, channels);
        Value k = g.reshape(layers.linearWithoutBias(name + ".to_k", of, channels), batchOf, tokens, channels);
        Value v = g.reshape(layers.linearWithoutBias(name + ".to_v", of, channels), batchOf, tokens, channels);
        g.scope(name);
        Value attended = g.attention(q, repeated(k, batch), repeated(v, batch), heads,
                1 / Math.sqrt((double) channels / heads));
        return layers.linear(name + ".to_out.0", g.reshape(attended, x.dim(0), channels), channels);
    }

    private Value repeated(Value x, int batch) {
        return x.dim(0) == batch ? x : blocks.g().expand(x, batch, x.dim(1), x.dim(2));
    }

    /** Adds a gated MLP, GEGLU (Shazeer, 2020): the first half times the GELU of the second. */
    private Value feedForward(String name, Value x) {
        GraphBuilder g = blocks.g();
        int channels = x.dim(1);
        int inner = 4 * channels;
        Value both = blocks.layers().linear(name + ".0.proj", x, 2 * inner); // [N·T, 8·C]
        Value gated = g.mul(g.slice(both, 1, 0, inner), g.gelu(g.slice(both, 1, inner, 2 * inner)));
        return blocks.layers().linear(name + ".2", gated, channels);
    }
}
