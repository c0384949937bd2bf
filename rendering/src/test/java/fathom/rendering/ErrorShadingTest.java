package fathom.rendering;

import java.util.List;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ErrorShadingTest {
    private static Plane row(float... values) {
        return Plane.wrap(values, 1, values.length);
    }

    private static RgbImage render(Plane errors, Shading shading) {
        return Heatmap.render(errors, Mask.ofFinite(errors), shading);
    }

    private static int rgb(RgbImage picture, int column) {
        return picture.get(0, column, 0) << 16 | picture.get(0, column, 1) << 8 | picture.get(0, column, 2);
    }

    @Test
    void zeroErrorIsWhiteTooNearIsBlueTooFarIsRedMissingIsGray() {
        Plane errors = row(0, -1, 1, Float.NaN);
        RgbImage picture = render(errors, ErrorShading.signed(List.of(errors)));
        assertThat(picture.get(0, 0, 0)).isGreaterThan(240);
        assertThat(picture.get(0, 0, 2)).isGreaterThan(240);
        assertThat(picture.get(0, 1, 2)).isGreaterThan(picture.get(0, 1, 0));
        assertThat(picture.get(0, 2, 0)).isGreaterThan(picture.get(0, 2, 2));
        assertThat(rgb(picture, 3)).isEqualTo(Shading.INVALID);
    }

    @Test
    void mapsThatShareColoursReachTheLargestPercentile() {
        Shading shading = ErrorShading.size(List.of(row(0, 0.5f, 1), row(0, 2, 4)));
        assertThat(shading.range().min()).isZero();
        assertThat(shading.range().max()).isCloseTo(3.92, within(1e-6));
        assertThat(ErrorShading.signed(List.of(row(-4, -2, 0))).range().max()).isCloseTo(3.92, within(1e-6));
    }

    @Test
    void perfectAndEmptyMapsHaveARange() {
        assertThat(ErrorShading.size(List.of(row(0, 0))).range()).isEqualTo(new ValueRange(0, 1));
        assertThat(ErrorShading.signed(List.of(row(Float.NaN))).range()).isEqualTo(new ValueRange(-1, 1));
    }

    @Test
    void noColourOfAnErrorIsTheColourOfMissingPixels() {
        for (String name : List.of("inferno", "RdBu_r")) {
            for (int i = 0; i < Colormap.SIZE; i++) {
                int rgb = Colormap.byName(name).rgb(i);
                int distance = Math.abs((rgb >> 16) - (Shading.INVALID >> 16))
                        + Math.abs((rgb >> 8 & 0xFF) - (Shading.INVALID >> 8 & 0xFF))
                        + Math.abs((rgb & 0xFF) - (Shading.INVALID & 0xFF));
                assertThat(distance).as(name + " " + i).isGreaterThan(40);
            }
        }
    }

    @Test
    void classesHaveColoursOfRisingLightness() {
        Shading shading = ErrorShading.classes(4);
        int last = -1;
        for (int value = 0; value < 4; value++) {
            int rgb = rgb(render(row(value), shading), 0);
            int light = 3 * (rgb >> 16) + 6 * (rgb >> 8 & 0xFF) + (rgb & 0xFF);
            assertThat(light).isGreaterThan(last + 200);
            last = light;
        }
    }

    @Test
    void legendOfClassesHasOneBandPerClassWithTheFirstAtTheBottom() {
        Shading shading = ErrorShading.classes(2);
        RgbImage bar = new Legend(shading, "", List.of("small", "large")).render(100);
        RgbImage picture = render(row(0, 1), shading);
        assertThat(bar.get(90, 3, 0) << 16 | bar.get(90, 3, 1) << 8 | bar.get(90, 3, 2)).isEqualTo(rgb(picture, 0));
        assertThat(bar.get(10, 3, 0) << 16 | bar.get(10, 3, 1) << 8 | bar.get(10, 3, 2)).isEqualTo(rgb(picture, 1));
        assertThat(bar.width()).isGreaterThan(new Legend(shading, "", List.of("a", "b")).render(100).width());
    }
}
