package fathom.models.moge;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import fathom.models.Estimate;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MogePostprocessorTest {
    private static final int HEIGHT = 6;
    private static final int WIDTH = 8;

    private static Plane plane(double start, double step) {
        Plane plane = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = (float) (start + step * Math.sin(i));
        }
        return plane;
    }

    @Test
    void postprocessingDoesNotModifyThePoints() {
        Plane mask = plane(1, 0);
        mask.set(2, 3, 0);
        List<Plane> all = List.of(plane(0, 1), plane(0.5, 1), plane(2, 0.5), mask, plane(0, 2), plane(1, 2),
                plane(2, 3));
        List<float[]> before = all.stream().map(Plane::toArray).toList();
        AffinePoints points = new AffinePoints(all.get(0), all.get(1), all.get(2), mask, Optional.of(all.subList(4, 7)),
                OptionalDouble.of(3));
        MogePostprocessor reading = new MogePostprocessor(true, true, Double.NaN);
        Estimate first = reading.estimate(points);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).toArray()).isEqualTo(before.get(i));
        }
        Estimate second = reading.estimate(points);
        assertThat(first.prediction().kind()).isEqualTo(DepthKind.METRIC);
        assertThat(first.prediction().values().get(2, 3)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(first.prediction().values().get(0, 0)).isPositive().isFinite();
        assertThat(second.numbers()).isEqualTo(first.numbers());
        assertThat(second.prediction().values().toArray()).isEqualTo(first.prediction().values().toArray());
    }

    @Test
    void pointsOfDifferentSizesAreRejected() {
        Plane small = Plane.allocate(1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new AffinePoints(plane(0, 1), plane(0, 1), small,
                plane(1, 0), Optional.empty(), OptionalDouble.empty())).withMessageContaining("points");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AffinePoints(plane(0, 1), plane(0, 1), plane(0, 1), plane(1, 0),
                        Optional.of(List.of(plane(0, 1))), OptionalDouble.empty()))
                .withMessageContaining("three axes, found 1");
    }
}
