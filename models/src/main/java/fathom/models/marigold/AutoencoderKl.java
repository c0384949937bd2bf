package fathom.models.marigold;

import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.models.backbones.Layers;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * The autoencoder of Stable Diffusion (Rombach et al., CVPR 2022, appendix G), diffusers' {@code AutoencoderKL}:
 * residual blocks, downsampling by 2 in the encoder, upsampling by 2 in the decoder, attention between all pixels at
 * the smallest size.
 */
public final class AutoencoderKl implements Autoencoder {
    private static final double EPSILON = 1e-6;

    private final Checkpoint weights;
    private final List<Integer> channels;
    private final int layersPerBlock;
    private final int latentChannels;
    private final int groups;
    private final double scalingFactor;
    private final boolean midAttention;
    private final boolean quantConv;
    private final boolean postQuantConv;

    AutoencoderKl(Settings config, Checkpoint weights) {
        this.weights = weights;
        channels = Blocks.sizes(config);
        layersPerBlock = config.integer("layers_per_block", 1, 1);
        latentChannels = config.integer("latent_channels", 1, 4);
        groups = Blocks.groups(config, channels);
        scalingFactor = config.positive("scaling_factor", 0.18215);
        midAttention = config.flag("mid_block_add_attention", true);
        quantConv = config.flag("use_quant_conv", true);
        postQuantConv = config.flag("use_post_quant_conv", true);
        requireAll(config, "down_block_types", "DownEncoderBlock2D");
        requireAll(config, "up_block_types", "UpDecoderBlock2D");
        if (!Blocks.isSilu(config.text("act_fn", "silu"))) {
            throw config.wrong("act_fn", "silu", config.text("act_fn"));
        }
    }

    private void requireAll(Settings config, String field, String type) {
        List<String> types = config.texts(field);
        if (types.size() != channels.size() || !types.stream().allMatch(type::equals)) {
            throw config.wrong(field, channels.size() + " times " + type, types);
        }
    }

    @Override
    public int latentChannels() {
        return latentChannels;
    }

    @Override
    public int factor() {
        return 1 << (channels.size() - 1);
    }

    @Override
    public double scalingFactor() {
        return scalingFactor;
    }

    @Override
    public Value encode(GraphBuilder g, Value pixels) {
        Blocks blocks = Blocks.of(g, weights, groups, EPSILON);
        Value x = g.tap("encoder.conv_in", blocks.conv3("encoder.conv_in", pixels, channels.getFirst()));
        for (int i = 0; i < channels.size(); i++) {
            String name = "encoder.down_blocks." + i;
            for (int j = 0; j < layersPerBlock; j++) {
                x = blocks.residual(name + ".resnets." + j, x, channels.get(i));
            }
            if (i < channels.size() - 1) {
                x = blocks.layers().conv(name + ".downsamplers.0.conv", x, channels.get(i), 3,
                        ConvParameters.stride(2).pad(0, 0, 1, 1));
            }
            g.tap(name, x);
        }
        x = middle(blocks, "encoder.mid_block", x);
        x = blocks.silu(blocks.groupNorm("encoder.conv_norm_out", x, EPSILON));
        x = blocks.conv3("encoder.conv_out", x, 2 * latentChannels);
        Value moments = g.tap("quant_conv", quantConv ? blocks.conv1("quant_conv", x, 2 * latentChannels) : x);
        g.scope("quant_conv");
        return g.slice(moments, 1, 0, latentChannels);
    }

    @Override
    public Value decode(GraphBuilder g, Value latents) {
        Blocks blocks = Blocks.of(g, weights, groups, EPSILON);
        Value x = postQuantConv ? blocks.conv1("post_quant_conv", latents, latentChannels) : latents;
        x = g.tap("decoder.conv_in", blocks.conv3("decoder.conv_in", x, channels.getLast()));
        x = middle(blocks, "decoder.mid_block", x);
        for (int i = 0; i < channels.size(); i++) {
            String name = "decoder.up_blocks." + i;
            for (int j = 0; j <= layersPerBlock; j++) {
                x = blocks.residual(name + ".resnets." + j, x, channels.get(channels.size() - 1 - i));
            }
            if (i < channels.size() - 1) {
                x = blocks.enlarge(name + ".upsamplers.0", x, 2 * x.dim(2), 2 * x.dim(3));
            }
            g.tap(name, x);
        }
        x = g.tap("decoder.conv_norm_out", blocks.groupNorm("decoder.conv_norm_out", x, EPSILON));
        return blocks.conv3("decoder.conv_out", blocks.silu(x), 3);
    }

    private Value middle(Blocks blocks, String name, Value x) {
        int width = channels.getLast();
        Value y = blocks.residual(name + ".resnets.0", x, width);
        Value z = midAttention ? attention(blocks, name + ".attentions.0", y) : y;
        return blocks.g().tap(name, blocks.residual(name + ".resnets.1", z, width));
    }

    /**
     * Adds attention with one head over all pixels. Checkpoints older than diffusers 0.17 use other names for its
     * layers.
     */
    private Value attention(Blocks blocks, String name, Value x) {
        GraphBuilder g = blocks.g();
        Layers layers = blocks.layers();
        boolean old = weights.has(name + ".query.weight");
        int batch = x.dim(0);
        int width = x.dim(1);
        int pixels = x.dim(2) * x.dim(3);
        Value rows = blocks.rows(blocks.groupNorm(name + ".group_norm", x, EPSILON));
        Value q = g.reshape(layers.linear(name + (old ? ".query" : ".to_q"), rows, width), batch, pixels, width);
        Value k = g.reshape(layers.linear(name + (old ? ".key" : ".to_k"), rows, width), batch, pixels, width);
        Value v = g.reshape(layers.linear(name + (old ? ".value" : ".to_v"), rows, width), batch, pixels, width);
        g.scope(name);
        Value attended = g.reshape(g.attention(q, k, v, 1, 1 / Math.sqrt(width)), batch * pixels, width);
        Value out = layers.linear(name + (old ? ".proj_attn" : ".to_out.0"), attended, width);
        g.scope(name);
        return g.add(blocks.map(out, x.shape()), x);
    }
}
