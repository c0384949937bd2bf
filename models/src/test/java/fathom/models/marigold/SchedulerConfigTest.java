package fathom.models.marigold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import fathom.models.marigold.SchedulerConfig.BetaSchedule;
import fathom.models.marigold.SchedulerConfig.Family;
import fathom.models.marigold.SchedulerConfig.PredictionType;
import fathom.models.marigold.SchedulerConfig.Spacing;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchedulerConfigTest {
    private static final String FULL = """
            {"_class_name": "DDIMScheduler", "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085,
             "clip_sample": false, "num_train_timesteps": 1000, "prediction_type": "v_prediction",
             "rescale_betas_zero_snr": true, "set_alpha_to_one": false, "steps_offset": 1, "trained_betas": null,
             "timestep_spacing": "trailing"}""";

    @TempDir
    private Path folder;

    private SchedulerConfig read(String text) throws IOException {
        return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"), text));
    }

    @Test
    void everyMemberIsRead() throws IOException {
        SchedulerConfig config = read(FULL);
        assertThat(config.family()).isEqualTo(Family.DDIM);
        assertThat(config.trainingSteps()).isEqualTo(1000);
        assertThat(config.betaStart()).isEqualTo(0.00085);
        assertThat(config.betaEnd()).isEqualTo(0.012);
        assertThat(config.betaSchedule()).isEqualTo(BetaSchedule.SCALED_LINEAR);
        assertThat(config.prediction()).isEqualTo(PredictionType.VELOCITY);
        assertThat(config.spacing()).isEqualTo(Spacing.TRAILING);
        assertThat(config.zeroTerminalSnr()).isTrue();
        assertThat(config.stepsOffset()).isEqualTo(1);
        assertThat(config.alphaOneAtEnd()).isFalse();
        assertThat(config.clip()).isInfinite();
        assertThat(config.trainedBetas()).isEmpty();
    }

    @Test
    void missingMembersHaveTheValuesOfDiffusers() throws IOException {
        SchedulerConfig ddim = read("{\"_class_name\": \"DDIMScheduler\"}");
        assertThat(ddim).isEqualTo(new SchedulerConfig(Family.DDIM, 1000, 0.0001, 0.02, BetaSchedule.LINEAR, List.of(),
                false, PredictionType.EPSILON, Spacing.LEADING, 0, true, 1, 50, 10));
        SchedulerConfig lcm = read("{\"_class_name\": \"LCMScheduler\"}");
        assertThat(lcm.betaSchedule()).isEqualTo(BetaSchedule.SCALED_LINEAR);
        assertThat(lcm.clip()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"DDIMScheduler\"|\"PNDMScheduler\"|_class_name: expected DDIMScheduler or LCMScheduler, which Fathom runs, found PNDMScheduler",
            "\"v_prediction\"|\"flow\"|prediction_type: expected epsilon, sample or v_prediction, found flow",
            "\"trailing\"|\"karras\"|timestep_spacing: expected leading, trailing or linspace, found karras",
            "\"scaled_linear\"|\"sigmoid\"|beta_schedule: expected linear, scaled_linear or squaredcos_cap_v2, found sigmoid",
            "1000|0|num_train_timesteps: expected an integer of at least 1, found 0",
            "1000|1e3|num_train_timesteps: expected an integer",
            "1000|99999999999|num_train_timesteps: expected an integer",
            "0.00085|\"x\"|beta_start: expected a number, found \"x\"", "0.012|0.0001|expected 0 < start <= end < 1",
            "\"trained_betas\": null|\"trained_betas\": [0.1]|trainedBetas: expected one for each of 1000 levels",
            "\"trained_betas\": null|\"thresholding\": true|thresholding: expected false",
            "false,|7,|clip_sample: expected true or false, found 7"})
    void invalidMembersAreRejectedByName(String from, String to, String message) {
        assertThat(FULL).contains(from);
        assertThatThrownBy(() -> read(FULL.replaceFirst(Pattern.quote(from), to)))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("scheduler_config.json")
                .hasMessageContaining(message);
    }

    @Test
    void truncatedFileIsRejected() {
        for (int length = 0; length < FULL.length(); length++) {
            String cut = FULL.substring(0, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("scheduler_config.json: expected");
        }
    }
}
