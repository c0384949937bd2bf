package fathom.raster;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class IntrinsicsTest {
    @Property(tries = 200)
    void unprojectedPointsProjectToTheirPixels(@ForAll @DoubleRange(min = 50, max = 900) double fx,
            @ForAll @DoubleRange(min = 50, max = 900) double fy,
            @ForAll @DoubleRange(min = 0.2, max = 20) double depth) {
        Intrinsics camera = new Intrinsics(fx, fy, 3.2, 2.7);
        Plane plane = Plane.allocate(6, 9).crop(1, 1, 5, 7);
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 7; column++) {
                plane.set(row, column, (float) depth + row * 0.1f + column);
            }
        }
        float[] points = camera.unproject(plane);
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 7; column++) {
                int at = 3 * (row * 7 + column);
                double z = points[at + 2];
                assertThat(z).isEqualTo(plane.get(row, column));
                assertThat(points[at] / z * fx + 3.2).isCloseTo(column, within(1e-3));
                assertThat(points[at + 1] / z * fy + 2.7).isCloseTo(row, within(1e-3));
            }
        }
    }

    @Property
    void fieldOfViewIsRecovered(@ForAll @DoubleRange(min = 5, max = 170) double degrees,
            @ForAll @IntRange(min = 2, max = 4000) int width) {
        Intrinsics camera = Intrinsics.fromFieldOfView(degrees, 100, width);
        assertThat(camera.horizontalFieldOfView(width)).isCloseTo(degrees, within(1e-9));
        assertThat(camera.resized(100, width, 50, 2 * width).horizontalFieldOfView(2 * width)).isCloseTo(degrees,
                within(1e-9));
    }

    @Test
    void resizingKeepsCornersOnCorners() {
        Intrinsics half = new Intrinsics(500, 400, 319.5, 239.5).resized(480, 640, 240, 320);
        assertThat(half).isEqualTo(new Intrinsics(250, 200, 159.5, 119.5));
    }

    @Test
    void missingDepthStaysMissing() {
        float[] points = new Intrinsics(1, 1, 0.5, 0.5).unproject(Plane.wrap(new float[]{Float.NaN}, 1, 1));
        assertThat(points).containsExactly(Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void impossibleCamerasAreRejected() {
        assertThatThrownBy(() -> new Intrinsics(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Intrinsics(1, Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Intrinsics(1, 1, Double.POSITIVE_INFINITY, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Intrinsics.fromFieldOfView(180, 10, 10)).isInstanceOf(IllegalArgumentException.class);
    }
}
