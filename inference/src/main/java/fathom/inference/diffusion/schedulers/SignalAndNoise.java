package fathom.inference.diffusion.schedulers;

import fathom.models.marigold.SchedulerConfig.PredictionType;

/**
 * What a network's output says of a sample x = √ᾱ·x₀ + √(1−ᾱ)·ε: the clean sample x₀ and the noise ε, both linear in x
 * and the output.
 *
 * @param cleanOfSample factor of x in x₀
 * @param cleanOfOutput factor of the output in x₀
 * @param noiseOfSample factor of x in ε
 * @param noiseOfOutput factor of the output in ε
 * @param clip largest magnitude of x₀, infinite where it is not clipped
 */
record SignalAndNoise(double cleanOfSample, double cleanOfOutput, double noiseOfSample, double noiseOfOutput,
        double clip) {
    /**
     * At a level where {@code alphaCumulative} of the signal's power is left.
     *
     * @throws IllegalArgumentException if nothing is left and the network predicts the noise
     */
    static SignalAndNoise of(PredictionType prediction, double alphaCumulative, double clip) {
        double signal = Math.sqrt(alphaCumulative);
        double noise = Math.sqrt(1 - alphaCumulative);
        if (prediction == PredictionType.EPSILON && signal == 0) {
            throw new IllegalArgumentException(
                    "prediction_type: expected v_prediction or sample where a step starts at "
                            + "a level that holds no signal (rescale_betas_zero_snr), found epsilon, from which no clean sample "
                            + "could be told; a leading timestep_spacing keeps away from that level");
        }
        return switch (prediction) {
            case EPSILON -> new SignalAndNoise(1 / signal, -noise / signal, 0, 1, clip);
            case SAMPLE -> new SignalAndNoise(0, 1, 1 / noise, -signal / noise, clip);
            case VELOCITY -> new SignalAndNoise(signal, -noise, noise, signal, clip);
        };
    }

    double clean(float sample, float output) {
        double clean = cleanOfSample * sample + cleanOfOutput * output;
        return Math.clamp(clean, -clip, clip);
    }

    double noise(float sample, float output) {
        return noiseOfSample * sample + noiseOfOutput * output;
    }
}
