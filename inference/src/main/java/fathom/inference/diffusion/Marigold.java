package fathom.inference.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import fathom.engine.Engine;
import fathom.inference.diffusion.ensembling.Ensemble;
import fathom.inference.diffusion.schedulers.DenoisingStep;
import fathom.inference.diffusion.schedulers.Scheduler;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.marigold.LatentDiffusion;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.weights.WeightsCheck;
import fathom.weights.WeightsHash;

/**
 * The Marigold family (Ke et al., CVPR 2024): a latent diffusion model that generates a depth map from noise,
 * conditioned on the latent of the picture. Depth is 0 near to 1 far, up to scale and shift. If several predictions are
 * combined, the result has an {@code uncertainty} map. Runs are serialized.
 *
 * <p>Each picture starts from the same noise, so a prediction depends only on the picture, the checkpoint and the
 * options. If the running thread is interrupted, the prediction ends after the current step.
 */
public final class Marigold implements AutoCloseable {
    /** The cells of all latents that run at once by default: two latents at 768×576 pixels. */
    private static final int BATCH_CELLS = 2 * 96 * 72;

    /** The side of the tiles in which the autoencoder processes a large picture, in pixels. */
    private static final int TILE = 768;
    /** The overlap of neighbouring tiles in pixels. */
    private static final int TILE_OVERLAP = 192;

    private final LatentDiffusion model;
    private final DiffusionOptions options;
    private final List<DenoisingStep> steps;
    private final InitialNoise noise;
    private final LatentPreparation preparation;
    private final Networks networks;
    private final ModelDescription description;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private Marigold(LatentDiffusion model, DiffusionOptions options, Engine engine, int threads) throws IOException {
        model.requireValid();
        this.model = model;
        this.options = options;
        int resolution = options.resolution().orElse(model.defaultResolution());
        steps = Scheduler.of(model.scheduler()).steps(options.steps().orElse(model.defaultSteps()));
        noise = options.noise().orElseGet(() -> defaultNoise(model));
        preparation = new LatentPreparation(resolution, options.resampling(), model.autoencoder().factor());
        int factor = model.autoencoder().factor();
        try (WeightsCheck unet = model.unetWeights().startCheck();
                WeightsCheck autoencoder = model.autoencoderWeights().startCheck()) {
            networks = new Networks(model, engine, threads, options.wholeUpTo(),
                    new Tiles(TILE / factor, TILE_OVERLAP / factor));
            description = describe(resolution, hash(unet, autoencoder));
        }
    }

    /** Returns the hash of the weight files after they were checked; if the check fails, the networks are closed. */
    private String hash(WeightsCheck unet, WeightsCheck autoencoder) {
        try {
            return WeightsHash.combined(Stream.of(unet, autoencoder).flatMap(part -> part.hashes().stream()).toList());
        } catch (RuntimeException e) {
            networks.close();
            throw e;
        }
    }

    /**
     * Opens a folder in the layout of diffusers.
     *
     * @param folder the folder, which contains {@code model_index.json}
     * @param engine runs the networks
     * @param threads the number of threads of one run
     * @param options the options
     * @return the model
     * @throws fathom.weights.CheckpointException if the parts of the folder are incomplete or contradict each other
     */
    public static Marigold open(Path folder, Engine engine, int threads, DiffusionOptions options) {
        try {
            LatentDiffusion model = LatentDiffusion.open(folder,
                    options.autoencoder().orElseGet(() -> folder.resolve("vae")), options.endToEnd());
            return new Marigold(model, options, engine, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + folder, e);
        }
    }

    private static InitialNoise defaultNoise(LatentDiffusion model) {
        return model.isFineTunedEndToEnd() ? new InitialNoise.Zeros() : new InitialNoise.Seeded(0);
    }

    private ModelDescription describe(int resolution, String weightsHash) {
        Path folder = model.folder().toAbsolutePath().normalize();
        return new ModelDescription(model.name(), LatentDiffusion.FAMILY, model.kind(), "torch-bilinear",
                options.label(steps.size(), resolution, noise),
                model.unetWeights().parameters() + model.autoencoderWeights().parameters(), "unknown",
                folder.toString(),
                ModelIdentity.local(weightsHash,
                        options.definition(steps.size(), noise).with("configuration", model.configurationHash()),
                        preparation.definition()));
    }

    /**
     * The output of the model for one picture.
     *
     * @param prediction the depth, [h, w] at the processing resolution
     * @param uncertainty the uncertainty of the ensemble, [h, w]; empty for a single member
     */
    public record Result(Prediction prediction, Optional<Plane> uncertainty) {}

    /** {@return what was assumed about the model, one sentence each} */
    public List<String> notes() {
        if (options.endToEnd().isPresent()) {
            return List.of();
        }
        if (model.isFineTunedEndToEnd()) {
            return List
                    .of("the model is run as one that was fine-tuned end to end (zeros for noise, one step), which is "
                            + "assumed from its files; the option " + DiffusionOptions.END_TO_END + " states it");
        }
        return model.isNamedEndToEnd()
                ? List.of("the model is not run as one that was fine-tuned end to end: its name suggests it, its files "
                        + "do not; the option " + DiffusionOptions.END_TO_END + " states it")
                : List.of();
    }

