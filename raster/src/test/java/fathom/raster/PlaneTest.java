package fathom.raster;

import fathom.raster.resampling.Goldens;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlaneTest {
    @Property
    void aCropShowsTheSameValuesAsItsCopy(@ForAll @IntRange(min = 0, max = 5) int top,
            @ForAll @IntRange(min = 0, max = 5) int left, @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width) {
        Plane plane = Goldens.pattern(11, 12);
        Plane crop = plane.crop(top, left, height, width);
        Plane copy = crop.copy();
        assertThat(copy.isContiguous()).isTrue();
        assertThat(copy.toArray()).isEqualTo(crop.toArray());
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                assertThat(crop.get(row, column)).isEqualTo(plane.get(top + row, left + column))
                        .isEqualTo(copy.get(row, column));
            }
        }
    }

    @Test
    void writingToACropIsSeenInThePlane() {
        Plane plane = Plane.allocate(4, 5);
        plane.crop(1, 2, 2, 2).set(1, 0, 9);
        assertThat(plane.get(2, 2)).isEqualTo(9);
        plane.crop(0, 0, 2, 2).copy().set(0, 0, 7);
        assertThat(plane.get(0, 0)).isZero();
    }

    @Test
    void tooSmallStorageIsRejected() {
        assertThatThrownBy(() -> Plane.wrap(new float[5], 2, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6").hasMessageContaining("5");
        assertThatThrownBy(() -> Plane.wrap(new float[100], 0, 2, 3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Plane.wrap(new float[100], -1, 2, 3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Plane.allocate(0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Plane.allocate(1 << 16, 1 << 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accessOutsideARowIsRejected() {
        Plane crop = Plane.allocate(4, 4).crop(0, 0, 2, 2);
        assertThatThrownBy(() -> crop.get(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> crop.set(-1, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> crop.crop(1, 1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void differentShapesAreNamed() {
        assertThatThrownBy(() -> Plane.allocate(2, 3).requireSameShape("prediction", Plane.allocate(3, 2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("prediction: expected [2, 3], found [3, 2]");
    }
}
