package fathom.inference;

import fathom.models.Estimate;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FloorTest {
    @Test
    void inverseDepthRisesLinearlyFromTopToBottom() {
        try (DepthEstimator floor = new Floor()) {
            Plane values = floor.estimate(RgbImage.allocate(4, 3)).prediction().values();
            assertThat(values.toArray()).containsExactly(0.125f, 0.125f, 0.125f, 0.375f, 0.375f, 0.375f, 0.625f, 0.625f,
                    0.625f, 0.875f, 0.875f, 0.875f);
        }
    }

    @Test
    void everyValueIsValidAndOfTheStatedKind() {
        try (DepthEstimator floor = new Floor()) {
            Estimate estimate = floor.estimate(RgbImage.allocate(1, 7));
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(floor.description().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(estimate.prediction().valid().count()).isEqualTo(7);
        }
    }
}
