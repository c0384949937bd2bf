package fathom.inference.diffusion.schedulers;

import java.util.List;

import fathom.models.marigold.SchedulerConfig;

/** The rule that computes a picture from noise in few steps. Immutable. */
public sealed interface Scheduler permits DdimScheduler, LcmScheduler {
    /**
     * Returns the steps of a run.
     *
     * @param count the number of steps, from 1 to the limit of the configuration
     * @return the steps in order, from noise to the clean sample
     * @throws IllegalArgumentException if {@code count} is not in the range
     */
    List<DenoisingStep> steps(int count);

    /**
     * Returns the scheduler of a configuration.
     *
     * @param config the configuration of the checkpoint
     * @return the scheduler
     */
    static Scheduler of(SchedulerConfig config) {
        return switch (config.family()) {
            case DDIM -> new DdimScheduler(config);
            case LCM -> new LcmScheduler(config);
        };
    }
}
