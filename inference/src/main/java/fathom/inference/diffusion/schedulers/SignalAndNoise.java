package fathom.inference.diffusion.schedulers;

import fathom.models.marigold.SchedulerConfig.PredictionType;

/**
 * The conversion of the network's output for a sample x = √ᾱ·x₀ + √(1−ᾱ)·ε to the clean sample x₀ and the noise ε. Both
 * are linear in x and the output.
 *
 * @param cleanOfSample the factor of x in x₀
 * @param cleanOfOutput the factor of the output in x₀
 * @param noiseOfSample the factor of x in ε
 * @param noiseOfOutput the factor of the output in ε
 * @param clip the largest magnitude of x₀; infinite if it is not clipped
 */
record SignalAndNoise(double cleanOfSample, double cleanOfOutput, double noiseOfSample, double noiseOfOutput,
        double clip) {
    /**
     * Returns the conversion at a noise level.
     *
     * @param alphaCumulative the remaining share of the signal's power
     * @throws IllegalArgumentException if no signal remains and the network predicts the noise
     */
    static SignalAndNoise of(PredictionType prediction, double alphaCumulative, double clip) {
        double signal = Math.sqrt(alphaCumulative);
        double noise = Math.sqrt(1 - alphaCumulative);
        if (prediction == PredictionType.EPSILON && signal == 0) {
            throw new IllegalArgumentException(
                    "prediction_type: expected v_prediction or sample where a step starts at "
                            + "a level without signal (rescale_betas_zero_snr), found epsilon, from which the clean sample cannot "
                            + "be computed; a leading timestep_spacing avoids that level");
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
