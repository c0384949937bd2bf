package fathom.evaluation.metrics;

import java.util.Arrays;
import java.util.Random;

import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ImageMetricsTest {
    private static GrayImage random(Random random, int height, int width) {
        byte[] bytes = new byte[height * width];
        random.nextBytes(bytes);
        return GrayImage.wrap(bytes, height, width);
    }

    private static GrayImage near(Random random, GrayImage image, int spread) {
        byte[] bytes = image.toArray();
        for (int i = 0; i < bytes.length; i++) {
            int level = (bytes[i] & 0xFF) + random.nextInt(2 * spread + 1) - spread;
            bytes[i] = (byte) Math.clamp(level, 0, 255);
        }
        return GrayImage.wrap(bytes, image.height(), image.width());
    }

    private static Mask holes(Random random, int height, int width, double share) {
        Mask mask = Mask.filled(height, width, true);
        for (int i = 0; i < mask.array().length; i++) {
            mask.array()[i] = random.nextDouble() >= share;
        }
        return mask;
    }

    private static Plane plane(Random random, int height, int width, float base, float spread) {
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < plane.array().length; i++) {
            plane.array()[i] = base + spread * random.nextFloat();
        }
        return plane;
    }

    @Property(tries = 150)
    void eightBitScoresEqualTheDefinitions(@ForAll long seed, @ForAll @IntRange(min = 11, max = 40) int height,
            @ForAll @IntRange(min = 11, max = 40) int width) {
        Random random = new Random(seed);
        int kind = random.nextInt(4);
        GrayImage x = random(random, height, width);
        GrayImage y = kind == 0 ? random(random, height, width) : near(random, x, kind * 9);
        Mask all = Mask.filled(height, width, true);
        double[][] xs = SlowMetrics.values(x);
        double[][] ys = SlowMetrics.values(y);
        ImageScores scores = ImageMetrics.score(x, y);
        assertThat(scores.mse()).isCloseTo(SlowMetrics.mse(xs, ys, all), within(1e-9));
        assertThat(scores.ssim()).isCloseTo(SlowMetrics.ssim(xs, ys, all, 255, SsimOptions.DEFAULT), within(1e-12));
        for (SsimOptions options : new SsimOptions[]{window(3), window(11), SsimOptions.WANG_2004,
                SsimOptions.gaussian(0.8, true), new SsimOptions(5, false, 1, false, 0.02, 0)}) {
            assertThat(ImageMetrics.ssim(x, y, options)).isCloseTo(SlowMetrics.ssim(xs, ys, all, 255, options),
                    within(1e-11));
        }
    }

    @Property(tries = 150)
    void maskedScoresEqualTheDefinitions(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        Random random = new Random(seed);
        int share = random.nextInt(5);
        GrayImage x = random(random, height, width);
        GrayImage y = near(random, x, 40);
        Mask valid = holes(random, height, width, share * share * 0.01);
        valid.array()[random.nextInt(valid.array().length)] = true;
        ImageScores scores = ImageMetrics.score(x, y, valid);
        double[][] xs = SlowMetrics.values(x);
        double[][] ys = SlowMetrics.values(y);
        assertThat(scores.pixels()).isEqualTo(valid.count());
        assertThat(scores.mse()).isCloseTo(SlowMetrics.mse(xs, ys, valid), within(1e-9));
        double ssim = SlowMetrics.ssim(xs, ys, valid, 255, SsimOptions.DEFAULT);
        if (Double.isNaN(ssim)) {
            assertThat(scores.ssim()).isNaN();
            assertThat(scores.windows()).isZero();
        } else {
            assertThat(scores.ssim()).isCloseTo(ssim, within(1e-12));
        }
    }

    @Property(tries = 60)
    void metricsIgnoreMaskedPixels(@ForAll long seed) {
        Random random = new Random(seed);
        int height = 7 + random.nextInt(30);
        int width = 7 + random.nextInt(30);
        GrayImage x = random(random, height, width);
        GrayImage y = near(random, x, 60);
        Mask valid = holes(random, height, width, 0.03);
        valid.set(0, 0, true);
        ImageScores before = ImageMetrics.score(x, y, valid);
        byte[] changed = y.toArray();
        for (int i = 0; i < changed.length; i++) {
            if (!valid.array()[i]) {
                changed[i] = (byte) random.nextInt(256);
            }
        }
        assertThat(ImageMetrics.score(x, GrayImage.wrap(changed, height, width), valid)).isEqualTo(before);
    }

    @Test
    void maskOfEveryPixelChangesNothing() {
        Random random = new Random(5);
        GrayImage x = random(random, 31, 45);
        GrayImage y = near(random, x, 30);
        ImageScores masked = ImageMetrics.score(x, y, Mask.filled(31, 45, true));
        assertThat(masked.mse()).isEqualTo(ImageMetrics.score(x, y).mse());
        assertThat(masked.ssim()).isCloseTo(ImageMetrics.score(x, y).ssim(), within(1e-14));
        assertThat(masked.windows()).isEqualTo(25 * 39);
    }

    @Property(tries = 60)
    void scoresAreSymmetric(@ForAll long seed) {
        Random random = new Random(seed);
        GrayImage x = random(random, 7 + random.nextInt(20), 7 + random.nextInt(20));
        GrayImage y = near(random, x, 50);
        assertThat(ImageMetrics.score(y, x)).isEqualTo(ImageMetrics.score(x, y));
    }

    @Property(tries = 60)
    void identicalPicturesScorePerfectly(@ForAll long seed) {
        Random random = new Random(seed);
        GrayImage x = random(random, 7 + random.nextInt(20), 7 + random.nextInt(20));
        ImageScores scores = ImageMetrics.score(x, GrayImage.wrap(x.toArray(), x.height(), x.width()));
        assertThat(scores.mse()).isZero();
        assertThat(scores.psnr()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(scores.ssim()).isEqualTo(1);
        Plane plane = plane(random, 9, 12, 1, 3);
        assertThat(ImageMetrics.score(plane, plane.copy(), 4).ssim()).isEqualTo(1);
    }

    @Property(tries = 60)
    void croppedViewsScoreAsTheirCopies(@ForAll long seed) {
        Random random = new Random(seed);
        GrayImage x = random(random, 30, 33);
        GrayImage y = near(random, x, 40);
        GrayImage xView = x.crop(3, 5, 20, 21);
        GrayImage yView = y.crop(6, 2, 20, 21);
        assertThat(ImageMetrics.score(xView, yView)).isEqualTo(
                ImageMetrics.score(GrayImage.wrap(xView.toArray(), 20, 21), GrayImage.wrap(yView.toArray(), 20, 21)));
        assertThat(ImageMetrics.ssim(xView, yView, SsimOptions.WANG_2004))
                .isEqualTo(ImageMetrics.ssim(GrayImage.wrap(xView.toArray(), 20, 21),
                        GrayImage.wrap(yView.toArray(), 20, 21), SsimOptions.WANG_2004));
        Plane p = plane(random, 30, 33, 0, 1);
        Plane q = plane(random, 30, 33, 0, 1);
        assertThat(ImageMetrics.score(p.crop(1, 2, 15, 16), q.crop(4, 4, 15, 16), 1))
                .isEqualTo(ImageMetrics.score(p.crop(1, 2, 15, 16).copy(), q.crop(4, 4, 15, 16).copy(), 1));
    }

    @Property(tries = 60)
    void floatScoresEqualTheDefinitions(@ForAll long seed, @ForAll @IntRange(min = 7, max = 40) int height,
            @ForAll @IntRange(min = 7, max = 40) int width) {
        Random random = new Random(seed);
        double[][] xs = new double[height][width];
        double[][] ys = new double[height][width];
        double[] x = new double[height * width];
        double[] y = new double[height * width];
        Plane p = Plane.allocate(height, width);
        Plane q = Plane.allocate(height, width);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble();
            y[i] = (float) (x[i] + 0.3 * random.nextGaussian());
            xs[i / width][i % width] = x[i];
            ys[i / width][i % width] = y[i];
            p.array()[i] = (float) x[i];
            q.array()[i] = (float) y[i];
        }
        Mask all = Mask.filled(height, width, true);
        double ssim = SlowMetrics.ssim(xs, ys, all, 1, SsimOptions.DEFAULT);
        double mse = SlowMetrics.mse(xs, ys, all);
        assertThat(ImageMetrics.score(x, y, height, width, 1).ssim()).isCloseTo(ssim, within(1e-11));
        assertThat(ImageMetrics.score(x, y, height, width, 1).mse()).isCloseTo(mse, within(1e-12));
        assertThat(ImageMetrics.score(p, q, 1).ssim()).isCloseTo(ssim, within(2e-5));
        assertThat(ImageMetrics.score(p, q, 1).mse()).isCloseTo(mse, within(1e-6));
    }

    @Test
    void nanInFloatPicturesIsNotHidden() {
        Random random = new Random(1);
        Plane p = plane(random, 20, 20, 0, 1);
        Plane q = plane(random, 20, 20, 0, 1);
        q.set(11, 4, Float.NaN);
        ImageScores scores = ImageMetrics.score(p, q, 1);
        assertThat(scores.mse()).isNaN();
        assertThat(scores.psnr()).isNaN();
        assertThat(scores.ssim()).isNaN();
    }

    @Test
    void windowsTooLargeForIntegerSumsAreScored() {
        Random random = new Random(2);
        GrayImage x = random(random, 140, 135);
        GrayImage y = near(random, x, 40);
        double ssim = SlowMetrics.ssim(SlowMetrics.values(x), SlowMetrics.values(y), Mask.filled(140, 135, true), 255,
                window(129));
        assertThat(ImageMetrics.ssim(x, y, window(129))).isCloseTo(ssim, within(1e-11));
        GrayImage white = GrayImage.wrap(filled(140 * 135, 255), 140, 135);
        GrayImage black = GrayImage.wrap(filled(140 * 135, 0), 140, 135);
        assertThat(ImageMetrics.ssim(white, white, window(127))).isEqualTo(1);
        assertThat(ImageMetrics.ssim(white, black, window(127))).isCloseTo(9.999000099990003e-05, within(1e-15));
    }

    private static byte[] filled(int length, int level) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) level);
        return bytes;
    }

    @Test
    void veryWidePicturesDoNotOverflow() {
        int width = 70_001;
        GrayImage white = GrayImage.wrap(filled(2 * width, 255), 2, width);
        GrayImage black = GrayImage.wrap(filled(2 * width, 0), 2, width);
        assertThat(ImageMetrics.score(white, black, Mask.filled(2, width, true)).mse()).isEqualTo(65025);
        assertThat(ImageMetrics.scoreIfFits(white, black).mse()).isEqualTo(65025);
        assertThat(ImageMetrics.scoreIfFits(white, black).psnr()).isZero();
    }

    @Test
    void picturesSmallerThanTheWindowAreRejectedWithBothSizes() {
        for (int[] size : new int[][]{{6, 20}, {20, 6}, {1, 1}}) {
            GrayImage image = GrayImage.allocate(size[0], size[1]);
            assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(image, image))
                    .withMessageContaining("7×7").withMessageContaining(size[1] + "×" + size[0]);
            Plane plane = Plane.allocate(size[0], size[1]);
            assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(plane, plane, 1));
            RgbImage rgb = RgbImage.allocate(size[0], size[1]);
            assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(rgb, rgb));
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        GrayImage image = GrayImage.allocate(8, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(image, GrayImage.allocate(9, 8)))
                .withMessageContaining("prediction").withMessageContaining("[8, 9]").withMessageContaining("[9, 8]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageMetrics.score(RgbImage.allocate(8, 9), RgbImage.allocate(9, 8)))
                .withMessageContaining("prediction");
        assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(image, image, Mask.filled(9, 8, true)))
                .withMessageContaining("valid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageMetrics.score(image, image, Mask.filled(8, 9, false)))
                .withMessageContaining("none");
        Plane plane = Plane.allocate(8, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(plane, plane, 0))
                .withMessageContaining("range");
        assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.score(plane, plane, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageMetrics.score(new double[72], new double[71], 8, 9, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageMetrics.score(new double[72], new double[72], 8, 8, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> window(8)).withMessageContaining("odd");
        assertThatIllegalArgumentException().isThrownBy(() -> SsimOptions.gaussian(0, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new SsimOptions(7, false, 1.5, true, -1, 0.03));
    }

    /** Returns the defaults with another window. */
    private static SsimOptions window(int side) {
        return new SsimOptions(side, false, 1.5, true, 0.01, 0.03);
    }
}
