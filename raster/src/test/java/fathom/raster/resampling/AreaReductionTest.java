package fathom.raster.resampling;

import java.util.Random;

import fathom.raster.Plane;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class AreaReductionTest {
    private static double overlap(int pixel, double start, double end) {
        return Math.max(0, Math.min(pixel + 1, end) - Math.max(pixel, start));
    }

    /** Returns the mean by definition: the sum of every finite source value times the area that it shares with the target pixel. */
    private static double average(Plane values, int height, int width, int row, int column) {
        double sum = 0;
        double area = 0;
        for (int y = 0; y < values.height(); y++) {
            double tall = overlap(y, row * (double) values.height() / height, (row + 1.0) * values.height() / height);
            for (int x = 0; tall > 0 && x < values.width(); x++) {
                double wide = overlap(x, column * (double) values.width() / width,
                        (column + 1.0) * values.width() / width);
                if (wide > 0 && Float.isFinite(values.get(y, x))) {
                    sum += tall * wide * values.get(y, x);
                    area += tall * wide;
                }
            }
        }
        return sum / area;
    }

    @Property(tries = 80)
    void everyPixelIsTheMeanOfTheFiniteValuesUnderIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        Random random = new Random(seed);
        Plane whole = Plane.allocate(height + 2, width + 3);
        for (int i = 0; i < whole.size(); i++) {
            whole.array()[i] = random.nextInt(4) == 0 ? Float.NaN : random.nextFloat() * 10;
        }
        Plane values = whole.crop(1, 2, height, width);
        int h = 1 + random.nextInt(height);
        int w = 1 + random.nextInt(width);
        Plane reduced = AreaReduction.ofFinite(values, h, w);
        for (int row = 0; row < h; row++) {
            for (int column = 0; column < w; column++) {
                double expected = average(values, h, w, row, column);
                if (Double.isNaN(expected)) {
                    assertThat(reduced.get(row, column)).isNaN();
                } else {
                    assertThat((double) reduced.get(row, column)).isCloseTo(expected, within(1e-5));
                }
            }
        }
    }

    @Property(tries = 80)
    void everyPixelIsTheRoundedMeanOfThePixelsUnderIt(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 40) int width) {
        Random random = new Random(seed);
        byte[] bytes = new byte[height * width * 3];
        random.nextBytes(bytes);
        RgbImage image = RgbImage.wrap(bytes, height, width);
        int h = 1 + random.nextInt(height);
        int w = 1 + random.nextInt(width);
        RgbImage reduced = AreaReduction.of(image, h, w);
        for (int channel = 0; channel < 3; channel++) {
            Plane plane = Plane.allocate(height, width);
            for (int i = 0; i < plane.size(); i++) {
                plane.array()[i] = bytes[3 * i + channel] & 0xFF;
            }
            for (int row = 0; row < h; row++) {
                for (int column = 0; column < w; column++) {
                    double expected = average(plane, h, w, row, column);
                    assertThat((double) reduced.get(row, column, channel)).isBetween(expected - 0.501,
                            expected + 0.501);
                }
            }
        }
    }

    @Test
    void spansCoverAnAxisExactlyOnce() {
        for (int sources = 1; sources <= 50; sources++) {
            for (int targets = 1; targets <= sources; targets++) {
                AreaSpans spans = new AreaSpans(sources, targets);
                int[] covered = new int[sources];
                for (int target = 0; target < targets; target++) {
                    int extent = 0;
                    for (int source = spans.first(target); source <= spans.last(target); source++) {
                        assertThat(spans.covered(target, source)).isPositive();
                        covered[source] += spans.covered(target, source);
                        extent += spans.covered(target, source);
                    }
                    assertThat(extent).isEqualTo(spans.extent());
                }
                assertThat(covered).containsOnly(targets);
            }
        }
    }

    @Test
    void aLargerSizeIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> AreaReduction.ofFinite(Plane.allocate(3, 4), 3, 5))
                .withMessageContaining("at most 3 and 4, found 3 and 5");
        assertThatIllegalArgumentException().isThrownBy(() -> AreaReduction.of(RgbImage.allocate(3, 4), 4, 4))
                .withMessageContaining("at most 3 and 4, found 4 and 4");
    }
}
