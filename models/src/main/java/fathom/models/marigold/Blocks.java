package fathom.models.marigold;

import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.backbones.Layers;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * The layers that the networks of latent diffusion share: group normalisation with SiLU, residual blocks, downsampling
 * and upsampling (Rombach et al., CVPR 2022; diffusers' {@code resnet.py}, {@code upsampling.py}). Maps are [N, C, H,
 * W].
 *
 * @param layers graph and weights
 * @param groups groups of the normalisations
 * @param epsilon of the normalisations
 */
record Blocks(Layers layers, int groups, double epsilon) {
    /** Largest number of map sizes, each half the previous one; published networks have four. */
    static final int MAX_SIZES = 8;

    private static final ConvParameters SAME = ConvParameters.PLAIN.pad(1);

    static Blocks of(GraphBuilder g, Checkpoint weights, int groups, double epsilon) {
        return new Blocks(new Layers(g, weights), groups, epsilon);
    }

    GraphBuilder g() {
        return layers.g();
    }

    /** Returns {@code block_out_channels}: the channels of the maps of each size. */
    static List<Integer> sizes(Settings config) {
        List<Integer> channels = config.integers("block_out_channels", 1);
        if (channels.isEmpty() || channels.size() > MAX_SIZES) {
            throw config.wrong("block_out_channels", "from 1 to " + MAX_SIZES + " numbers", channels.size());
        }
        return channels;
    }

    /** Returns {@code norm_num_groups}, which must divide all {@code channels}. */
    static int groups(Settings config, List<Integer> channels) {
        int groups = config.integer("norm_num_groups", 1, 32);
        if (channels.stream().anyMatch(width -> width % groups != 0)) {
            throw config.wrong("norm_num_groups", "a divisor of all block_out_channels " + channels, groups);
        }
        return groups;
    }

    /** Returns whether {@code activation}, a value of a configuration, is {@link #silu}, which has two names. */
    static boolean isSilu(String activation) {
        return activation.equals("silu") || activation.equals("swish");
    }

    /** Adds x · sigmoid(x). */
    Value silu(Value x) {
        return g().gatedSigmoid(x, 1);
    }

    Value groupNorm(String name, Value x, double epsilon) {
        int channels = x.dim(1);
        g().scope(name);
        return g().groupNorm(x, groups, layers.weight(name + ".weight", channels),
                layers.weight(name + ".bias", channels), epsilon);
    }

    /** Adds a 3×3 convolution that keeps the size. */
    Value conv3(String name, Value x, int out) {
        return layers.conv(name, x, out, 3, SAME);
    }

    /** Adds a convolution with an odd kernel that keeps the size. */
    Value conv(String name, Value x, int out, int kernel) {
        return layers.conv(name, x, out, kernel, ConvParameters.PLAIN.pad(kernel / 2));
    }

    /** Adds a 1×1 convolution. */
    Value conv1(String name, Value x, int out) {
        return layers.conv(name, x, out, 1, ConvParameters.PLAIN);
    }

    /** Adds the residual block of an autoencoder: x + conv(silu(norm(conv(silu(norm(x)))))). */
    Value residual(String name, Value x, int out) {
        return shortcut(name, x, out, rest(name, conv3(name + ".conv1", entered(name, x), out), out));
    }

    /**
     * Adds the residual block of a U-Net: as that of an autoencoder, with {@code time}, [1, T], added per channel
     * between the convolutions.
     */
    Value residual(String name, Value x, int out, Value time) {
        GraphBuilder g = g();
        Value inner = conv3(name + ".conv1", entered(name, x), out);
        Value shift = layers.linear(name + ".time_emb_proj", silu(time), out); // [1, out]
        g.scope(name);
        return shortcut(name, x, out, rest(name, g.add(inner, g.reshape(shift, 1, out, 1, 1)), out));
    }

    private Value entered(String name, Value x) {
        return silu(groupNorm(name + ".norm1", x, epsilon));
    }

    private Value rest(String name, Value x, int out) {
        return conv3(name + ".conv2", silu(groupNorm(name + ".norm2", x, epsilon)), out);
    }

    private Value shortcut(String name, Value x, int out, Value inner) {
        Value skip = x.dim(1) == out ? x : conv1(name + ".conv_shortcut", x, out);
        return g().tap(name, g().add(skip, inner));
    }

    /** Upsamples the map to [N, C, height, width] by repeating pixels, then adds a 3×3 convolution. */
    Value enlarge(String name, Value x, int height, int width) {
        g().scope(name);
        return conv3(name + ".conv", g().resize(x, height, width, ResizeMode.NEAREST), x.dim(1));
    }

    /** Converts a map to one row per pixel: [N, C, H, W] → [N·H·W, C]. */
    Value rows(Value x) {
        int pixels = x.dim(2) * x.dim(3);
        Value columns = g().reshape(x, x.dim(0), x.dim(1), pixels);
        return g().reshape(g().transpose(columns, 0, 2, 1), x.dim(0) * pixels, x.dim(1));
    }

    /** Converts rows to a map, the inverse of {@link #rows}, with as many channels as the rows have. */
    Value map(Value rows, Shape like) {
        int channels = rows.dim(1);
        Value pixels = g().reshape(rows, like.dim(0), like.dim(2) * like.dim(3), channels);
        return g().reshape(g().transpose(pixels, 0, 2, 1), like.dim(0), channels, like.dim(2), like.dim(3));
    }
}
