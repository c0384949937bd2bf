package fathom.models.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import fathom.models.preprocessing.FitAndNormalise.Fit;
import fathom.models.preprocessing.FitAndNormalise.Kernel;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Datasets of schema 1 store the policy of a preprocessing, later ones its definition: a changed word or member would
 * prevent their runs from resuming.
 */
final class PreparationIdentityTest {
    private static final Normalisation HALF = new Normalisation(1 / 255.0, List.of(0.5f, 0.5f, 0.5f),
            List.of(0.25f, 0.25f, 0.25f));
    private static final String HALF_JSON = "\"normalisation\":{\"deviation\":[0.25,0.25,0.25],"
            + "\"factor\":0.00392156862745098,\"mean\":[0.5,0.5,0.5]}";
    private static final ResizePolicy.Towards TOWARDS = new ResizePolicy.Towards(384, 512, true, 32);
    private static final String RESIZE_JSON = "\"resize\":{\"fit\":\"proportion\",\"height\":384,\"multiple\":32,"
            + "\"width\":512}";

    static Stream<Arguments> preparations() {
        return Stream.of(
                arguments(new ResizeAndNormalise(Optional.of(TOWARDS), RgbResampling.PILLOW_BICUBIC, HALF, 1),
                        "resized in proportion towards 512×384, multiples of 32, pillow-bicubic",
                        "{\"kernel\":\"pillow-bicubic\",\"method\":\"resize-bytes\"," + HALF_JSON
                                + ",\"pad-multiple\":1," + RESIZE_JSON + "}"),
                arguments(
                        new ResizeAndNormalise(Optional.of(new ResizePolicy.DownToMultiple(32)),
                                RgbResampling.PILLOW_BILINEAR, HALF, 16),
                        "both sides rounded down to multiples of 32, pillow-bilinear, padded to multiples of 16",
                        "{\"kernel\":\"pillow-bilinear\",\"method\":\"resize-bytes\"," + HALF_JSON
                                + ",\"pad-multiple\":16,\"resize\":{\"fit\":\"own\",\"multiple\":32}}"),
                arguments(new ResizeFloats(TOWARDS, Resampling.TORCH_BICUBIC, HALF),
                        "resized in proportion towards 512×384, multiples of 32, torch-bicubic of floats",
                        "{\"kernel\":\"torch-bicubic\",\"method\":\"resize-floats\"," + HALF_JSON + "," + RESIZE_JSON
                                + "}"),
                arguments(new ZoePreparation(true, Optional.of(TOWARDS), Resampling.TORCH_BILINEAR_ALIGN_CORNERS, HALF),
                        "mirrored margin, resized in proportion towards 512×384, multiples of 32, "
                                + "torch-bilinear-align-corners",
                        "{\"kernel\":\"torch-bilinear-align-corners\",\"method\":\"zoedepth\","
                                + "\"mirrored-margin\":true," + HALF_JSON + "," + RESIZE_JSON + "}"),
                arguments(new NormaliseAndStretch(1536, 1536, HALF),
                        "normalised, then stretched to 1536×1536 (torch-bilinear)",
                        "{\"height\":1536,\"kernel\":\"torch-bilinear\",\"method\":\"normalise-and-stretch\","
                                + HALF_JSON + ",\"width\":1536}"),
                arguments(new TokenBudget(1200, 14, List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f)),
                        "about 1200 patches of 14 pixels (torch-bilinear-antialias)",
                        "{\"deviation\":[0.25,0.25,0.25],\"kernel\":\"torch-bilinear-antialias\",\"mean\":[0.5,0.5,0.5],"
                                + "\"method\":\"token-budget\",\"patch\":14,\"tokens\":1200}"),
                arguments(new BoundedSize(504, BoundedSize.Method.UPPER_BOUND_RESIZE),
                        "upper_bound_resize 504 (OpenCV cubic or area), multiples of 14",
                        "{\"kernels\":[\"opencv-cubic\",\"opencv-area\"],\"method\":\"upper_bound_resize\","
                                + "\"multiple\":14,\"normalisation\":{\"deviation\":[0.229,0.224,0.225],"
                                + "\"factor\":0.00392156862745098,\"mean\":[0.485,0.456,0.406]},\"side\":504}"),
                arguments(
                        new FitAndNormalise(Fit.PAD, 224, 320, 1, new Kernel.OfBytes(RgbResampling.PILLOW_BILINEAR),
                                HALF, List.of(1, 2, 3)),
                        "resized in proportion into 320×224, pillow-bilinear, filled with [1, 2, 3]; 255 is 1, "
                                + "mean [0.5, 0.5, 0.5], deviation [0.25, 0.25, 0.25]",
                        "{\"fill\":[1,2,3],\"fit\":\"pad\",\"height\":224,\"kernel\":\"pillow-bilinear\","
                                + "\"method\":\"fit-and-normalise\",\"multiple\":1," + HALF_JSON
                                + ",\"of\":\"bytes\",\"width\":320}"));
    }

    @ParameterizedTest
    @MethodSource("preparations")
    void policyAndDefinitionAreStable(Preparation preparation, String words, String definition) {
        assertThat(preparation.policy()).isEqualTo(words);
        assertThat(preparation.definition().canonical()).isEqualTo(definition);
    }

    @Test
    void definitionContainsWhatThePolicyOmits() {
        Normalisation other = new Normalisation(1 / 255.0, List.of(0.4f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f));
        Preparation one = new ResizeAndNormalise(Optional.of(TOWARDS), RgbResampling.PILLOW_BICUBIC, HALF, 1);
        Preparation two = new ResizeAndNormalise(Optional.of(TOWARDS), RgbResampling.PILLOW_BICUBIC, other, 1);

        assertThat(two.policy()).isEqualTo(one.policy());
        assertThat(two.definition()).isNotEqualTo(one.definition());
    }
}
