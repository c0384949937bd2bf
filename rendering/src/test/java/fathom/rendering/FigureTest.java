package fathom.rendering;

import java.util.Arrays;
import java.util.Random;

import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FigureTest {
    private static final int WHITE = 0xFFFFFF;

    private static RgbImage plain(int height, int width, int rgb) {
        RgbImage image = RgbImage.allocate(height, width);
        for (int i = 0; i < height * width; i++) {
            image.array()[3 * i] = (byte) (rgb >> 16);
            image.array()[3 * i + 1] = (byte) (rgb >> 8);
            image.array()[3 * i + 2] = (byte) rgb;
        }
        return image;
    }

    private static int rgb(RgbImage image, int row, int column) {
        return image.get(row, column, 0) << 16 | image.get(row, column, 1) << 8 | image.get(row, column, 2);
    }

    private static long count(RgbImage image, int rgb) {
        long count = 0;
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                count += rgb(image, row, column) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void panelsHaveEqualHeightAndKeepTheirAspectRatio() {
        RgbImage figure = new Figure(120).add("", plain(240, 320, 0xFF0000)).add("", plain(60, 60, 0x00FF00)).nextRow()
                .add("", plain(120, 120, 0x0000FF)).render();
        assertThat(count(figure, 0xFF0000)).isEqualTo(120 * 160);
        assertThat(count(figure, 0x00FF00)).isEqualTo(120 * 120);
        assertThat(count(figure, 0x0000FF)).isEqualTo(120 * 120);
        assertThat(rgb(figure, 0, 0)).isEqualTo(WHITE);
    }

    @Test
    void titlesAreDrawnAboveThePanels() {
        RgbImage without = new Figure(100).add("", plain(100, 100, 0x00FF00)).render();
        RgbImage with = new Figure(100).add("image", plain(100, 100, 0x00FF00)).render();
        assertThat(with.height()).isGreaterThan(without.height());
        long inkWithout = without.height() * (long) without.width() - count(without, WHITE);
        long inkWith = with.height() * (long) with.width() - count(with, WHITE);
        assertThat(inkWith - inkWithout).isBetween(20L, 2000L);
        RgbImage wide = new Figure(100).add("a title that is longer than its picture is wide", plain(100, 30, 0))
                .render();
        assertThat(wide.width()).isGreaterThan(200);
    }

    @Test
    void legendRunsFromItsMaximumDownToItsMinimum() {
        Shading shading = Shading.of(Colormap.viridis(), new ValueRange(0.4, 5));
        RgbImage bar = new Legend(shading, "").render(256);
        assertThat(rgb(bar, 0, 2)).isEqualTo(Colormap.viridis().rgb(255));
        assertThat(rgb(bar, 255, 2)).isEqualTo(Colormap.viridis().rgb(0));
        assertThat(rgb(bar, 100, 2)).isEqualTo(Colormap.viridis().rgb(155));
        Shading flipped = Shading.ofDepth(Colormap.viridis(), new ValueRange(0.4, 5), true);
        assertThat(rgb(new Legend(flipped, "").render(256), 0, 2)).isEqualTo(Colormap.viridis().rgb(0));
    }

    @Test
    void legendShowsItsUnitAboveTheBar() {
        Shading shading = Shading.of(Colormap.viridis(), new ValueRange(0, 5));
        RgbImage with = new Legend(shading, "m").render(200);
        assertThat(rgb(with, 199, 2)).isEqualTo(Colormap.viridis().rgb(0));
        assertThat(count(with.crop(0, 0, 12, with.width()), WHITE)).isLessThan(12L * with.width());
        assertThat(count(with, Colormap.viridis().rgb(255))).isPositive();
    }

    @Test
    void renderingIsDeterministic() {
        Shading shading = Shading.of(Colormap.byName("magma"), new ValueRange(-3, 5));
        Figure figure = new Figure(80).add("x", plain(40, 30, 0x102030), shading, "m");
        assertThat(figure.render().toArray()).isEqualTo(figure.render().toArray());
    }

    @Property(tries = 300)
    void ticksAreRoundEvenAndInside(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int most) {
        Random random = new Random(seed);
        double span = Math.pow(10, random.nextDouble() * 18 - 9);
        double min = (random.nextDouble() - 0.5) * 20 * span;
        ValueRange range = new ValueRange(min, min + span);
        Ticks ticks = Ticks.in(range, most);
        assertThat(ticks.values()).hasSizeBetween(1, most + 1);
        for (double value : ticks.values()) {
            assertThat(value).isBetween(min - span * 1e-6, min + span * (1 + 1e-6));
        }
        String[] labels = ticks.values().stream().map(ticks::label).toArray(String[]::new);
        assertThat(Arrays.stream(labels).distinct().count()).as("labels differ: %s", Arrays.toString(labels))
                .isEqualTo(labels.length);
        assertThat(labels).doesNotContain("-0", "−0", "−0.0");
    }

    @Test
    void ticksOfARoomAreWholeMetres() {
        Ticks ticks = Ticks.in(new ValueRange(0.7, 4.6), 5);
        assertThat(ticks.values().stream().map(ticks::label)).containsExactly("1", "2", "3", "4");
        Ticks fine = Ticks.in(new ValueRange(-0.11, 0.1), 5);
        assertThat(fine.values().stream().map(fine::label)).containsExactly("−0.10", "−0.05", "0.00", "0.05", "0.10");
        assertThat(Ticks.in(new ValueRange(0.5, 4.6), 2).values()).as("5, 10 … lie outside").containsExactly(2.0, 4.0);
        Ticks large = Ticks.in(new ValueRange(0, 2.5e7), 5);
        assertThat(large.values().stream().map(large::label)).containsExactly("0", "5e+06", "1.0e+07", "1.5e+07",
                "2.0e+07", "2.5e+07");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Figure(10)).withMessageContaining("10");
        assertThatIllegalStateException().isThrownBy(() -> new Figure(100).nextRow().render())
                .withMessageContaining("picture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Legend(Shading.of(Colormap.viridis(), new ValueRange(0, 1)), "m").render(20));
    }
}
