package fathom.inference.diffusion.schedulers;

import org.jspecify.annotations.Nullable;

/**
 * One step of denoising: computes the next sample, elementwise, from a sample and the output of the network for it.
 * Immutable.
 */
public sealed interface DenoisingStep permits DdimStep, LcmStep {
    /** {@return the noise level, which is an input of the network} */
    int timestep();

    /** {@return whether {@link #next} adds noise} */
    boolean addsNoise();

    /**
     * Returns the estimate of the clean sample.
     *
     * @param sample the sample before the step, of any length
     * @param output the output of the network for it, of the same length
     * @return the clean sample in a new array
     */
    float[] clean(float[] sample, float[] output);

    /**
     * Returns the sample after this step.
     *
     * @param sample the sample before the step, of any length
     * @param output the output of the network for it, of the same length
     * @param noise standard normal numbers, of the same length; required only if {@link #addsNoise()}
     * @return the next sample in a new array
     */
    float[] next(float[] sample, float[] output, float @Nullable [] noise);
}
