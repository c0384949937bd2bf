package fathom.raster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MaskTest {
    private static final Plane VALUES = Plane.wrap(
            new float[]{0, 1, Float.NaN, Float.POSITIVE_INFINITY, -2, Float.NEGATIVE_INFINITY, 1e-30f, Float.MAX_VALUE},
            2, 4);

    @Test
    void finiteMaskExcludesNanAndInfinities() {
        assertThat(Mask.ofFinite(VALUES).array()).containsExactly(true, true, false, false, true, false, true, true);
    }

    @Test
    void positiveMaskExcludesZeroNegativeAndNotFinite() {
        assertThat(Mask.ofPositive(VALUES).array()).containsExactly(false, true, false, false, false, false, true,
                true);
    }

    @Test
    void aMaskOfACropIsTheCropOfTheMask() {
        Plane crop = VALUES.crop(0, 1, 2, 2);
        assertThat(Mask.ofPositive(crop).array()).isEqualTo(Mask.ofPositive(VALUES).crop(0, 1, 2, 2).array());
    }

    @Test
    void andIsTrueWhereBothMasksAreTrue() {
        Mask both = Mask.ofFinite(VALUES).and(Mask.where(VALUES, value -> value > 0));
        assertThat(both.count()).isEqualTo(3);
        assertThatThrownBy(() -> both.and(Mask.filled(4, 2, true))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flagsAreReadAndWrittenByRowAndColumn() {
        Mask mask = Mask.filled(2, 3, false);
        mask.set(1, 2, true);
        assertThat(mask.get(1, 2)).isTrue();
        assertThat(mask.count()).isOne();
        assertThatThrownBy(() -> mask.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Mask.wrap(new boolean[5], 2, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
