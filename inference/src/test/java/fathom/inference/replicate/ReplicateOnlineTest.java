package fathom.inference.replicate;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import fathom.inference.replicate.RemoteException.Reason;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests against the real service. They run only with the profile {@code online} and an access token: two small predictions, which cost some cents
 * and may wait minutes for a cold start. Answers are held to what is read of them here, not to values.
 */
@EnabledIfSystemProperty(named = "fathom.online", matches = "true", disabledReason = "SKIPPED: asks Replicate itself, "
        + "which costs money; run it with -Ponline and a token in " + RemoteOptions.TOKEN_VARIABLE)
@EnabledIfEnvironmentVariable(named = RemoteOptions.TOKEN_VARIABLE, matches = ".+", disabledReason = "SKIPPED: asks "
        + "Replicate itself; put the token of an account into " + RemoteOptions.TOKEN_VARIABLE)
@Timeout(1800)
class ReplicateOnlineTest {
    private static final int HEIGHT = 192;
    private static final int WIDTH = 256;

    /** Returns a picture of a floor below a wall with a box in front of it. */
    private static RgbImage picture() {
        byte[] rgb = new byte[3 * HEIGHT * WIDTH];
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            int row = i / WIDTH;
            int column = i % WIDTH;
            boolean box = row > 70 && row < 150 && column > 90 && column < 170;
            int grey = box ? 60 + column % 16 : row < 96 ? 200 - row / 4 : 90 + (row - 96) / 2 + column / 8 % 2 * 20;
            rgb[3 * i] = (byte) grey;
            rgb[3 * i + 1] = (byte) (box ? 40 : grey);
            rgb[3 * i + 2] = (byte) (box ? 30 : grey - 20);
        }
        return RgbImage.wrap(rgb, HEIGHT, WIDTH);
    }

    private static Plane run(String model, Map<String, String> inputs, DepthKind kind) {
        RemoteOptions options = RemoteOptions.ofEnvironment().withInputs(inputs);
        try (RemoteDepth estimator = RemoteDepth.open(RemoteModel.parse(model), options)) {
            Prediction prediction = estimator.run(estimator.encode(picture())).prediction();
            assertThat(prediction.kind()).isEqualTo(kind);
            assertThat(estimator.description().source()).matches(model + ":[0-9a-f]{64}");
            assertThat(prediction.values().width()).isEqualTo(WIDTH);
            assertThat(prediction.values().height()).isEqualTo(HEIGHT);
            return prediction.values();
        }
    }

    private static Set<Float> levels(Plane values) {
        Set<Float> levels = new HashSet<>();
        for (float value : values.toArray()) {
            levels.add(value);
        }
        return levels;
    }

    @Test
    void midasGivesInverseDepthInFewLevels() {
        Plane values = run("replicate:cjwbw/midas", Map.of("model_type", "dpt_beit_large_512"),
                DepthKind.AFFINE_INVERSE);
        assertThat(levels(values)).hasSizeBetween(2, 256).allMatch(level -> level >= 0 && level <= 255);
    }

    @Test
    void marigoldsFirstFileHoldsDepthInSixteenBits() {
        Plane values = run("replicate:adirik/marigold", Map.of("num_infer", "1", "denoise_steps", "1"),
                DepthKind.AFFINE);
        assertThat(levels(values)).hasSizeGreaterThan(256).allMatch(level -> level >= 0 && level <= 1);
    }

    @Test
    void rejectionsAreReported() {
        RemoteOptions options = RemoteOptions.ofEnvironment();
        RemoteModel missing = RemoteModel.parse("replicate:cjwbw/there-is-no-such-model");
        assertThatThrownBy(() -> RemoteDepth.open(missing, options)).isInstanceOfSatisfying(RemoteException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
        RemoteModel midas = RemoteModel.parse("replicate:cjwbw/midas");
        assertThatThrownBy(() -> RemoteDepth.open(midas, RemoteOptions.of("r8_nobody"))).isInstanceOfSatisfying(
                RemoteException.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORISED));
    }
}
