package fathom.models.marigold;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/** Pictures to small latents and back. Immutable. */
public sealed interface Autoencoder permits AutoencoderKl, AutoencoderTiny {
    /** The autoencoder that {@code config} and {@code weights} describe. */
    static Autoencoder of(Settings config, Checkpoint weights) {
        return switch (config.text("_class_name", "AutoencoderKL")) {
            case "AutoencoderKL" -> new AutoencoderKl(config, weights);
            case "AutoencoderTiny" -> new AutoencoderTiny(config, weights);
            case String other -> throw config.wrong("_class_name", "AutoencoderKL or AutoencoderTiny", other);
        };
    }

    /** Channels of a latent. */
    int latentChannels();

    /** Pixels of the picture per cell of the latent, along each side; sides of pictures must be multiples of it. */
    int factor();

    /** What latents are multiplied with before they meet the U-Net. */
    double scalingFactor();

    /**
     * Draws the encoder.
     *
     * @param pixels pictures from −1 to 1, [N, 3, H, W]
     * @return latents, [N, latentChannels, H / factor, W / factor]: of a distribution, its mean
     */
    Value encode(GraphBuilder g, Value pixels);

    /**
     * Draws the decoder.
     *
     * @param latents [N, latentChannels, h, w]
     * @return pictures, about −1 to 1, [N, 3, h · factor, w · factor]
     */
    Value decode(GraphBuilder g, Value latents);
}
