package fathom.inference.diffusion.schedulers;

import java.util.List;

import fathom.models.marigold.SchedulerConfig;

/** The rule by which noise becomes a picture in few steps; immutable. */
public sealed interface Scheduler permits DdimScheduler, LcmScheduler {
    /**
     * {@return the steps of a run, in order, from noise to the clean sample}
     *
     * @param count number of steps, from 1 to what the configuration allows
     */
    List<DenoisingStep> steps(int count);

    /** {@return the scheduler that {@code config} describes} */
    static Scheduler of(SchedulerConfig config) {
        return switch (config.family()) {
            case DDIM -> new DdimScheduler(config);
            case LCM -> new LcmScheduler(config);
        };
    }
}
