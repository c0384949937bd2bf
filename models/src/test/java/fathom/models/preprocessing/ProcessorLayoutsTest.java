package fathom.models.preprocessing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The layouts of {@code preprocessor_config.json} on the Hub, including the oldest, and sizes out of bounds. */
class ProcessorLayoutsTest {
    private static final Normalisation HALVES = new Normalisation(1 / 255.0, List.of(0.5f, 0.5f, 0.5f),
            List.of(0.5f, 0.5f, 0.5f));

    private static Settings settings(String json) {
        return Settings.parse(Path.of("preprocessor_config.json"), json.replace('\'', '"'));
    }

    /** As in the first release of Intel/dpt-large: a feature extractor, one number for both sides. */
    @Test
    void featureExtractorWithOneNumberForBothSides() {
        Preparation oldest = ResizeAndNormalise.of(settings("""
                {'do_normalize': true, 'do_resize': true, 'ensure_multiple_of': 1,
                 'feature_extractor_type': 'DPTFeatureExtractor', 'image_mean': [0.5, 0.5, 0.5],
                 'image_std': [0.5, 0.5, 0.5], 'keep_aspect_ratio': false, 'resample': 2, 'size': 384}"""));
        assertThat(oldest).isEqualTo(ResizeAndNormalise.of(settings("""
                {'do_normalize': true, 'do_rescale': true, 'do_resize': true, 'do_pad': false, 'ensure_multiple_of': 1,
                 'image_mean': [0.5, 0.5, 0.5], 'image_processor_type': 'DPTImageProcessor',
                 'image_std': [0.5, 0.5, 0.5], 'keep_aspect_ratio': false, 'resample': 2, 'rescale_factor':
                 0.00392156862745098, 'size': {'height': 384, 'width': 384}, 'size_divisor': null}""")));
    }

    @Test
    void missingFieldsHaveTheProcessorsDefaults() {
        assertThat(ResizeAndNormalise.of(settings("{}"))).isEqualTo(new ResizeAndNormalise(
                Optional.of(new ResizePolicy.Towards(384, 384, false, 1)), RgbResampling.PILLOW_BICUBIC, HALVES, 1));
        assertThat(ResizeAndNormalise.ofGlpn(settings("{'feature_extractor_type': 'GLPNFeatureExtractor'}")))
                .isEqualTo(new ResizeAndNormalise(Optional.of(new ResizePolicy.DownToMultiple(32)),
                        RgbResampling.PILLOW_BILINEAR, Normalisation.UNIT, 1));
        assertThat(ZoePreparation.of(settings("{}")))
                .isEqualTo(new ZoePreparation(true, Optional.of(new ResizePolicy.Towards(384, 512, true, 32)),
                        Resampling.TORCH_BILINEAR_ALIGN_CORNERS, HALVES));
        assertThat(NormaliseAndStretch.of(settings("{}"), 1536)).isEqualTo(new NormaliseAndStretch(1536, 1536, HALVES));
    }

    @Test
    void oneNumberIsASquareForEveryFamily() {
        assertThat(ZoePreparation.of(settings("{'size': 256}")).resize())
                .contains(new ResizePolicy.Towards(256, 256, true, 32));
        assertThat(NormaliseAndStretch.of(settings("{'size': 1536}"), 1536).height()).isEqualTo(1536);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-384", "1000000000", "99999999999", "384.5", "'384'", "[384, 0]",
            "{'height': 384, 'width': 1000000000}", "{'height': -1, 'width': 384}"})
    void invalidSizeIsRejectedByEveryFamily(String size) {
        Settings settings = settings("{'size': " + size + "}");
        for (Runnable reading : List.<Runnable>of(() -> ResizeAndNormalise.of(settings),
                () -> ZoePreparation.of(settings), () -> NormaliseAndStretch.of(settings, 384))) {
            assertThatThrownBy(reading::run).isInstanceOf(CheckpointException.class).hasMessageContainingAll(
                    "preprocessor_config.json", "size", "expected an integer of at least 1 and at most 4096", "found");
        }
    }

    @Test
    void tooLargePictureIsRejectedBeforeMemoryIsAllocated() {
        ResizePolicy own = new ResizePolicy.DownToMultiple(32);
        assertThat(own.of(8192, 8192)).isEqualTo(new ResizePolicy.Size(8192, 8192));
        assertThatThrownBy(() -> own.of(20_000, 20_000)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("expected at most 67108864 pixels", "found 20000×20000", "scale the picture");
        BoundedSize shortest = new BoundedSize(504, BoundedSize.Method.LOWER_BOUND_RESIZE);
        assertThatThrownBy(() -> shortest.prepare(RgbImage.allocate(7, 20_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("found 504×1440000", "upper_bound_resize");
    }

    @Test
    void tooLargeOptionIsRejectedBeforeMemoryIsAllocated() {
        assertThatThrownBy(() -> new BoundedSize(1_000_000_000, BoundedSize.Method.UPPER_BOUND_RESIZE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("process_res", "at most 4096", "found 1000000000");
        assertThatThrownBy(() -> new TokenBudget(1_000_000_000, 14, TokenBudget.MEAN, TokenBudget.DEVIATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("num_tokens", "at most 342392 patches", "found 1000000000");
    }
}
