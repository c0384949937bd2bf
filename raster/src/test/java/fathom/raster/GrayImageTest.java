package fathom.raster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrayImageTest {
    private static GrayImage counting(int height, int width) {
        byte[] bytes = new byte[height * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return GrayImage.wrap(bytes, height, width);
    }

    @Test
    void valuesAreUnsigned() {
        GrayImage image = GrayImage.wrap(new byte[]{(byte) 200, (byte) 255}, 1, 2);
        assertThat(image.get(0, 0)).isEqualTo(200);
        assertThat(image.get(0, 1)).isEqualTo(255);
    }

    @Test
    void toArrayOfACropCopiesOnlyItsPixels() {
        GrayImage image = counting(5, 7);
        GrayImage window = image.crop(1, 2, 3, 4);
        assertThat(window.isContiguous()).isFalse();
        assertThat(window.toArray()).containsExactly(9, 10, 11, 12, 16, 17, 18, 19, 23, 24, 25, 26);
        image.array()[9] = 99;
        assertThat(window.get(0, 0)).isEqualTo(99);
    }

    @Test
    void channelOfAnRgbImageKeepsPixelPositions() {
        RgbImage rgb = RgbImage.wrap(new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2);
        assertThat(GrayImage.ofChannel(rgb, 1).toArray()).containsExactly(2, 5, 8, 11);
        assertThat(GrayImage.ofChannel(rgb.crop(0, 1, 2, 1), 2).toArray()).containsExactly(6, 12);
        assertThatIllegalArgumentException().isThrownBy(() -> GrayImage.ofChannel(rgb, 3)).withMessageContaining("3");
    }

    @Test
    void levelsSurviveARoundTrip() {
        GrayImage image = counting(20, 15);
        assertThat(GrayImage.ofLevels(image.toLevels()).toArray()).isEqualTo(image.toArray());
        assertThat(image.crop(1, 2, 3, 4).toLevels().get(1, 0)).isEqualTo(32);
        assertThat(GrayImage.ofLevels(image.toLevels().crop(3, 3, 2, 2)).toArray()).containsExactly(48, 49, 63, 64);
    }

    @Test
    void valuesThatAreNotLevelsAreRejected() {
        for (float wrong : new float[]{-1, 256, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GrayImage.ofLevels(Plane.wrap(new float[]{3, wrong}, 1, 2)))
                    .withMessageContaining(Float.toString(wrong));
        }
    }

    @Test
    void wrongShapesAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> GrayImage.wrap(new byte[5], 2, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> GrayImage.allocate(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> counting(3, 3).crop(1, 1, 3, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counting(3, 3).requireSameShape("prediction", counting(3, 4)))
                .withMessageContaining("prediction");
        assertThatThrownBy(() -> counting(3, 3).get(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
