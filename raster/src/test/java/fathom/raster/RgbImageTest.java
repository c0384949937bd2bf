package fathom.raster;

import fathom.raster.resampling.Goldens;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RgbImageTest {
    @Property
    void aCropShowsTheSamePixels(@ForAll @IntRange(min = 0, max = 5) int top,
            @ForAll @IntRange(min = 0, max = 5) int left, @ForAll @IntRange(min = 1, max = 6) int height,
            @ForAll @IntRange(min = 1, max = 6) int width) {
        RgbImage image = Goldens.picture("a_131x97");
        RgbImage crop = image.crop(top, left, height, width);
        RgbImage copy = RgbImage.wrap(crop.toArray(), height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(crop.get(row, column, channel)).isEqualTo(image.get(top + row, left + column, channel))
                            .isEqualTo(copy.get(row, column, channel));
                }
            }
        }
    }

    @Test
    void channelsAreUnsigned() {
        RgbImage image = RgbImage.wrap(new byte[]{-1, 0, 127}, 1, 1);
        assertThat(image.get(0, 0, 0)).isEqualTo(255);
        assertThat(image.get(0, 0, 2)).isEqualTo(127);
    }

    @Test
    void impossibleShapesAndPositionsAreRejected() {
        assertThatThrownBy(() -> RgbImage.wrap(new byte[11], 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RgbImage.allocate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        RgbImage crop = RgbImage.allocate(4, 4).crop(1, 1, 2, 2);
        assertThatThrownBy(() -> crop.get(0, 2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> crop.get(0, 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> crop.crop(0, 0, 3, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
