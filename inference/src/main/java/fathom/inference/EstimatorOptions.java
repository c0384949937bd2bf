package fathom.inference;

import java.util.Optional;

import fathom.inference.diffusion.DenoisingListener;
import fathom.inference.replicate.RemoteOptions;
import fathom.models.ModelOptions;

/**
 * How an estimator runs.
 *
 * @param threads threads of one run, at least 1
 * @param model settings that only some models know
 * @param denoising follows the steps of a latent diffusion model, picture by picture
 * @param device what networks run on
 * @param precision how the numbers of a checkpoint's network are kept
 * @param remote how a model of a service is asked; without it, with the token of the environment
 */
public record EstimatorOptions(int threads, ModelOptions model, DenoisingListener denoising,
        Device device, Precision precision, Optional<RemoteOptions> remote) {
    public EstimatorOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** {@return one thread per core, no settings of the model's own, on the device that the environment names} */
    public static EstimatorOptions defaults() {
        return new EstimatorOptions(Runtime.getRuntime().availableProcessors(), ModelOptions.NONE,
                DenoisingListener.silent(), Device.ofEnvironment(), Precision.FULL, Optional.empty());
    }

    /** {@return the same with another number of threads} */
    public EstimatorOptions withThreads(int threads) {
        return new EstimatorOptions(threads, model, denoising, device, precision, remote);
    }

    /** {@return the same with other settings of the model's own} */
    public EstimatorOptions withModel(ModelOptions model) {
        return new EstimatorOptions(threads, model, denoising, device, precision, remote);
    }

    /** {@return the same, telling {@code denoising}} */
    public EstimatorOptions withDenoising(DenoisingListener denoising) {
        return new EstimatorOptions(threads, model, denoising, device, precision, remote);
    }

    /** {@return the same on another device} */
    public EstimatorOptions withDevice(Device device) {
        return new EstimatorOptions(threads, model, denoising, device, precision, remote);
    }

    /** {@return the same with numbers kept otherwise} */
    public EstimatorOptions withPrecision(Precision precision) {
        return new EstimatorOptions(threads, model, denoising, device, precision, remote);
    }

    /** {@return the same with another way to ask a service} */
    public EstimatorOptions withRemote(RemoteOptions remote) {
        return new EstimatorOptions(threads, model, denoising, device, precision, Optional.of(remote));
    }
}
