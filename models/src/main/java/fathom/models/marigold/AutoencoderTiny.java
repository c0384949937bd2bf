package fathom.models.marigold;

import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.backbones.Layers;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * A small, fast replacement for the autoencoder of Stable Diffusion (TAESD by Ollin Boer Bohan), diffusers'
 * {@code AutoencoderTiny}: plain 3×3 convolutions with ReLU. Encoder and decoder are lists of layers with consecutive
 * numbers.
 */
public final class AutoencoderTiny implements Autoencoder {
    private static final double MAGNITUDE = 3;
    private static final ConvParameters SAME = ConvParameters.PLAIN.pad(1);

    private final Checkpoint weights;
    private final List<Integer> encoderChannels;
    private final List<Integer> encoderBlocks;
    private final List<Integer> decoderChannels;
    private final List<Integer> decoderBlocks;
    private final int latentChannels;
    private final double scalingFactor;

    AutoencoderTiny(Settings config, Checkpoint weights) {
        this.weights = weights;
        encoderChannels = integers(config, "encoder_block_out_channels", List.of(64, 64, 64, 64), 1);
        encoderBlocks = integers(config, "num_encoder_blocks", List.of(1, 3, 3, 3), 0);
        decoderChannels = integers(config, "decoder_block_out_channels", List.of(64, 64, 64, 64), 1);
        decoderBlocks = integers(config, "num_decoder_blocks", List.of(3, 3, 3, 1), 0);
        latentChannels = config.integer("latent_channels", 1, 4);
        scalingFactor = config.positive("scaling_factor", 1);
        requireSameLength(config, "num_encoder_blocks", encoderChannels, encoderBlocks);
        requireSameLength(config, "num_decoder_blocks", decoderChannels, decoderBlocks);
        requireSameLength(config, "decoder_block_out_channels", encoderChannels, decoderChannels);
        for (String field : List.of("act_fn", "upsample_fn")) {
            String expected = field.equals("act_fn") ? "relu" : "nearest";
            if (!config.text(field, expected).equals(expected)) {
                throw config.wrong(field, expected, config.text(field));
            }
        }
        if (config.integer("upsampling_scaling_factor", 1, 2) != 2) {
            throw config.wrong("upsampling_scaling_factor", "2", config.integer("upsampling_scaling_factor", 1));
        }
    }

    private static List<Integer> integers(Settings config, String field, List<Integer> otherwise, int minimum) {
        return config.has(field) ? config.integers(field, minimum) : otherwise;
    }

    private static void requireSameLength(Settings config, String field, List<Integer> one, List<Integer> other) {
        if (one.isEmpty() || one.size() > Blocks.MAX_SIZES || one.size() != other.size()) {
            throw config.wrong(field, "one per stage, " + one.size() + " of 1 to " + Blocks.MAX_SIZES, other);
        }
    }

    @Override
    public int latentChannels() {
        return latentChannels;
    }

    @Override
    public int factor() {
        return 1 << (encoderChannels.size() - 1);
    }

    @Override
    public double scalingFactor() {
        return scalingFactor;
    }

    @Override
    public Value encode(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        g.scope("encoder");
        Value x = g.mul(g.add(pixels, g.scalar(1)), g.scalar(0.5f));
        int layer = 0;
        for (int i = 0; i < encoderBlocks.size(); i++) {
            int channels = encoderChannels.get(i);
            String name = "encoder.layers." + layer++;
            x = i == 0
                    ? layers.conv(name, x, channels, 3, SAME)
                    : layers.convWithoutBias(name, x, channels, 3, ConvParameters.stride(2).pad(1));
            for (int j = 0; j < encoderBlocks.get(i); j++) {
                x = block(layers, "encoder.layers." + layer++, x);
            }
        }
        return layers.conv("encoder.layers." + layer, x, latentChannels, 3, SAME);
    }

    @Override
    public Value decode(GraphBuilder g, Value latents) {
        Layers layers = new Layers(g, weights);
        g.scope("decoder");
        Value bounded = g.mul(g.tanh(g.mul(latents, g.scalar((float) (1 / MAGNITUDE)))), g.scalar((float) MAGNITUDE));
        Value x = g.relu(layers.conv("decoder.layers.0", bounded, decoderChannels.getFirst(), 3, SAME));
        int layer = 2;
        for (int i = 0; i < decoderBlocks.size(); i++) {
            for (int j = 0; j < decoderBlocks.get(i); j++) {
                x = block(layers, "decoder.layers." + layer++, x);
            }
            if (i < decoderBlocks.size() - 1) {
                g.scope("decoder.layers." + layer++);
                x = g.resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.NEAREST);
                x = layers.convWithoutBias("decoder.layers." + layer++, x, decoderChannels.get(i), 3, SAME);
            }
        }
        Value picture = layers.conv("decoder.layers." + layer, x, 3, 3, SAME);
        return g.sub(g.mul(picture, g.scalar(2)), g.scalar(1));
    }

    private static Value block(Layers layers, String name, Value x) {
        GraphBuilder g = layers.g();
        int channels = x.dim(1);
        Value y = g.relu(layers.conv(name + ".conv.0", x, channels, 3, SAME));
        y = g.relu(layers.conv(name + ".conv.2", y, channels, 3, SAME));
        return g.relu(g.add(layers.conv(name + ".conv.4", y, channels, 3, SAME), x));
    }
}
