package fathom.models.marigold;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * The denoising U-Net of Stable Diffusion (Rombach et al., CVPR 2022), diffusers' {@code UNet2DConditionModel}:
 * residual blocks conditioned on the time, attention to a text at the finer scales, skip connections. Immutable.
 */
public final class Unet {
    /** The block between the encoder and the decoder. */
    private enum Middle {
        NOTHING, RESIDUAL, ATTENTION
    }

    private static final int TIME_FACTOR = 4;
    private static final double LONGEST_PERIOD = 10_000;

    private final Checkpoint weights;
    private final int inChannels;
    private final int outChannels;
    private final List<Integer> channels;
    private final List<Boolean> downAttention;
    private final List<Boolean> upAttention;
    private final Middle middle;
    private final double middleScale;
    private final List<Integer> heads;
    private final List<Integer> layersPerBlock;
    private final List<Integer> transformerDepths;
    private final int textWidth;
    private final int timeChannels;
    private final int kernelIn;
    private final int kernelOut;
    private final boolean paddedAtAllSides;
    private final int groups;
    private final double epsilon;
    private final boolean linearProjection;
    private final boolean cosineFirst;
    private final double frequencyShift;

    private Unet(Settings config, Checkpoint weights) {
        this.weights = weights;
        inChannels = config.integer("in_channels", 1, 4);
        outChannels = config.integer("out_channels", 1, 4);
        channels = Blocks.sizes(config);
        downAttention = attention(config, "down_block_types", "DownBlock2D", "CrossAttnDownBlock2D");
        upAttention = attention(config, "up_block_types", "UpBlock2D", "CrossAttnUpBlock2D");
        middle = middle(config);
        middleScale = config.positive("mid_block_scale_factor", 1);
        heads = heads(config);
        layersPerBlock = perSize(config, "layers_per_block", 2);
        transformerDepths = perSize(config, "transformer_layers_per_block", 1);
        textWidth = textWidth(config);
        timeChannels = config.integer("time_embedding_dim", 1, TIME_FACTOR * channels.getFirst());
        kernelIn = oddKernel(config, "conv_in_kernel");
        kernelOut = oddKernel(config, "conv_out_kernel");
        int padding = config.integer("downsample_padding", 0, 1);
        if (padding > 1) {
            throw config.wrong("downsample_padding", "0 or 1", padding);
        }
        paddedAtAllSides = padding == 1;
        groups = Blocks.groups(config, channels);
        epsilon = config.positive("norm_eps", 1e-5);
        linearProjection = config.flag("use_linear_projection", false);
        cosineFirst = config.flag("flip_sin_to_cos", true);
        frequencyShift = config.number("freq_shift", 0);
        if (2 * frequencyShift >= timeWidth()) {
            throw config.wrong("freq_shift", "less than half of the first size in block_out_channels " + channels,
                    frequencyShift);
        }
        requireSupported(config);
    }

    /**
     * Creates the network that {@code config} and {@code weights} describe.
     *
     * @param config its settings
     * @param weights its weights
     * @return the network
     */
    public static Unet of(Settings config, Checkpoint weights) {
        return new Unet(config, weights);
    }

    private List<Boolean> attention(Settings config, String field, String without, String with) {
        List<Boolean> attention = new ArrayList<>();
        for (String type : config.texts(field)) {
            if (!type.equals(without) && !type.equals(with)) {
                throw config.wrong(field, with + " or " + without, type);
            }
            attention.add(type.equals(with));
        }
        if (attention.size() != channels.size()) {
            throw config.wrong(field, "one per size in block_out_channels " + channels, attention.size());
        }
        return List.copyOf(attention);
    }

    private static Middle middle(Settings config) {
        if (config.isNull("mid_block_type")) {
            return Middle.NOTHING;
        }
        return switch (config.text("mid_block_type", "UNetMidBlock2DCrossAttn")) {
            case "UNetMidBlock2DCrossAttn" -> Middle.ATTENTION;
            case "UNetMidBlock2D" -> Middle.RESIDUAL;
            case String other ->
                throw config.wrong("mid_block_type", "UNetMidBlock2DCrossAttn, UNetMidBlock2D or null", other);
        };
    }

