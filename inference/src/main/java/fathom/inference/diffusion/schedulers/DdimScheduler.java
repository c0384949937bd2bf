package fathom.inference.diffusion.schedulers;

import java.util.ArrayList;
import java.util.List;

import fathom.models.marigold.SchedulerConfig;

/**
 * Denoising diffusion implicit models without added noise, η = 0 (Song et al., ICLR 2021, equation 12), with the
 * timesteps of diffusers' {@code DDIMScheduler}.
 */
final class DdimScheduler implements Scheduler {
    private final SchedulerConfig config;
    private final NoiseLevels levels;

    DdimScheduler(SchedulerConfig config) {
        this.config = config;
        this.levels = NoiseLevels.of(config);
    }

    @Override
    public List<DenoisingStep> steps(int count) {
        int training = config.trainingSteps();
        if (count < 1 || count > training) {
            throw new IllegalArgumentException("steps: expected from 1 to " + training + ", found " + count);
        }
        List<DenoisingStep> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int t = timestep(i, count);
            if (t >= training) {
                throw new IllegalArgumentException("steps: expected fewer than " + count + ", with which the offset of "
                        + config.stepsOffset() + " leads past the last of " + training + " noise levels");
            }
            double alpha = levels.alphaCumulative(t);
            SignalAndNoise split = SignalAndNoise.of(config.prediction(), alpha, config.clip());
            steps.add(new DdimStep(t, split, levels.alphaCumulative(t - training / count)));
        }
        return steps;
    }

    /**
     * Returns a noise level, rounded half to even as NumPy does, from numbers rounded as {@code arange} rounds them. For
     * counts such as 61 of 1000 that rounding gives diffusers an extra trailing step at time −1, which is not included
     * here.
     */
    private int timestep(int i, int count) {
        int training = config.trainingSteps();
        return switch (config.spacing()) {
            case LEADING -> (count - 1 - i) * (training / count) + config.stepsOffset();
            case TRAILING -> (int) Math.rint(training + i * (training - (double) training / count - training)) - 1;
            case LINSPACE -> count == 1 ? 0 : (int) Math.rint((count - 1.0 - i) * ((training - 1.0) / (count - 1)));
        };
    }
}
