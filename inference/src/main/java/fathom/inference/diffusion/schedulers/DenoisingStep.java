package fathom.inference.diffusion.schedulers;

import org.jspecify.annotations.Nullable;

/** One step of denoising: from a sample and what the network says of it to the next sample, elementwise. Immutable. */
public sealed interface DenoisingStep permits DdimStep, LcmStep {
    /** {@return the noise level that the network is told} */
    int timestep();

    /** {@return whether {@link #next} adds fresh noise} */
    boolean addsNoise();

    /** {@return the clean sample that the step believes in, in a new array of the sample's length} */
    float[] clean(float[] sample, float[] output);

    /**
     * {@return the sample after this step, in a new array}
     *
     * @param sample the sample before, of any length
     * @param output what the network predicts of it, as long
     * @param noise standard normal numbers, as many; only needed if {@link #addsNoise()}
     */
    float[] next(float[] sample, float[] output, float @Nullable [] noise);
}