    /**
     * Returns the number of heads per size. The configuration calls it the width of a head: an old mistake that
     * checkpoints keep.
     */
    private List<Integer> heads(Settings config) {
        String field = config.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        List<Integer> heads = perSize(config, field, 8);
        for (int i = 0; i < heads.size(); i++) {
            if (attends(i) && channels.get(i) % heads.get(i) != 0) {
                throw config.wrong(field, "divisors of block_out_channels " + channels, heads);
            }
        }
        return heads;
    }

    private boolean attends(int level) {
        int last = channels.size() - 1;
        return downAttention.get(level) || upAttention.get(last - level)
                || (level == last && middle == Middle.ATTENTION);
    }

    /** Returns one number for each size; the setting is a list or one number for all sizes. */
    private List<Integer> perSize(Settings config, String field, int otherwise) {
        List<Integer> numbers = config.isList(field)
                ? config.integers(field, 1)
                : Collections.nCopies(channels.size(), config.integer(field, 1, otherwise));
        if (numbers.size() != channels.size()) {
            throw config.wrong(field, "one per size in block_out_channels " + channels, numbers);
        }
        return numbers;
    }

    private int textWidth(Settings config) {
        List<Integer> widths = perSize(config, "cross_attention_dim", 1280);
        if (widths.stream().distinct().count() > 1) {
            throw config.wrong("cross_attention_dim", "one width of the text for all sizes", widths);
        }
        return widths.getFirst();
    }

    private static int oddKernel(Settings config, String field) {
        int kernel = config.integer(field, 1, 3);
        if (kernel % 2 == 0) {
            throw config.wrong(field, "an odd number, which keeps the size", kernel);
        }
        return kernel;
    }

    private static void requireSupported(Settings config) {
        if (!Blocks.isSilu(config.text("act_fn", "silu"))) {
            throw config.wrong("act_fn", "silu", config.text("act_fn"));
        }
        requireText(config, "time_embedding_type", "positional");
        requireText(config, "resnet_time_scale_shift", "default");
        for (String field : List.of("center_input_sample", "dual_cross_attention", "class_embeddings_concat")) {
            if (config.flag(field, false)) {
                throw config.wrong(field, "false", true);
            }
        }
        if (config.isList("only_cross_attention")
                ? config.flags("only_cross_attention").contains(true)
                : config.flag("only_cross_attention", false)) {
            throw config.wrong("only_cross_attention", "false", true);
        }
        for (String field : List.of("class_embed_type", "num_class_embeds", "addition_embed_type", "encoder_hid_dim",
                "encoder_hid_dim_type", "timestep_post_act", "time_embedding_act_fn",
                "reverse_transformer_layers_per_block")) {
            if (config.has(field)) {
                throw config.wrong(field, "null", "another value");
            }
        }
    }

    private static void requireText(Settings config, String field, String expected) {
        String found = config.text(field, expected);
        if (!found.equals(expected)) {
            throw config.wrong(field, expected, found);
        }
    }

    /** {@return the number of input channels: those of the picture's latent and those of the depth's} */
    public int inChannels() {
        return inChannels;
    }

    /** {@return the number of output channels: those of the depth's latent} */
    public int outChannels() {
        return outChannels;
    }

    /** {@return the width of a text token's embedding} */
    public int textWidth() {
        return textWidth;
    }

    /** {@return the length of {@link #timeFeatures}} */
    public int timeWidth() {
        return channels.getFirst();
    }

    /**
     * Computes sines and cosines of a noise level at decreasing frequencies (Vaswani et al., NeurIPS 2017, section
     * 3.5).
     *
     * @param timestep the noise level
     * @return {@link #timeWidth} numbers
     */
    public float[] timeFeatures(int timestep) {
        int half = timeWidth() / 2;
        float[] features = new float[timeWidth()];
        for (int i = 0; i < half; i++) {
            float frequency = (float) Math.exp((float) (-Math.log(LONGEST_PERIOD) * i) / (half - frequencyShift));
            double angle = timestep * frequency;
            features[cosineFirst ? i : half + i] = (float) Math.cos(angle);
            features[cosineFirst ? half + i : i] = (float) Math.sin(angle);
        }
        return features;
    }

