package fathom.inference.diffusion.schedulers;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import fathom.inference.diffusion.GaussianNoise;
import fathom.inference.diffusion.Goldens;
import fathom.models.marigold.SchedulerConfig;
import fathom.models.marigold.SchedulerConfig.BetaSchedule;
import fathom.models.marigold.SchedulerConfig.Family;
import fathom.models.marigold.SchedulerConfig.PredictionType;
import fathom.models.marigold.SchedulerConfig.Spacing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SchedulerTest {
    private static final String FOLDER = "marigold/schedulers/";
    private static final int LATENT = 4 * 5 * 6;

    @ParameterizedTest
    @ValueSource(strings = {"v1_0_leading", "trailing", "v1_1_trailing_zsnr"})
    void noiseLevelsMatchDiffusers(String name) throws IOException {
        NoiseLevels levels = NoiseLevels.of(config(name));
        float[] expected = Goldens.floats(FOLDER + name + "_alphas_cumprod.npy");
        for (int t = 0; t < expected.length; t++) {
            assertThat(levels.alphaCumulative(t)).isCloseTo(expected[t], within(2e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_0_leading", "trailing", "v1_1_trailing_zsnr", "lcm"})
    void timesMatchDiffusers(String name) throws IOException {
        JsonNode all = new ObjectMapper().readTree(Goldens.path(FOLDER + "schedulers.json").toFile());
        JsonNode timesteps = all.get(name).get("timesteps");
        assertThat(timesteps.size()).isPositive();
        for (String count : timesteps.propertyNames()) {
            int[] expected = timesteps.get(count).valueStream().mapToInt(JsonNode::intValue).toArray();
            int[] found = Scheduler.of(config(name)).steps(Integer.parseInt(count)).stream()
                    .mapToInt(DenoisingStep::timestep).toArray();
            assertThat(found).as(count).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"v1_0_leading,1", "v1_0_leading,4", "v1_0_leading,10", "trailing,1", "trailing,4", "trailing,10",
            "v1_1_trailing_zsnr,1", "v1_1_trailing_zsnr,4", "v1_1_trailing_zsnr,10", "lcm,1", "lcm,2", "lcm,4"})
    void everyStepMatchesDiffusers(String name, int count) throws IOException {
        float[] sample = Goldens.floats(FOLDER + "step_sample.npy");
        float[] outputs = Goldens.floats(FOLDER + "step_model_outputs.npy");
        float[] noises = Goldens.floats(FOLDER + "lcm_noises.npy");
        float[] expected = Goldens.floats(FOLDER + name + "_steps" + count + ".npy");
        List<DenoisingStep> steps = Scheduler.of(config(name)).steps(count);
        for (int i = 0; i < count; i++) {
            float[] noise = steps.get(i).addsNoise() ? Goldens.part(noises, i, LATENT) : null;
            sample = steps.get(i).next(sample, Goldens.part(outputs, i, LATENT), noise);
            assertThat(Goldens.largestDifference(sample, Goldens.part(expected, i, LATENT))).as("step " + i)
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void cleanSamplesOfConsistencyModelsMatchDiffusers(int count) throws IOException {
        float[] sample = Goldens.floats(FOLDER + "step_sample.npy");
        float[] outputs = Goldens.floats(FOLDER + "step_model_outputs.npy");
        float[] noises = Goldens.floats(FOLDER + "lcm_noises.npy");
        float[] expected = Goldens.floats(FOLDER + "lcm_denoised" + count + ".npy");
        List<DenoisingStep> steps = Scheduler.of(config("lcm")).steps(count);
        for (int i = 0; i < count; i++) {
            float[] output = Goldens.part(outputs, i, LATENT);
            assertThat(Goldens.largestDifference(steps.get(i).clean(sample, output), Goldens.part(expected, i, LATENT)))
                    .isLessThan(1e-5);
            sample = steps.get(i).next(sample, output, i < count - 1 ? Goldens.part(noises, i, LATENT) : null);
        }
    }

    @ParameterizedTest
    @EnumSource(PredictionType.class)
    void perfectPredictionsRecoverTheCleanSample(PredictionType prediction) {
        float[] clean = new GaussianNoise(1).draw(0, 0, 100);
        float[] noise = new GaussianNoise(2).draw(0, 0, 100);
        SchedulerConfig config = ddim(prediction, Spacing.TRAILING, true, Double.POSITIVE_INFINITY);
        NoiseLevels levels = NoiseLevels.of(config);
        float[] sample = mix(clean, noise, levels.alphaCumulative(999));
        for (DenoisingStep step : Scheduler.of(config).steps(5)) {
            sample = step.next(sample, perfect(prediction, clean, noise, levels.alphaCumulative(step.timestep())),
                    null);
        }
        assertThat(Goldens.largestDifference(sample, clean)).isLessThan(1e-4);
    }

    private static float[] mix(float[] clean, float[] noise, double alpha) {
        float[] mixed = new float[clean.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (Math.sqrt(alpha) * clean[i] + Math.sqrt(1 - alpha) * noise[i]);
        }
        return mixed;
    }

    private static float[] perfect(PredictionType prediction, float[] clean, float[] noise, double alpha) {
        return switch (prediction) {
            case EPSILON -> noise;
            case SAMPLE -> clean;
            case VELOCITY -> {
                float[] negated = new float[clean.length];
                for (int i = 0; i < negated.length; i++) {
                    negated[i] = -clean[i];
                }
                yield mix(noise, negated, alpha);
            }
        };
    }

    @Test
    void clippingBoundsTheCleanSample() {
        DenoisingStep step = Scheduler.of(ddim(PredictionType.SAMPLE, Spacing.LEADING, true, 0.5)).steps(1).getFirst();
        assertThat(step.clean(new float[]{0, 0, 0}, new float[]{-3, 0.25f, 3})).containsExactly(-0.5f, 0.25f, 0.5f);
    }

    @Test
    void linearSpacingCoversAllLevels() {
        int[] times = Scheduler.of(ddim(PredictionType.EPSILON, Spacing.LINSPACE, true, 1)).steps(4).stream()
                .mapToInt(DenoisingStep::timestep).toArray();
        assertThat(times).containsExactly(999, 666, 333, 0);
    }

    @Test
    void anImpossibleNumberOfStepsIsRefused() throws IOException {
        Scheduler ddim = Scheduler.of(config("trailing"));
        assertThatThrownBy(() -> ddim.steps(0)).hasMessageContaining("from 1 to 1000");
        assertThatThrownBy(() -> ddim.steps(1001)).hasMessageContaining("from 1 to 1000");
        Scheduler lcm = Scheduler.of(config("lcm"));
        assertThatThrownBy(() -> lcm.steps(51)).hasMessageContaining("from 1 to the teacher's 50");
        Scheduler leading = Scheduler.of(config("v1_0_leading"));
        assertThatThrownBy(() -> leading.steps(1000)).hasMessageContaining("past the last of 1000");
    }

    @Test
    void stepThatAddsNoiseRequiresNoise() throws IOException {
        DenoisingStep first = Scheduler.of(config("lcm")).steps(2).getFirst();
        assertThat(first.addsNoise()).isTrue();
        assertThatThrownBy(() -> first.next(new float[3], new float[3], null)).hasMessageContaining("expected 3");
        assertThatThrownBy(() -> first.next(new float[3], new float[2], new float[3])).hasMessageContaining("found 2");
    }

    @Test
    void epsilonPredictionWithoutSignalIsRejected() {
        SchedulerConfig trailing = new SchedulerConfig(Family.DDIM, 1000, 0.00085, 0.012, BetaSchedule.SCALED_LINEAR,
                List.of(), true, PredictionType.EPSILON, Spacing.TRAILING, 1, false, 1, 50, 10);
        Scheduler scheduler = Scheduler.of(trailing);
        assertThatThrownBy(() -> scheduler.steps(4)).hasMessageContaining("found epsilon");
        List<DenoisingStep> leading = Scheduler.of(trailing.withSpacing(Spacing.LEADING)).steps(4);
        assertThat(leading.getFirst().timestep()).isEqualTo(751);
        assertThat(leading.getFirst().clean(new float[]{1}, new float[]{0.5f})[0]).isFinite();
    }

    /** Steps of 1000 / 48 fall on halves that {@code numpy.arange} computes a little above or below. */
    @ParameterizedTest
    @CsvSource({"48,3,936", "48,39,186", "96,18,812", "96,90,62", "112,7,936", "240,237,12"})
    void trailingTimesAreRoundedAsNumpyRoundsThem(int count, int step, int expected) {
        SchedulerConfig config = ddim(PredictionType.VELOCITY, Spacing.TRAILING, true, 1);
        assertThat(Scheduler.of(config).steps(count).get(step).timestep()).isEqualTo(expected);
    }

    @Test
    void squaredCosineLevelsDecreaseFromOneToNearlyZero() {
        NoiseLevels levels = NoiseLevels
                .of(new SchedulerConfig(Family.DDIM, 1000, 0.0001, 0.02, BetaSchedule.SQUARED_COSINE, List.of(), false,
                        PredictionType.EPSILON, Spacing.LEADING, 0, true, 1, 50, 10));
        assertThat(levels.alphaCumulative(0)).isGreaterThan(0.9999);
        assertThat(levels.alphaCumulative(499)).isCloseTo(0.4939, within(1e-3)); // cos²((0.5+s)/(1+s)·π/2), s = 0.008
        assertThat(levels.alphaCumulative(999)).isLessThan(1e-4);
        assertThat(levels.alphaCumulative(-1)).isEqualTo(1);
    }

    @Test
    void trainedBetasReplaceTheSchedule() {
        Double[] betas = new Double[10];
        Arrays.fill(betas, 0.5);
        NoiseLevels levels = NoiseLevels.of(new SchedulerConfig(Family.DDIM, 10, 0.0001, 0.02, BetaSchedule.LINEAR,
                List.of(betas), false, PredictionType.EPSILON, Spacing.LEADING, 0, false, 1, 50, 10));
        assertThat(levels.alphaCumulative(2)).isCloseTo(0.125, within(1e-12));
        assertThat(levels.alphaCumulative(-1)).isEqualTo(0.5);
    }

    private static SchedulerConfig ddim(PredictionType prediction, Spacing spacing, boolean alphaOneAtEnd,
            double clip) {
        return new SchedulerConfig(Family.DDIM, 1000, 0.00085, 0.012, BetaSchedule.SCALED_LINEAR, List.of(), false,
                prediction, spacing, 0, alphaOneAtEnd, clip, 50, 10);
    }

    private static SchedulerConfig config(String name) throws IOException {
        return SchedulerConfig.read(Goldens.path(FOLDER + name + ".json"));
    }
}
