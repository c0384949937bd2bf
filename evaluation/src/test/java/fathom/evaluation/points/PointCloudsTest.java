package fathom.evaluation.points;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PointCloudsTest {
    private static final Intrinsics CAMERA = new Intrinsics(2, 4, 1, 0);

    @Test
    void maskedPixelsBecomePointsInRowOrder() {
        Plane depth = Plane.wrap(new float[]{2, 3, 4, 8, 5, 6}, 2, 3);
        Mask mask = Mask.wrap(new boolean[]{true, false, true, true, false, false}, 2, 3);
        assertThat(PointClouds.unproject(depth, CAMERA, mask)).containsExactly(-1, 0, 2, 2, 0, 4, -4, 2, 8);
    }

    @Test
    void anEmptyMaskGivesNoPoints() {
        assertThat(PointClouds.unproject(Plane.allocate(2, 3), CAMERA, Mask.filled(2, 3, false))).isEmpty();
    }

    @Test
    void aCloudIsFiniteIfNoCoordinateIsNanOrInfinite() {
        assertThat(PointClouds.isFinite(new float[]{1, 2, 3})).isTrue();
        assertThat(PointClouds.isFinite(new float[]{1, Float.NaN, 3})).isFalse();
        assertThat(PointClouds.isFinite(new float[]{1, 2, Float.NEGATIVE_INFINITY})).isFalse();
    }

    @Test
    void shapesMustAgree() {
        assertThatThrownBy(() -> PointClouds.unproject(Plane.allocate(2, 3), CAMERA, Mask.filled(3, 2, true)))
                .hasMessageContaining("mask: expected [2, 3]");
    }
}