    /** {@return the name of the model, the meaning of its numbers, and its identity} */
    public ModelDescription description() {
        return description;
    }

    /**
     * Converts a picture to the input of the model.
     *
     * @param image the picture
     * @return the input, [3, H, W], −1 to 1
     */
    public FloatTensor prepare(RgbImage image) {
        return preparation.prepare(image);
    }

    /**
     * Runs the model.
     *
     * @param pixels the result of {@link #prepare}
     * @param imageHeight the height of the picture
     * @param imageWidth the width of the picture
     * @param listener is notified after each step
     * @return depth and uncertainty
     * @throws CancellationException if the thread is interrupted
     * @throws IllegalStateException if the model is closed
     */
    public Result run(FloatTensor pixels, int imageHeight, int imageWidth, DenoisingListener listener) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the estimator is closed");
            }
            int height = preparation.height(imageHeight, imageWidth);
            int width = preparation.width(imageHeight, imageWidth);
            return reduced(members(pixels, height, width, listener));
        } finally {
            lock.unlock();
        }
    }

    private Result reduced(List<Plane> members) {
        if (members.size() == 1) {
            return new Result(new Prediction(model.kind(), members.getFirst()), Optional.empty());
        }
        Ensemble ensemble = Ensemble.of(members, options.ensembling(model.kind() == DepthKind.AFFINE));
        return new Result(new Prediction(model.kind(), ensemble.depth()), Optional.of(ensemble.uncertainty()));
    }

    /** Returns the maps of the ensemble, [height, width], 0 near to 1 far, before they are combined. */
    List<Plane> members(FloatTensor pixels, int height, int width, DenoisingListener listener) {
        FloatTensor picture = networks.encode(pixels.reshaped(1, 3, pixels.height(), pixels.width()));
        int cells = picture.dim(2) * picture.dim(3);
        int batch = Math.min(options.ensemble(), options.batch().orElse(Math.max(1, BATCH_CELLS / cells)));
        Progress progress = new Progress(listener,
                1 + Math.ceilDiv(options.ensemble(), batch) * steps.size() + options.ensemble());
        progress.step();
        List<float[]> latents = new ArrayList<>();
        for (int first = 0; first < options.ensemble(); first += batch) {
            latents.addAll(denoise(picture, first, Math.min(batch, options.ensemble() - first), progress));
        }
        // Decode after all members are denoised: large networks are loaded one at a time, which takes seconds.
        List<Plane> members = new ArrayList<>();
        for (float[] latent : latents) {
            members.add(depth(networks.decode(FloatTensor.wrap(latent, picture.shape())), height, width));
            progress.step();
        }
        return members;
    }

    /** Returns the final latents, [C, h, w] each, of {@code count} members starting at {@code first}. */
    List<float[]> denoise(FloatTensor picture, int first, int count, Progress progress) {
        int channels = picture.dim(1);
        int height = picture.dim(2);
        int width = picture.dim(3);
        int length = channels * height * width;
        List<float[]> samples = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            samples.add(noise.draw(first + m, 0, channels, height, width));
        }
        for (int i = 0; i < steps.size(); i++) {
            DenoisingStep step = steps.get(i);
            float[] both = new float[count * 2 * length];
            for (int m = 0; m < count; m++) {
                System.arraycopy(picture.values(), 0, both, 2 * m * length, length);
                System.arraycopy(samples.get(m), 0, both, (2 * m + 1) * length, length);
            }
            float[] outputs = networks
                    .predict(FloatTensor.wrap(both, count, 2 * channels, height, width), step.timestep()).values();
            for (int m = 0; m < count; m++) {
                float[] output = Arrays.copyOfRange(outputs, m * length, (m + 1) * length);
                float[] fresh = step.addsNoise() ? noise.draw(first + m, i + 1, channels, height, width) : null;
                samples.set(m, step.next(samples.get(m), output, fresh));
            }
            progress.step();
        }
        return samples;
    }

    /** Returns the mean of the three channels, clipped to −1 to 1 and mapped to 0 to 1, without the padding. */
    private static Plane depth(FloatTensor picture, int height, int width) {
        int rowLength = picture.dim(3);
        int plane = picture.dim(2) * rowLength;
        float[] rgb = picture.values();
        Plane depth = Plane.allocate(height, width);
        for (int row = 0; row < height; row++) {
            int from = row * rowLength;
            int to = depth.rowStart(row);
            for (int column = 0; column < width; column++) {
                int i = from + column;
                float mean = (rgb[i] + rgb[plane + i] + rgb[2 * plane + i]) / 3;
                depth.array()[to + column] = (Math.clamp(mean, -1f, 1f) + 1) / 2;
            }
        }
        return depth;
    }

    /** A counter of steps that ends the run if the thread is interrupted. */
    static final class Progress {
        private final DenoisingListener listener;
        private final int total;
        private int done;

        Progress(DenoisingListener listener, int total) {
            this.listener = listener;
            this.total = total;
        }

        void step() {
            listener.stepped(++done, total);
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the prediction was cancelled after step " + done + " of " + total);
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            networks.close();
        } finally {
            lock.unlock();
        }
    }
}
