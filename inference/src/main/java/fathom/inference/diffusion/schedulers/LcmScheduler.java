package fathom.inference.diffusion.schedulers;

import java.util.ArrayList;
import java.util.List;

import fathom.models.marigold.SchedulerConfig;

/**
 * Latent consistency models (Luo et al., 2023, Algorithm 3). Each step estimates a clean sample, and all but the last
 * add noise again. The timesteps are chosen among those of the teacher as in diffusers' {@code LCMScheduler}.
 */
final class LcmScheduler implements Scheduler {
    /** The standard deviation of the data in the boundary condition (Luo et al., appendix). */
    private static final double DATA_DEVIATION = 0.5;

    private final SchedulerConfig config;
    private final NoiseLevels levels;

    LcmScheduler(SchedulerConfig config) {
        if (config.originalSteps() > config.trainingSteps()) {
            throw new IllegalArgumentException("original_inference_steps: expected at most the "
                    + config.trainingSteps() + " noise levels of training, found " + config.originalSteps());
        }
        this.config = config;
        this.levels = NoiseLevels.of(config);
    }

    @Override
    public List<DenoisingStep> steps(int count) {
        int original = config.originalSteps();
        if (count < 1 || count > original) {
            throw new IllegalArgumentException(
                    "steps: expected from 1 to the teacher's " + original + ", found " + count);
        }
        List<DenoisingStep> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int t = timestep(i, count);
            int after = timestep(Math.min(i + 1, count - 1), count);
            double scaled = config.timestepScaling() * t;
            double square = scaled * scaled + DATA_DEVIATION * DATA_DEVIATION;
            SignalAndNoise split = SignalAndNoise.of(config.prediction(), levels.alphaCumulative(t), config.clip());
            steps.add(new LcmStep(t, split, DATA_DEVIATION * DATA_DEVIATION / square, scaled / Math.sqrt(square),
                    levels.alphaCumulative(after), i < count - 1));
        }
        return steps;
    }

    /** Returns a timestep of the teacher; the steps are evenly spaced, noisiest first. */
    private int timestep(int i, int count) {
        int original = config.originalSteps();
        int index = (int) Math.floor(i * ((double) original / count));
        return (original - index) * (config.trainingSteps() / original) - 1;
    }
}
