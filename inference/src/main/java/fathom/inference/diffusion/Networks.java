package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.engine.Engine;
import fathom.engine.SessionSettings;
import fathom.engine.SessionSettings.CopiedWeights;
import fathom.engine.SharedBuffers;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.models.marigold.Autoencoder;
import fathom.models.marigold.ClipTextEncoder;
import fathom.models.marigold.LatentDiffusion;
import fathom.models.marigold.Unet;
import fathom.raster.FloatTensor;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.WeightsCheck;
import fathom.weights.WeightsHash;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a latent diffusion model, loaded when they are needed. They share the memory for intermediate tensors.
 * Large networks are loaded one at a time. Not safe for use by several threads.
 */
final class Networks implements AutoCloseable {
    /** The largest size of weights, in bytes as float32, that stay loaded together. */
    private static final long MAX_LOADED_BYTES = 1L << 30;

    private final LatentDiffusion model;
    private final Engine engine;
    private final Optional<SharedBuffers> buffers;
    private final Network encoder;
    private final Network unet;
    private final Network decoder;
    private final boolean oneAtATime;
    private final long wholeUpTo;
    private final Tiles tiles;
    private final FloatTensor emptyPrompt;
    private @Nullable Network loaded;

    /**
     * Prepares the networks of {@code model} and computes the embedding of the empty prompt.
     *
     * @param wholeUpTo the number of pixels up to which the autoencoder processes a picture as a whole; it processes
     *            larger ones in {@code tiles}
     * @throws CheckpointException if the model has neither a text encoder nor a stored embedding
     */
    Networks(LatentDiffusion model, Engine engine, int threads, long wholeUpTo, Tiles tiles) throws IOException {
        this.wholeUpTo = wholeUpTo;
        this.tiles = tiles;
        this.model = model;
        this.engine = engine;
        emptyPrompt = emptyPrompt();
        buffers = engine.shareBuffers();
        Autoencoder autoencoder = model.autoencoder();
        long weights = model.unetWeights().parameters() + model.autoencoderWeights().parameters();
        oneAtATime = weights * Float.BYTES > MAX_LOADED_BYTES;
        SessionSettings small = settings(model.autoencoderWeights(), threads, CopiedWeights.CONVOLUTIONS);
        encoder = new Network("encoder", engine, small,
                (g, shape) -> autoencoder.encode(g, g.input("pixels", DataType.FLOAT32, shape)));
        decoder = new Network("decoder", engine, small,
                (g, shape) -> autoencoder.decode(g, g.input("latents", DataType.FLOAT32, shape)));
        Unet network = model.unet();
        unet = new Network("unet", engine, settings(model.unetWeights(), threads, CopiedWeights.NONE),
                (g, shape) -> network.predict(g, g.input("sample", DataType.FLOAT32, shape),
                        g.input("time", DataType.FLOAT32, Shape.of(1, network.timeWidth())),
                        g.input("text", DataType.FLOAT32, Shape.of(emptyPrompt.shape()))));
    }

    private SessionSettings settings(Checkpoint weights, int threads, CopiedWeights copied) {
        return new SessionSettings(threads, Optional.of(weights.externalRoot()), copied, buffers);
    }

    /** Returns {@code network}, after closing the others if only one can be loaded. */
    private Network load(Network network) {
        if (oneAtATime && loaded != network) {
            closeNetworks();
            if (loaded == decoder) {
                // Its buffers are the largest; release them so that they do not add to the U-Net's weights.
                buffers.ifPresent(SharedBuffers::releaseUnused);
            }
            loaded = network;
        }
        return network;
    }

    /** Returns the scaled latent, [1, C, h, w], of a picture from −1 to 1, [1, 3, H, W]. */
    FloatTensor encode(FloatTensor pixels) {
        int factor = model.autoencoder().factor();
        Network network = load(encoder);
        FloatTensor latent = isLarge(pixels.dim(2), pixels.dim(3))
                ? tiles.run(pixels, factor, 1, tile -> network.run(Shape.of(tile.shape()), Map.of("pixels", tile)))
                : network.run(Shape.of(pixels.shape()), Map.of("pixels", pixels));
        return scaled(latent, model.autoencoder().scalingFactor());
    }

    /** Returns the output of the U-Net, [N, outChannels, h, w], for samples [N, inChannels, h, w] at a noise level. */
    FloatTensor predict(FloatTensor samples, int timestep) {
        float[] features = model.unet().timeFeatures(timestep);
        return load(unet).run(Shape.of(samples.shape()),
                Map.of("sample", samples, "time", FloatTensor.wrap(features, 1, features.length), "text", emptyPrompt));
    }

