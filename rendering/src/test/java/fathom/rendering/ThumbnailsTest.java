package fathom.rendering;

import java.util.Random;

import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ThumbnailsTest {
    private static RgbImage random(long seed, int height, int width) {
        byte[] bytes = new byte[height * width * 3];
        new Random(seed).nextBytes(bytes);
        return RgbImage.wrap(bytes, height, width);
    }

    /** The area average by definition: every source pixel times the area that it shares with the target pixel. */
    private static double average(RgbImage image, int height, int width, int row, int column, int channel) {
        double sum = 0;
        double area = 0;
        for (int y = 0; y < image.height(); y++) {
            double tall = overlap(y, row * (double) image.height() / height, (row + 1.0) * image.height() / height);
            for (int x = 0; tall > 0 && x < image.width(); x++) {
                double wide = overlap(x, column * (double) image.width() / width,
                        (column + 1.0) * image.width() / width);
                sum += tall * wide * image.get(y, x, channel);
                area += tall * wide;
            }
        }
        return sum / area;
    }

    private static double overlap(int pixel, double start, double end) {
        return Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start));
    }

    @Property(tries = 80)
    void everyPixelIsTheAverageOfTheAreaItCovers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        Random random = new Random(seed);
        RgbImage image = random(seed, height, width);
        int h = 1 + random.nextInt(height);
        int w = 1 + random.nextInt(width);
        RgbImage small = Thumbnails.reduced(image, h, w);
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    double expected = average(image, h, w, row, column, channel);
                    assertThat((double) small.get(row, column, channel)).isBetween(expected - 0.501, expected + 0.501);
                }
            }
        }
    }

    @Test
    void thumbnailsFitAndKeepProportions() {
        RgbImage image = random(1, 480, 640);
        assertThat(Thumbnails.fit(image, 256, 256)).extracting(RgbImage::height, RgbImage::width)
                .containsExactly(192, 256);
        assertThat(Thumbnails.fit(image, 100, 1000)).extracting(RgbImage::height, RgbImage::width)
                .containsExactly(100, 133);
        assertThat(Thumbnails.fit(random(1, 1, 1000), 50, 50)).extracting(RgbImage::height, RgbImage::width)
                .containsExactly(1, 50);
    }

    @Test
    void picturesThatFitAreLeftAlone() {
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
    void aSizeBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Thumbnails.fit(random(4, 9, 9), 0, 5))
                .withMessageContaining("5×0");
    }
}
