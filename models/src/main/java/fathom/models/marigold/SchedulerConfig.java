package fathom.models.marigold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import fathom.weights.CheckpointException;
import fathom.weights.Settings;

/**
 * {@code scheduler_config.json}: the noise that a diffusion model was trained with and the spacing of its steps.
 * Missing members have the defaults of diffusers.
 *
 * @param family the rule of a step
 * @param trainingSteps number of noise levels in training, T
 * @param betaStart noise added at the first level
 * @param betaEnd noise added at the last level
 * @param betaSchedule how the noise grows between them
 * @param trainedBetas the noise of each level, which replaces the schedule; empty if the schedule applies
 * @param zeroTerminalSnr whether the levels are rescaled so that the last contains no signal (Lin et al., WACV 2024,
 * Alg. 1)
 * @param prediction what the network predicts
 * @param spacing how a few steps are spread over the T levels
 * @param stepsOffset added to every time with leading spacing
 * @param alphaOneAtEnd whether the last step ends without any noise, instead of at the noise of level 0
 * @param clip largest magnitude that the predicted clean sample is clipped to, infinite if it is not clipped
 * @param originalSteps steps of the teacher that an LCM was distilled from
 * @param timestepScaling factor of the time in an LCM's boundary condition
 */
public record SchedulerConfig(Family family, int trainingSteps, double betaStart, double betaEnd,
        BetaSchedule betaSchedule, List<Double> trainedBetas, boolean zeroTerminalSnr, PredictionType prediction,
        Spacing spacing, int stepsOffset, boolean alphaOneAtEnd, double clip, int originalSteps,
        double timestepScaling) {
    /** The rule of a step. */
    public enum Family {
        /** Denoising diffusion implicit models, without added noise (Song et al., ICLR 2021). */
        DDIM,
        /** Latent consistency models (Luo et al., 2023). */
        LCM
    }

    /** How the noise β grows from the first level to the last. */
    public enum BetaSchedule {
        /** Linearly. */
        LINEAR,
        /** Its square root linearly, as in Stable Diffusion. */
        SCALED_LINEAR,
        /** In such a way that the signal falls like a squared cosine (Nichol and Dhariwal, ICML 2021). */
        SQUARED_COSINE
    }

    /** The network's prediction for a sample x = √ᾱ·x₀ + √(1−ᾱ)·ε. */
    public enum PredictionType {
        /** The noise ε. */
        EPSILON,
        /** The clean sample x₀. */
        SAMPLE,
        /** v = √ᾱ·ε − √(1−ᾱ)·x₀ (Salimans and Ho, ICLR 2022). */
        VELOCITY
    }

    /** How a few steps are spread over the levels of training. */
    public enum Spacing {
        /** Multiples of T/n from the offset: the noisiest level is never used. */
        LEADING,
        /** Backwards from the noisiest level in steps of T/n. */
        TRAILING,
        /** Evenly from the noisiest level to the first. */
        LINSPACE
    }

    private static final int MAX_TRAINING_STEPS = 1_000_000;

    /** Validates the components and copies the collections. */
    public SchedulerConfig {
        trainedBetas = List.copyOf(trainedBetas);
        if (trainingSteps < 1 || trainingSteps > MAX_TRAINING_STEPS) {
            throw new IllegalArgumentException(
                    "trainingSteps: expected from 1 to " + MAX_TRAINING_STEPS + ", found " + trainingSteps);
        }
        if (!trainedBetas.isEmpty() && trainedBetas.size() != trainingSteps) {
            throw new IllegalArgumentException("trainedBetas: expected one for each of " + trainingSteps
                    + " levels, found " + trainedBetas.size());
        }
        for (double beta : trainedBetas) {
            if (!(beta > 0 && beta < 1)) {
                throw new IllegalArgumentException("trainedBetas: expected numbers between 0 and 1, found " + beta);
            }
        }
        if (!(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1)) {
            throw new IllegalArgumentException(
                    "betaStart and betaEnd: expected 0 < start <= end < 1, found " + betaStart + " and " + betaEnd);
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip: expected more than 0, found " + clip);
        }
    }

    /**
     * Returns a copy with another spacing.
     *
     * @param spacing how a few steps are spread over the levels
     * @return the copy
     */
    public SchedulerConfig withSpacing(Spacing spacing) {
        return new SchedulerConfig(family, trainingSteps, betaStart, betaEnd, betaSchedule, trainedBetas,
                zeroTerminalSnr, prediction, spacing, stepsOffset, alphaOneAtEnd, clip, originalSteps, timestepScaling);
    }

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @param path the file
     * @return the configuration
     * @throws CheckpointException if the file is not such a configuration, or requires an unsupported rule
     * @throws IOException if the file cannot be read
     */
    public static SchedulerConfig read(Path path) throws IOException {
        Settings file = Settings.read(path);
        Family family = switch (file.text("_class_name", "")) {
            case "DDIMScheduler" -> Family.DDIM;
            case "LCMScheduler" -> Family.LCM;
            case String other -> throw CheckpointException.explained(path,
                    "_class_name: expected DDIMScheduler or LCMScheduler, which Fathom runs, found " + other);
        };
        if (file.flag("thresholding", false)) {
            throw file.wrong("thresholding", "false: dynamic thresholding is for models of pixels", true);
        }
        boolean lcm = family == Family.LCM;
        try {
            return new SchedulerConfig(family, file.integer("num_train_timesteps", 1, 1000),
                    file.number("beta_start", lcm ? 0.00085 : 0.0001), file.number("beta_end", lcm ? 0.012 : 0.02),
                    betaSchedule(file, lcm), file.has("trained_betas") ? file.numbers("trained_betas") : List.of(),
                    file.flag("rescale_betas_zero_snr", false), prediction(file), spacing(file),
                    file.integer("steps_offset", 0, 0), file.flag("set_alpha_to_one", true),
                    file.flag("clip_sample", !lcm) ? file.number("clip_sample_range", 1) : Double.POSITIVE_INFINITY,
                    file.integer("original_inference_steps", 1, 50), file.number("timestep_scaling", 10));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(path, String.valueOf(e.getMessage()), e);
        }
    }

    private static BetaSchedule betaSchedule(Settings file, boolean lcm) {
        return switch (file.text("beta_schedule", lcm ? "scaled_linear" : "linear")) {
            case "linear" -> BetaSchedule.LINEAR;
            case "scaled_linear" -> BetaSchedule.SCALED_LINEAR;
            case "squaredcos_cap_v2" -> BetaSchedule.SQUARED_COSINE;
            case String other -> throw file.wrong("beta_schedule", "linear, scaled_linear or squaredcos_cap_v2", other);
        };
    }

    private static PredictionType prediction(Settings file) {
        return switch (file.text("prediction_type", "epsilon")) {
            case "epsilon" -> PredictionType.EPSILON;
            case "sample" -> PredictionType.SAMPLE;
            case "v_prediction" -> PredictionType.VELOCITY;
            case String other -> throw file.wrong("prediction_type", "epsilon, sample or v_prediction", other);
        };
    }

    private static Spacing spacing(Settings file) {
        return switch (file.text("timestep_spacing", "leading")) {
            case "leading" -> Spacing.LEADING;
            case "trailing" -> Spacing.TRAILING;
            case "linspace" -> Spacing.LINSPACE;
            case String other -> throw file.wrong("timestep_spacing", "leading, trailing or linspace", other);
        };
    }
}
