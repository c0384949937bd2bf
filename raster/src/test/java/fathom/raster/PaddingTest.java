package fathom.raster;

import fathom.raster.resampling.Goldens;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PaddingTest {
    @Test
    void reflectEqualsTorch() {
        Plane padded = Padding.REFLECT.padded(Goldens.pattern(13, 17), 7, 2, 3, 5);
        assertThat(padded.toArray()).isEqualTo(Goldens.array("pad_reflect").plane(0).toArray());
    }

    @Test
    void replicateEqualsTorch() {
        Plane padded = Padding.REPLICATE.padded(Goldens.pattern(13, 17), 7, 2, 3, 5);
        assertThat(padded.toArray()).isEqualTo(Goldens.array("pad_replicate").plane(0).toArray());
    }

    @Test
    void reflectContinuesMirroringBeyondTheOppositeEdge() {
        Plane line = Plane.wrap(new float[]{1, 2, 3}, 1, 3);
        assertThat(Padding.REFLECT.padded(line, 0, 0, 5, 4).toArray()).containsExactly(2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2,
                3);
        assertThat(Padding.REFLECT.padded(Plane.wrap(new float[]{7}, 1, 1), 1, 1, 2, 0).toArray()).containsOnly(7);
    }

    @Test
    void aCroppedViewIsPaddedWithItsOwnEdges() {
        Plane view = Goldens.pattern(9, 9).crop(2, 3, 4, 5);
        for (Padding padding : Padding.values()) {
            assertThat(padding.padded(view, 2, 3, 1, 2).toArray())
                    .isEqualTo(padding.padded(view.copy(), 2, 3, 1, 2).toArray());
        }
    }

    @Test
    void negativePaddingIsRejected() {
        assertThatThrownBy(() -> Padding.REFLECT.padded(Plane.allocate(2, 2), 0, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("bottom -1");
    }
}
