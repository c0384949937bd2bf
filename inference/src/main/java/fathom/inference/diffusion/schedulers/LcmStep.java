package fathom.inference.diffusion.schedulers;

import org.jspecify.annotations.Nullable;

/**
 * A step of {@link LcmScheduler}.
 *
 * @param timestep the noise level
 * @param split computes the clean sample from the output
 * @param ofSample c_skip of the boundary condition
 * @param ofClean c_out of the boundary condition
 * @param alphaAfter ᾱ of the next level
 * @param addsNoise whether noise is added again
 */
record LcmStep(int timestep, SignalAndNoise split, double ofSample, double ofClean, double alphaAfter,
        boolean addsNoise) implements DenoisingStep {
    @Override
    public float[] clean(float[] sample, float[] output) {
        DdimStep.requireSameLength(sample, output, "output");
        float[] clean = new float[sample.length];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) (ofClean * split.clean(sample[i], output[i]) + ofSample * sample[i]);
        }
        return clean;
    }

    @Override
    public float[] next(float[] sample, float[] output, float @Nullable [] noise) {
        float[] next = clean(sample, output);
        if (!addsNoise) {
            return next;
        }
        if (noise == null) {
            throw new IllegalArgumentException(
                    "noise: expected " + sample.length + " numbers for the step at " + timestep + ", found none");
        }
        DdimStep.requireSameLength(sample, noise, "noise");
        double signal = Math.sqrt(alphaAfter);
        double rest = Math.sqrt(1 - alphaAfter);
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (signal * next[i] + rest * noise[i]);
        }
        return next;
    }
}
