package fathom.inference;

import java.util.List;

import fathom.models.preprocessing.ResizePolicy;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pictures with sides of 1, 7 and 20,000 pixels through the whole of every family. */
class ExtremeSidesTest {
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(2);
    private static final List<ResizePolicy.Size> SIZES = List.of(new ResizePolicy.Size(1, 1),
            new ResizePolicy.Size(7, 7), new ResizePolicy.Size(1, 20_000), new ResizePolicy.Size(20_000, 7));

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_hybrid", "dpt_beit", "dpt_swinv2", "dpt_dinov2", "glpn", "depth_anything",
            "depth_anything_metric", "zoedepth", "zoedepth_nk", "depth_pro", "da3_metric", "moge2"})
    void everySideGivesAMap(String golden) {
        String folder = GoldenVariants.complete(golden).toString();
        try (DepthEstimator estimator = Estimators.open(folder, OPTIONS)) {
            for (ResizePolicy.Size size : SIZES) {
                Plane depth = estimator.estimate(RgbImage.allocate(size.height(), size.width())).prediction().values();
                assertThat(unusable(depth, golden.equals("moge2"))).as("unusable pixels of %s", size).isZero();
            }
        }
    }

    /** Returns the number of pixels without a finite depth; MoGe returns infinity if nothing is visible. */
    private static int unusable(Plane depth, boolean infinityIsNothing) {
        int count = 0;
        for (float value : depth.toArray()) {
            count += Float.isFinite(value) || infinityIsNothing && value > 0 ? 0 : 1;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_beit", "zoedepth"})
    void tooWidePictureIsRejectedForBeitBeforeAllocation(String golden) {
        int height = 384;
        int width = 15_008;
        String folder = GoldenVariants.complete(golden).toString();
        try (DepthEstimator estimator = Estimators.open(folder, OPTIONS)) {
            PreparedInput panorama = new PreparedInput.Numbers(height, width,
                    FloatTensor.wrap(new float[3 * height * width], 3, height, width));
            assertThatThrownBy(() -> estimator.run(panorama)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("expected at most 8192 patches", "found 24×938", "divide the picture");
        }
    }
}