    /**
     * Builds the graph.
     *
     * @param g the builder to add the operations to
     * @param sample latents, [N, inChannels, h, w]
     * @param time {@link #timeFeatures}, [1, timeWidth]
     * @param text token embeddings, [S, textWidth]
     * @return the prediction, [N, outChannels, h, w]
     */
    public Value predict(GraphBuilder g, Value sample, Value time, Value text) {
        Blocks blocks = Blocks.of(g, weights, groups, epsilon);
        SpatialTransformer transformer = new SpatialTransformer(blocks, linearProjection);
        Value inner = blocks.silu(blocks.layers().linear("time_embedding.linear_1", time, timeChannels));
        Value temporal = g.tap("time_embedding",
                blocks.layers().linear("time_embedding.linear_2", inner, timeChannels));

        Value x = g.tap("conv_in", blocks.conv("conv_in", sample, channels.getFirst(), kernelIn));
        Deque<Value> skips = new ArrayDeque<>();
        skips.push(x);
        for (int i = 0; i < channels.size(); i++) {
            String name = "down_blocks." + i;
            for (int j = 0; j < layersPerBlock.get(i); j++) {
                x = blocks.residual(name + ".resnets." + j, x, channels.get(i), temporal);
                if (downAttention.get(i)) {
                    x = transformer.apply(name + ".attentions." + j, x, text, heads.get(i), transformerDepths.get(i));
                }
                skips.push(x);
            }
            if (i < channels.size() - 1) {
                x = blocks.layers().conv(name + ".downsamplers.0.conv", x, channels.get(i), 3,
                        paddedAtAllSides ? ConvParameters.stride(2).pad(1) : ConvParameters.stride(2).pad(0, 0, 1, 1));
                skips.push(x);
            }
            g.tap(name, x);
        }

        x = g.tap("mid_block", middle(blocks, transformer, x, temporal, text));

        for (int i = 0; i < channels.size(); i++) {
            String name = "up_blocks." + i;
            int level = channels.size() - 1 - i;
            for (int j = 0; j <= layersPerBlock.get(level); j++) {
                g.scope(name);
                Value both = g.concat(1, x, skips.pop());
                x = blocks.residual(name + ".resnets." + j, both, channels.get(level), temporal);
                if (upAttention.get(i)) {
                    x = transformer.apply(name + ".attentions." + j, x, text, heads.get(level),
                            transformerDepths.get(level));
                }
            }
            if (level > 0) {
                Value finer = skips.element();
                x = blocks.enlarge(name + ".upsamplers.0", x, finer.dim(2), finer.dim(3));
            }
            g.tap(name, x);
        }
        Value normal = g.tap("conv_norm_out", blocks.groupNorm("conv_norm_out", x, epsilon));
        return blocks.conv("conv_out", blocks.silu(normal), outChannels, kernelOut);
    }

    private Value middle(Blocks blocks, SpatialTransformer transformer, Value x, Value time, Value text) {
        if (middle == Middle.NOTHING) {
            return x;
        }
        Value first = middleResidual(blocks, "mid_block.resnets.0", x, time);
        if (middle == Middle.RESIDUAL) {
            return first;
        }
        Value attended = transformer.apply("mid_block.attentions.0", first, text, heads.getLast(),
                transformerDepths.getLast());
        return middleResidual(blocks, "mid_block.resnets.1", attended, time);
    }

    private Value middleResidual(Blocks blocks, String name, Value x, Value time) {
        Value sum = blocks.residual(name, x, channels.getLast(), time);
        return middleScale == 1 ? sum : blocks.g().mul(sum, blocks.g().scalar((float) (1 / middleScale)));
    }
}
