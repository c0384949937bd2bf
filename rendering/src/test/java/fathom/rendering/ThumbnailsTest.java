package fathom.rendering;

import java.util.Random;

import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThumbnailsTest {
    private static RgbImage random(long seed, int height, int width) {
        byte[] bytes = new byte[height * width * 3];
        new Random(seed).nextBytes(bytes);
        return RgbImage.wrap(bytes, height, width);
    }

    @Test
    void thumbnailsFitAndKeepProportions() {
        RgbImage image = random(1, 480, 640);
        assertThat(Thumbnails.fit(image, 256, 256)).extracting(RgbImage::height, RgbImage::width).containsExactly(192,
                256);
        assertThat(Thumbnails.fit(image, 100, 1000)).extracting(RgbImage::height, RgbImage::width).containsExactly(100,
                133);
        assertThat(Thumbnails.fit(random(1, 1, 1000), 50, 50)).extracting(RgbImage::height, RgbImage::width)
                .containsExactly(1, 50);
    }

    @Test
    void picturesThatFitAreUnchanged() {
        RgbImage image = random(2, 30, 40);
        assertThat(Thumbnails.fit(image, 30, 40)).isSameAs(image);
        assertThat(Thumbnails.fit(image, 300, 400)).isSameAs(image);
    }

    @Test
    void croppedViewsShrinkAsTheirCopies() {
        RgbImage view = random(3, 60, 70).crop(5, 6, 40, 50);
        assertThat(Thumbnails.fit(view, 17, 17).toArray())
                .isEqualTo(Thumbnails.fit(RgbImage.wrap(view.toArray(), 40, 50), 17, 17).toArray());
    }

    @Test
    void aSizeBelowOneIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> Thumbnails.fit(random(4, 9, 9), 0, 5))
                .withMessageContaining("5×0");
    }
}
