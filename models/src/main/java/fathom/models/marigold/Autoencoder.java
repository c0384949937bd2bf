package fathom.models.marigold;

import fathom.graph.GraphBuilder;
import fathom.graph.Value;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/** Encodes pictures to small latents and decodes them. Immutable. */
public sealed interface Autoencoder permits AutoencoderKl, AutoencoderTiny {
    /**
     * Creates the autoencoder that {@code config} and {@code weights} describe.
     *
     * @param config its settings
     * @param weights its weights
     * @return the autoencoder
     */
    static Autoencoder of(Settings config, Checkpoint weights) {
        return switch (config.text("_class_name", "AutoencoderKL")) {
            case "AutoencoderKL" -> new AutoencoderKl(config, weights);
            case "AutoencoderTiny" -> new AutoencoderTiny(config, weights);
            case String other -> throw config.wrong("_class_name", "AutoencoderKL or AutoencoderTiny", other);
        };
    }

    /** {@return the number of channels of a latent} */
    int latentChannels();

    /**
     * {@return the number of pixels per cell of the latent along each side; sides of pictures must be multiples of
     * it}
     */
    int factor();

    /** {@return the factor that latents are multiplied by before the U-Net} */
    double scalingFactor();

    /**
     * Builds the graph of the encoder.
     *
     * @param g the builder to add the operations to
     * @param pixels pictures from −1 to 1, [N, 3, H, W]
     * @return latents, [N, latentChannels, H / factor, W / factor]; for a distribution its mean
     */
    Value encode(GraphBuilder g, Value pixels);

    /**
     * Builds the graph of the decoder.
     *
     * @param g the builder to add the operations to
     * @param latents [N, latentChannels, h, w]
     * @return pictures, about −1 to 1, [N, 3, h · factor, w · factor]
     */
    Value decode(GraphBuilder g, Value latents);
}
