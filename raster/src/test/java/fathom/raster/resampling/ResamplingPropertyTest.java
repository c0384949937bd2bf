package fathom.raster.resampling;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Properties of all resampling methods. */
class ResamplingPropertyTest {
    /** Methods whose weights are never below 0. */
    private static final Set<Resampling> AVERAGING = EnumSet.of(Resampling.TORCH_NEAREST,
            Resampling.TORCH_NEAREST_EXACT, Resampling.TORCH_BILINEAR, Resampling.TORCH_BILINEAR_ALIGN_CORNERS,
            Resampling.TORCH_BILINEAR_ANTIALIAS, Resampling.TORCH_AREA, Resampling.OPENCV_NEAREST,
            Resampling.OPENCV_LINEAR, Resampling.OPENCV_AREA, Resampling.PILLOW_NEAREST, Resampling.PILLOW_BOX,
            Resampling.PILLOW_BILINEAR, Resampling.PILLOW_HAMMING);

    private static Plane random(int height, int width, long seed) {
        Random random = new Random(seed);
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = random.nextFloat() * 20 - 10;
        }
        return plane;
    }

    private static RgbImage randomPicture(int height, int width, long seed) {
        RgbImage image = RgbImage.allocate(height, width);
        new Random(seed).nextBytes(image.array());
        return image;
    }

    @Property(tries = 300)
    void aConstantPlaneStaysConstant(@ForAll Resampling way, @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 60) int newHeight,
            @ForAll @IntRange(min = 1, max = 60) int newWidth) {
        Plane source = Plane.allocate(height, width);
        Arrays.fill(source.array(), 3.25f);
        for (float value : way.resized(source, newHeight, newWidth).toArray()) {
            assertThat(value).isCloseTo(3.25f, within(1e-5f));
        }
    }

    @Property(tries = 300)
    void averagesStayBetweenTheExtremes(@ForAll @IntRange(min = 0, max = 12) int index, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int height, @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 60) int newHeight, @ForAll @IntRange(min = 1, max = 60) int newWidth) {
        Resampling way = AVERAGING.stream().skip(index).findFirst().orElseThrow();
        for (float value : way.resized(random(height, width, seed), newHeight, newWidth).toArray()) {
            assertThat(value).isBetween(-10.0001f, 10.0001f);
        }
    }

    @Property(tries = 300)
    void rowsAndColumnsAreTreatedEqually(@ForAll Resampling way, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int height, @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 50) int newHeight, @ForAll @IntRange(min = 1, max = 50) int newWidth) {
        Plane source = random(height, width, seed);
        Plane there = way.resized(transposed(source), newWidth, newHeight);
        assertThat(Goldens.distance(transposed(there), way.resized(source, newHeight, newWidth))).isLessThan(2e-5f);
    }

    private static Plane transposed(Plane plane) {
        Plane transposed = Plane.allocate(plane.width(), plane.height());
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                transposed.set(column, row, plane.get(row, column));
            }
        }
        return transposed;
    }

    @Property(tries = 300)
    void aCroppedViewIsResizedLikeItsCopyIntoAView(@ForAll Resampling way, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int height, @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 40) int newHeight, @ForAll @IntRange(min = 1, max = 40) int newWidth) {
        Plane view = random(height + 5, width + 4, seed).crop(2, 3, height, width);
        Plane frame = Plane.allocate(newHeight + 2, newWidth + 3);
        way.resizeInto(view, frame.crop(1, 2, newHeight, newWidth));
        assertThat(frame.crop(1, 2, newHeight, newWidth).toArray())
                .isEqualTo(way.resized(view.copy(), newHeight, newWidth).toArray());
        assertThat(frame.get(0, 0)).isZero();
        assertThat(frame.get(newHeight + 1, newWidth + 2)).isZero();
    }

    @Property(tries = 300)
    void aCroppedPictureIsResizedLikeItsCopyIntoAView(@ForAll RgbResampling way, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int height, @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 40) int newHeight, @ForAll @IntRange(min = 1, max = 40) int newWidth) {
        RgbImage view = randomPicture(height + 5, width + 4, seed).crop(2, 3, height, width);
        RgbImage copy = RgbImage.wrap(view.toArray(), height, width);
        RgbImage frame = RgbImage.allocate(newHeight + 2, newWidth + 3);
        way.resizeInto(view, frame.crop(1, 2, newHeight, newWidth));
        assertThat(frame.crop(1, 2, newHeight, newWidth).toArray())
                .isEqualTo(way.resized(copy, newHeight, newWidth).toArray());
        assertThat(frame.get(newHeight + 1, newWidth + 2, 2)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theSameSizeChangesNothing(Resampling way) {
        Plane source = random(23, 19, 5);
        assertThat(Goldens.distance(way.resized(source, 23, 19), source)).isLessThan(2e-6f);
    }

    @ParameterizedTest
    @EnumSource
    void theSameSizeChangesNoPicture(RgbResampling way) {
        RgbImage source = randomPicture(23, 19, 5);
        assertThat(way.resized(source, 23, 19).array()).isEqualTo(source.array());
    }

    @ParameterizedTest
    @EnumSource
    void labelsIdentifyMethods(Resampling way) {
        assertThat(Resampling.ofLabel(way.label())).isEqualTo(way);
    }

    @ParameterizedTest
    @EnumSource
    void labelsIdentifyImageMethods(RgbResampling way) {
        assertThat(RgbResampling.ofLabel(way.label())).isEqualTo(way);
    }

    @Test
    void unknownLabelIsRejectedWithAListOfLabels() {
        assertThatThrownBy(() -> Resampling.ofLabel("bicubic")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("torch-bicubic, ").hasMessageContaining("\"bicubic\"");
        assertThatThrownBy(() -> RgbResampling.ofLabel("torch-bicubic")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pillow-bicubic");
    }

    @Test
    void impossibleSizesAreRejected() {
        Plane source = random(4, 4, 1);
        assertThatThrownBy(() -> Resampling.TORCH_BILINEAR.resized(source, 0, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Resampling.TORCH_BILINEAR.scaled(source, 0.1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Resampling.OPENCV_LINEAR.scaled(source, 2, 2))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("opencv-linear");
    }

    @Test
    void missingValueSpreadsOnlyToOutputsThatUseIt() {
        Plane source = random(8, 8, 2);
        source.set(3, 3, Float.NaN);
        Plane resized = Resampling.TORCH_BILINEAR.resized(source, 16, 16);
        assertThat(resized.get(6, 6)).isNaN();
        assertThat(resized.get(0, 0)).isFinite();
        assertThat(resized.get(12, 12)).isFinite();
        assertThat(Mask.ofFinite(resized).count()).isEqualTo(16 * 16 - 16);
    }
}
