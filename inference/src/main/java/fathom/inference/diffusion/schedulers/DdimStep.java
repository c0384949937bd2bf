package fathom.inference.diffusion.schedulers;

import org.jspecify.annotations.Nullable;

/**
 * A step of {@link DdimScheduler}: √ᾱ′·x₀ + √(1−ᾱ′)·ε with the ᾱ′ of the next level.
 *
 * @param timestep the noise level
 * @param split computes clean sample and noise from the output
 * @param alphaAfter ᾱ′
 */
record DdimStep(int timestep, SignalAndNoise split, double alphaAfter) implements DenoisingStep {
    @Override
    public boolean addsNoise() {
        return false;
    }

    @Override
    public float[] clean(float[] sample, float[] output) {
        requireSameLength(sample, output, "output");
        float[] clean = new float[sample.length];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) split.clean(sample[i], output[i]);
        }
        return clean;
    }

    @Override
    public float[] next(float[] sample, float[] output, float @Nullable [] noise) {
        requireSameLength(sample, output, "output");
        double signal = Math.sqrt(alphaAfter);
        double rest = Math.sqrt(1 - alphaAfter);
        float[] next = new float[sample.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (signal * split.clean(sample[i], output[i]) + rest * split.noise(sample[i], output[i]));
        }
        return next;
    }

    static void requireSameLength(float[] sample, float[] other, String what) {
        if (sample.length != other.length) {
            throw new IllegalArgumentException(
                    what + ": expected " + sample.length + " numbers as in the sample, found " + other.length);
        }
    }
}
