package fathom.evaluation.warp;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PinholeWarpTest {
    /** Steps and a slope: z = 2 + x/100 + y/50 + (x/9 + y/7 mod 3). */
    private static Plane steps(int height, int width) {
        Plane depth = Plane.allocate(height, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                depth.set(y, x, (float) (2 + 0.01 * x + 0.02 * y + (x / 9 + y / 7) % 3));
            }
        }
        return depth;
    }

    private static Mask measured(int height, int width, int modulus) {
        Mask mask = Mask.filled(height, width, true);
        for (int y = 0; y < height && modulus > 0; y++) {
            for (int x = 0; x < width; x++) {
                mask.set(y, x, (x * 7 + y * 13) % modulus != 0);
            }
        }
        return mask;
    }

    /**
     * What MoGe's data loader (moge/test/dataloader.py, commit 0744441, with utils3d) gives for the same maps: focal lengths,
     * number and sum of measured pixels, and five values.
     */
    @ParameterizedTest
    @CsvSource({
            "48, 64, 60, 58, 33.2, 22.1, 30, 40, 3, 38.479378, 38.479378, 1200, 4518.9786, 2.0577483, 2.2147210, 2.7814555, "
                    + "3.4628699, 3.5697653",
            "60, 50, 70, 70, 20, 31, 40, 40, 0, 57.997169, 57.997169, 1600, 6149.6279, 2.1039712, 3.2407086, 2.8262572, "
                    + "3.6315584, 3.5831723",
            "96, 128, 80, 80, 63.5, 47.5, 48, 64, 5, 40, 40, 3072, 14035.1895, 2.01, 3.22, 4.6, 7.13, 2.68"})
    void depthIsThatOfMoge(int height, int width, double fx, double fy, double cx, double cy, int newHeight,
            int newWidth, int modulus, double focalX, double focalY, int count, double sum, double first, double second,
            double third, double fourth, double fifth) {
        PinholeWarp warp = PinholeWarp.of(new Intrinsics(fx, fy, cx, cy), height, width, newHeight, newWidth);
        assertThat(warp.intrinsics().fx()).isCloseTo(focalX, within(1e-4));
        assertThat(warp.intrinsics().fy()).isCloseTo(focalY, within(1e-4));
        assertThat(warp.intrinsics().cx()).isEqualTo(newWidth / 2.0 - 0.5);
        Plane depth = warp.depth(steps(height, width), measured(height, width, modulus));
        double total = 0;
        int positive = 0;
        for (float value : depth.array()) {
            total += value;
            positive += value > 0 ? 1 : 0;
        }
        // A coordinate on the border between two pixels may be rounded to the other one in float32.
        assertThat(positive).isCloseTo(count, within(count / 500 + 1));
        assertThat(total).isCloseTo(sum, within(sum / 500));
        assertThat(depth.get(0, 0)).isCloseTo((float) first, within(1e-4f));
        assertThat(depth.get(3, 5)).isCloseTo((float) second, within(1e-4f));
        assertThat(depth.get(newHeight / 2, newWidth / 2)).isCloseTo((float) third, within(1e-4f));
        assertThat(depth.get(newHeight - 1, newWidth - 2)).isCloseTo((float) fourth, within(1e-4f));
        assertThat(depth.get(7, 20)).isCloseTo((float) fifth, within(1e-4f));
    }

    /** The camera already looks along the centre and has the size: nothing changes. */
    @Test
    void aCentredCameraOfTheSameSizeChangesNothing() {
        RgbImage picture = RgbImage.allocate(24, 32);
        for (int i = 0; i < picture.array().length; i++) {
            picture.array()[i] = (byte) (i * 31);
        }
        PinholeWarp warp = PinholeWarp.of(new Intrinsics(30, 30, 15.5, 11.5), 24, 32, 24, 32);
        assertThat(warp.picture(picture).toArray()).isEqualTo(picture.toArray());
        Plane depth = steps(24, 32);
        Plane same = warp.depth(depth, Mask.filled(24, 32, true));
        for (int i = 0; i < depth.array().length; i++) {
            assertThat(same.array()[i]).isCloseTo(depth.array()[i], within(1e-5f));
        }
    }

    @Test
    void depthFarBeyondTheNearestIsDropped() {
        Plane depth = Plane.allocate(10, 10);
        for (int i = 0; i < 100; i++) {
            depth.array()[i] = i == 55 ? 5000 : 1;
        }
        Plane warped = PinholeWarp.of(new Intrinsics(20, 20, 4.5, 4.5), 10, 10, 10, 10).depth(depth,
                Mask.filled(10, 10, true));
        assertThat(warped.get(5, 5)).isZero();
        assertThat(warped.get(5, 4)).isCloseTo(1, within(1e-5f));
    }
}
