package fathom.models.preprocessing;

import java.util.Optional;

import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZoePreparationTest {
    private static final ZoePreparation PADDED = new ZoePreparation(true,
            Optional.of(new ResizePolicy.Towards(96, 128, true, 32)), Resampling.TORCH_BILINEAR_ALIGN_CORNERS,
            Normalisation.UNIT);

    /** Crops a ramp over the picture and its margin to the picture: the value is the index of the column. */
    @Test
    void marginAddedByPreprocessingIsRemoved() {
        int height = 50;
        int width = 72;
        int columns = (int) (Math.sqrt(width / 2.0) * 3);
        int rows = (int) (Math.sqrt(height / 2.0) * 3);
        Plane map = Plane.allocate(height + 2 * rows, width + 2 * columns);
        for (int row = 0; row < map.height(); row++) {
            for (int column = 0; column < map.width(); column++) {
                map.set(row, column, column - columns);
            }
        }
        Plane cut = PADDED.withoutMargin(map, height, width);
        assertThat(cut.height()).isEqualTo(height);
        assertThat(cut.width()).isEqualTo(width);
        for (int column = 0; column < width; column++) {
            assertThat(cut.get(7, column)).isEqualTo(column);
        }
    }

    @Test
    void mapWithoutMarginStaysAtItsOwnResolution() {
        Plane map = Plane.allocate(5, 6);
        ZoePreparation plain = new ZoePreparation(false, Optional.empty(), Resampling.TORCH_BILINEAR_ALIGN_CORNERS,
                Normalisation.UNIT);
        assertThat(plain.withoutMargin(map, 50, 60)).isSameAs(map);
        assertThat(plain.prepare(RgbImage.allocate(3, 4)).width()).isEqualTo(4);
    }
}
