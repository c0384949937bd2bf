package snippets;

import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Runs the examples of the Javadoc and checks the values that their comments state. */
class RasterSnippetsTest {
    @Test
    void valuesOfAPlaneAndItsViewsAreShared() {
        assertThat(RasterSnippets.plane().toArray()).containsExactly(1, 18, 6, 4, 10, 12);
    }

    @Test
    void masksAreCombined() {
        assertThat(RasterSnippets.mask().array()).containsExactly(false, true, false, false);
    }

    @Test
    void aChannelOfATensorIsAView() {
        Plane green = RasterSnippets.tensor();
        assertThat(green.array()[384 * 512]).isEqualTo(1);
        assertThat(green.height()).isEqualTo(384);
    }

    @Test
    void aPredictionIsResized() {
        assertThat(RasterSnippets.prediction(Plane.allocate(24, 32))).hasToString("Plane[480, 640]");
    }

    @Test
    void componentsAreNamedByAxis() {
        Plane plane = Plane.allocate(1, 1);
        assertThat(RasterSnippets.auxiliary(plane, plane, plane, plane)).containsExactly("normal_x", "normal_y",
                "normal_z");
    }

    @Test
    void measuredDepthHasValidPixels() {
        MeasuredDepth depth = RasterSnippets.measured();
        assertThat(depth.valid().array()).containsExactly(true, false);
    }

    @Test
    void pointsHaveTheUnitOfDepth() {
        float[] points = RasterSnippets.intrinsics();
        assertThat(points[2]).isEqualTo(2);
        assertThat(points[0]).isCloseTo(-2 * 159.5f / 160, within(1e-6f));
    }

    @Test
    void aCropOfAnImageIsAView() {
        RgbImage corner = RasterSnippets.rgb();
        assertThat(corner).hasToString("RgbImage[1, 1]");
        assertThat(corner.get(0, 0, 0)).isEqualTo(200);
    }

    @Test
    void statisticsAreOfFiniteValues() {
        assertThat(RasterSnippets.statistics()).isCloseTo(1.06 + 2.5, within(1e-9));
    }

    @Test
    void planesAreResized() {
        assertThat(RasterSnippets.resampling(Plane.allocate(24, 32))).hasToString("Plane[48, 64]");
        assertThat(RasterSnippets.rgbResampling(RgbImage.allocate(3, 5))).hasToString("RgbImage[384, 384]");
    }

    @Test
    void areaReductionAverages() {
        float[] reduced = RasterSnippets.area().toArray();
        assertThat(reduced[0]).isCloseTo(4 / 3f, within(1e-6f));
        assertThat(reduced[1]).isCloseTo(8 / 3f, within(1e-6f));
    }
}
