package fathom.rendering;

import java.util.Arrays;
import java.util.Random;

import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class HeatmapTest {
    private static final int INVALID = 0x123456;
    private static final Colormap VIRIDIS = Colormap.viridis();

    private static Plane row(float... values) {
        return Plane.wrap(values, 1, values.length);
    }

    private static int rgb(RgbImage image, int row, int column) {
        return image.get(row, column, 0) << 16 | image.get(row, column, 1) << 8 | image.get(row, column, 2);
    }

    @Test
    void valuesAndMissingPixelsHaveTheirColours() {
        Plane values = row(0, 1, 2, 5, -3, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, 1);
        Mask valid = Mask.filled(1, 9, true);
        valid.set(0, 8, false);
        Shading shading = new Shading(VIRIDIS, new ValueRange(0, 2), false, INVALID);
        RgbImage picture = Heatmap.render(values, valid, shading);
        int[] colours = {0, 128, 255, 255, 0, 192};
        for (int i = 0; i < colours.length; i++) {
            assertThat(rgb(picture, 0, i)).isEqualTo(VIRIDIS.rgb(colours[i]));
        }
        for (int i = 6; i < 9; i++) {
            assertThat(rgb(picture, 0, i)).isEqualTo(INVALID);
        }
    }

    @Test
    void flippedShadingRunsBackwards() {
        Shading shading = new Shading(VIRIDIS, new ValueRange(0, 2), true, INVALID);
        RgbImage picture = Heatmap.render(row(0, 2, 9, -1), Mask.filled(1, 4, true), shading);
        assertThat(rgb(picture, 0, 0)).isEqualTo(VIRIDIS.rgb(255));
        assertThat(rgb(picture, 0, 1)).isEqualTo(VIRIDIS.rgb(0));
        assertThat(rgb(picture, 0, 2)).isEqualTo(VIRIDIS.rgb(0));
        assertThat(rgb(picture, 0, 3)).isEqualTo(VIRIDIS.rgb(255));
    }

    @ParameterizedTest
    @EnumSource(DepthKind.class)
    void farIsBrightForEveryKind(DepthKind kind) {
        Plane nearToFar = Plane.allocate(10, 100);
        for (int i = 0; i < 1000; i++) {
            float z = 1 + i % 100 / 20f;
            nearToFar.array()[i] = kind.isInverse() ? 1 / z : z;
        }
        RgbImage picture = Heatmap.of(new Prediction(kind, nearToFar), VIRIDIS);
        assertThat(rgb(picture, 0, 0)).isEqualTo(VIRIDIS.rgb(0));
        assertThat(rgb(picture, 5, 99)).isEqualTo(VIRIDIS.rgb(255));
    }

    @Test
    void missingPixelsOfMeasuredDepthAreVisible() {
        Plane metres = row(1, 2, 0, 3);
        RgbImage picture = Heatmap.of(new MeasuredDepth(metres, metres, Mask.ofPositive(metres)), VIRIDIS);
        assertThat(rgb(picture, 0, 2)).isEqualTo(Shading.INVALID);
        assertThat(rgb(picture, 0, 0)).isEqualTo(VIRIDIS.rgb(0));
        assertThat(rgb(picture, 0, 3)).isEqualTo(VIRIDIS.rgb(255));
    }

    @Test
    void depthWithoutAnyMeasurementIsRenderedAsMissing() {
        Plane zeros = Plane.allocate(3, 4);
        RgbImage picture = Heatmap.of(new MeasuredDepth(zeros, zeros, Mask.filled(3, 4, false)), VIRIDIS);
        for (int i = 0; i < 12; i++) {
            assertThat(rgb(picture, i / 4, i % 4)).isEqualTo(Shading.INVALID);
        }
    }

    @Test
    void constantMapsAreDrawn() {
        for (float level : new float[]{0, 3, -7, 1e30f}) {
            Plane flat = row(level, level, level);
            RgbImage picture = Heatmap.of(new Prediction(DepthKind.METRIC, flat), VIRIDIS);
            assertThat(rgb(picture, 0, 1)).isEqualTo(VIRIDIS.rgb(128));
        }
    }

    @Property(tries = 100)
    void percentilesAreNumPys(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(200);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Mask valid = Mask.filled(1, size, true);
        float[] kept = values.clone();
        Plane plane = row(Arrays.copyOf(values, size + 2)).crop(0, 0, 1, size);
        Arrays.sort(kept);
        ValueRange range = ValueRange.percentiles(plane, valid, 2, 98);
        if (size == 1) {
            assertThat((range.min() + range.max()) / 2).isCloseTo(kept[0], within(1e-9));
            return;
        }
        double at = 0.98 * (size - 1);
        int below = (int) Math.floor(at);
        double expected = below + 1 < size
                ? kept[below] * (1 - (at - below)) + kept[below + 1] * (at - below)
                : kept[below];
        assertThat(range.max()).isCloseTo(expected, within(1e-6));
        assertThat(ValueRange.full(plane, valid)).isEqualTo(new ValueRange(kept[0], kept[size - 1]));
    }

    @Test
    void rangesIgnoreMissingPixels() {
        Plane values = row(1, 2, 900, Float.NaN, Float.NEGATIVE_INFINITY, 4);
        Mask valid = Mask.filled(1, 6, true);
        valid.set(0, 2, false);
        assertThat(ValueRange.full(values, valid)).isEqualTo(new ValueRange(1, 4));
        assertThat(ValueRange.full(values, Mask.filled(1, 6, false))).isEqualTo(new ValueRange(0, 1));
    }

    @Test
    void croppedViewsAreDrawnAsTheirCopies() {
        Plane plane = Plane.allocate(9, 12);
        for (int i = 0; i < plane.array().length; i++) {
            plane.array()[i] = i * i % 31;
        }
        Prediction view = new Prediction(DepthKind.METRIC, plane.crop(2, 3, 5, 6));
        assertThat(Heatmap.of(view, VIRIDIS).toArray())
                .isEqualTo(Heatmap.of(view.withValues(view.values().copy()), VIRIDIS).toArray());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange(1, 1)).withMessageContaining("range");
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueRange(Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueRange.percentiles(row(1), Mask.filled(1, 1, true), 60, 40));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Heatmap.render(row(1, 2), Mask.filled(2, 1, true), Shading.of(VIRIDIS, new ValueRange(0, 1))))
                .withMessageContaining("valid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shading(VIRIDIS, new ValueRange(0, 1), false, 0xFF000000));
    }
}