    /** Returns the picture, about −1 to 1, [1, 3, H, W], of a scaled latent. */
    FloatTensor decode(FloatTensor latent) {
        int factor = model.autoencoder().factor();
        FloatTensor latents = scaled(latent, 1 / model.autoencoder().scalingFactor());
        Network network = load(decoder);
        return isLarge(latents.dim(2) * factor, latents.dim(3) * factor)
                ? tiles.run(latents, 1, factor, tile -> network.run(Shape.of(tile.shape()), Map.of("latents", tile)))
                : network.run(Shape.of(latents.shape()), Map.of("latents", latents));
    }

    private boolean isLarge(int height, int width) {
        return (long) height * width > wholeUpTo;
    }

    private static FloatTensor scaled(FloatTensor tensor, double factor) {
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (tensor.values()[i] * factor);
        }
        return FloatTensor.wrap(values, tensor.shape());
    }

    /**
     * Returns the embedding of the empty prompt, [2, C]: computed by the text encoder once per checkpoint if there is
     * one, otherwise as stored.
     */
    private FloatTensor emptyPrompt() throws IOException {
        Optional<Checkpoint> weights = model.textEncoderWeights();
        if (weights.isPresent()) {
            return encoded(weights.get());
        }
        Path stored = model.folder().resolve(LatentDiffusion.EMBEDDING);
        if (!Files.exists(stored)) {
            throw new CheckpointException(model.folder(), "expected text_encoder with config.json, or "
                    + LatentDiffusion.EMBEDDING + ", found neither; download the checkpoint's text_encoder folder");
        }
        return embedding(Npy.read(stored), stored);
    }

    private FloatTensor embedding(NdArray array, Path file) {
        int[] shape = array.shape();
        if (shape.length != 3 || shape[0] != 1 || shape[1] < 1 || shape[2] != model.unet().textWidth()) {
            throw new CheckpointException(file,
                    "expected an embedding of [1, 2, " + model.unet().textWidth() + "], found " + array);
        }
        float[] values = array.toFloats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new CheckpointException(file, "expected finite numbers, found " + value);
            }
        }
        return FloatTensor.wrap(values, shape[1], shape[2]);
    }

    private FloatTensor encoded(Checkpoint weights) throws IOException {
        ClipTextEncoder text = model.textEncoder(weights);
        if (text.width() != model.unet().textWidth()) {
            throw new CheckpointException(model.folder(), "text_encoder: expected a width of "
                    + model.unet().textWidth() + " as in the unet, found " + text.width());
        }
        int[] tokens = model.emptyPrompt(text);
        String hash;
        try (WeightsCheck check = weights.startCheck()) {
            hash = check.hash();
        }
        Path kept = CacheFolder.use(CacheKind.PROMPTS).resolve(key(hash, tokens) + ".npy");
        if (Files.exists(kept)) {
            return embedding(Npy.read(kept), kept);
        }
        Shape shape = Shape.of(tokens.length, text.width());
        FloatTensor embedding;
        try (Network network = new Network("text_encoder", engine,
                new SessionSettings(1, Optional.of(weights.externalRoot()), CopiedWeights.NONE),
                (g, of) -> text.encode(g, g.input("embedded", DataType.FLOAT32, of)))) {
            embedding = network.run(shape, Map.of("embedded", FloatTensor.wrap(text.embed(tokens), shape.toArray())));
        }
        keep(embedding, kept);
        return embedding;
    }

    /** Returns a name that depends on everything that determines the embedding: weights, settings and tokens. */
    private String key(String weightsHash, int[] tokens) throws IOException {
        String all = weightsHash + Files.readString(model.textEncoderConfig()) + Arrays.toString(tokens);
        return WeightsHash.of(all.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Caches the embedding. A cache folder that is not writable is ignored; then the embedding is computed each time.
     */
    private static void keep(FloatTensor embedding, Path file) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Npy.write(file, NdArray.ofFloats(embedding.values(), 1, embedding.dim(0), embedding.dim(1)));
        } catch (IOException e) {
            System.getLogger(Networks.class.getName()).log(System.Logger.Level.DEBUG, "not kept: " + file, e);
        }
    }

    private void closeNetworks() {
        encoder.close();
        unet.close();
        decoder.close();
    }

    @Override
    public void close() {
        closeNetworks();
        buffers.ifPresent(SharedBuffers::close);
    }
}
