package fathom.models.backbones;

import java.util.Optional;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;

/**
 * Layers over tokens. Tokens are stored as [N·T, C], so that every linear layer is one matrix product.
 *
 * @param layers graph and weights
 * @param batch N
 * @param count T, tokens per picture
 * @param width C
 */
public record Tokens(Layers layers, int batch, int count, int width) {
    /**
     * Creates layers for tokens with the shape of {@code tokens}.
     *
     * @param layers graph and weights
     * @param tokens [N, T, C]
     * @return the layers
     */
    public static Tokens like(Layers layers, Value tokens) {
        return new Tokens(layers, tokens.dim(0), tokens.dim(1), tokens.dim(2));
    }

    /**
     * Reshapes [N, T, C] → [N·T, C].
     *
     * @param x the operand
     * @return the result
     */
    public Value flat(Value x) {
        return layers.g().reshape(x, batch * count, width);
    }

    /**
     * Reshapes [N·T, C] → [N, T, C].
     *
     * @param x the operand
     * @return the result
     */
    public Value stacked(Value x) {
        return layers.g().reshape(x, batch, count, width);
    }

    /**
     * Adds multi-head self-attention ("Attention Is All You Need", Vaswani et al., NeurIPS 2017) with the tensors
     * {@code name.attention.query}, {@code .key}, {@code .value} and {@code name.output.dense}.
     *
     * @param x [N·T, C]
     * @param biases which of the three projections have a bias
     * @param positions added to the scores before the softmax, [1, heads, T, T]
     */
    Value selfAttention(String name, Value x, int heads, Biases biases, Optional<Value> positions) {
        GraphBuilder g = layers.g();
        Value q = stacked(project(name + ".attention.query", x, biases.query()));
        Value k = stacked(project(name + ".attention.key", x, biases.key()));
        Value v = stacked(project(name + ".attention.value", x, biases.value()));
        g.scope(name);
        double scale = 1 / Math.sqrt((double) width / heads);
        Value mixed = positions.isPresent()
                ? g.attention(q, k, v, positions.get(), heads, scale)
                : g.attention(q, k, v, heads, scale); // [N, T, C]
        Value out = layers.linear(name + ".output.dense", flat(mixed), width);
        g.tap(name + ".0", stacked(out));
        return out;
    }

    /** Which projections of attention have a bias. */
    record Biases(boolean query, boolean key, boolean value) {
        static final Biases ALL = new Biases(true, true, true);
        static final Biases NONE = new Biases(false, false, false);
    }

    private Value project(String name, Value x, boolean bias) {
        return bias ? layers.linear(name, x, width) : layers.linearWithoutBias(name, x, width);
    }

    /** Multiplies x by the vector {@code name}, which has one number per channel. */
    Value scaled(String name, Value x) {
        return layers.g().mul(x, layers.weight(name, width));
    }
}
