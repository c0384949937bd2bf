package fathom.inference;

import java.util.Optional;

import fathom.inference.diffusion.DenoisingListener;
import fathom.inference.replicate.RemoteOptions;
import fathom.models.ModelOptions;

/**
 * The options for opening an estimator. Immutable; {@link #defaults()} and the {@code with} methods create them.
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="options"}
 *
 * @param threads the number of threads of one run, at least 1
 * @param measured whether short runs use one thread instead if measurements show that it is about as fast and returns the
 *            same numbers
 * @param model options of the model, which {@link Estimators#options} and {@link DepthEstimator#options()} list
 * @param denoising is notified of each step of a latent diffusion model
 * @param device the device that runs the network
 * @param precision the precision of the weights and activations of a checkpoint's network
 * @param remote the options of a model of a service; if empty, the defaults with the access token of the environment
 */
public record EstimatorOptions(int threads, boolean measured, ModelOptions model, DenoisingListener denoising,
        Device device, Precision precision, Optional<RemoteOptions> remote) {
    /** Checks the number of threads. */
    public EstimatorOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** {@return one thread per processor, no model options, float32, on the device named by the environment} */
    public static EstimatorOptions defaults() {
        return new EstimatorOptions(Runtime.getRuntime().availableProcessors(), false, ModelOptions.NONE,
                DenoisingListener.silent(), Device.ofEnvironment(), Precision.FULL, Optional.empty());
    }

    /**
     * Returns a copy with a fixed number of threads.
     *
     * @param threads the number of threads of one run, at least 1
     * @return the copy
     */
    public EstimatorOptions withThreads(int threads) {
        return new EstimatorOptions(threads, false, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy that measures after some runs whether one thread is about as fast as all, and then uses one.
     *
     * @return the copy
     */
    public EstimatorOptions withMeasuredThreads() {
        return new EstimatorOptions(threads, true, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy with other model options.
     *
     * @param model the options
     * @return the copy
     */
    public EstimatorOptions withModel(ModelOptions model) {
        return new EstimatorOptions(threads, measured, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy with another listener for denoising steps.
     *
     * @param denoising the listener
     * @return the copy
     */
    public EstimatorOptions withDenoising(DenoisingListener denoising) {
        return new EstimatorOptions(threads, measured, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy with another device.
     *
     * @param device the device
     * @return the copy
     */
    public EstimatorOptions withDevice(Device device) {
        return new EstimatorOptions(threads, measured, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy with another precision.
     *
     * @param precision the precision
     * @return the copy
     */
    public EstimatorOptions withPrecision(Precision precision) {
        return new EstimatorOptions(threads, measured, model, denoising, device, precision, remote);
    }

    /**
     * Returns a copy with options for a model of a service.
     *
     * @param remote the options
     * @return the copy
     */
    public EstimatorOptions withRemote(RemoteOptions remote) {
        return new EstimatorOptions(threads, measured, model, denoising, device, precision, Optional.of(remote));
    }
}
