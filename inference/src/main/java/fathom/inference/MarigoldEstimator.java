package fathom.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;

import fathom.engine.EngineException;
import fathom.inference.diffusion.DenoisingListener;
import fathom.inference.diffusion.DiffusionOptions;
import fathom.inference.diffusion.Marigold;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.raster.AuxiliaryMap;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;

/**
 * An estimator for {@link Marigold}. An ensemble also returns its uncertainty as an auxiliary map. If the running thread
 * is interrupted, the prediction ends after the current step.
 */
public final class MarigoldEstimator implements DepthEstimator {
    /** The name of the auxiliary map of an ensemble. */
    public static final String UNCERTAINTY = "uncertainty";

    private final Marigold marigold;
    private final int threads;
    private final DenoisingListener listener;

    private MarigoldEstimator(Marigold marigold, int threads, DenoisingListener listener) {
        this.marigold = marigold;
        this.threads = threads;
        this.listener = listener;
    }

    /**
     * Opens a folder in the layout of diffusers.
     *
     * @param folder the folder, which contains {@code model_index.json}
     * @param options the options; the model options are those of {@link DiffusionOptions#of}
     * @return the estimator
     * @throws fathom.weights.CheckpointException if the parts of the folder are incomplete or contradict each other
     */
    public static MarigoldEstimator open(Path folder, EstimatorOptions options) {
        DiffusionOptions settings = DiffusionOptions.of(options.model());
        return new MarigoldEstimator(Marigold.open(folder, Engines.on(options.device()), options.threads(), settings),
                options.threads(), options.denoising());
    }

    /**
     * Opens a folder in the layout of diffusers, on the device named by the environment.
     *
     * @param folder the folder, which contains {@code model_index.json}
     * @param threads the number of threads of one run
     * @param options the options of the model
     * @return the estimator
     * @throws fathom.weights.CheckpointException if the parts of the folder are incomplete or contradict each other
     */
    public static MarigoldEstimator open(Path folder, int threads, DiffusionOptions options) {
        return new MarigoldEstimator(Marigold.open(folder, Engines.on(Device.ofEnvironment()), threads, options),
                threads, DenoisingListener.silent());
    }

    @Override
    public ModelDescription description() {
        return marigold.description();
    }

    @Override
    public List<String> warnings() {
        return marigold.notes();
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(threads);
    }

    @Override
    public SortedMap<String, String> options() {
        return DiffusionOptions.descriptions();
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(), marigold.prepare(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return run(input, listener);
    }

    /**
     * Runs the model with another listener.
     *
     * @param input the result of {@link #prepare}
     * @param listener is notified after each step
     * @return the prediction; with an uncertainty map for an ensemble
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     * @throws ModelRunException if the engine cannot run the model
     */
    public Estimate run(PreparedInput input, DenoisingListener listener) {
        FloatTensor pixels = input.as(PreparedInput.Numbers.class).pixels();
        Marigold.Result result;
        try {
            result = marigold.run(pixels, input.imageHeight(), input.imageWidth(), listener);
        } catch (EngineException e) {
            throw new ModelRunException(e);
        }
        return result.uncertainty()
                .map(uncertainty -> new Estimate(result.prediction(),
                        List.of(AuxiliaryMap.of(UNCERTAINTY, AuxiliaryMap.Kind.UNCERTAINTY,
                                result.prediction().kind().unit(), uncertainty)),
                        Map.of()))
                .orElseGet(() -> Estimate.of(result.prediction()));
    }

    @Override
    public void close() {
        marigold.close();
    }
}
