package fathom.evaluation.edges;

import java.util.zip.CRC32;

import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CannyTest {
    /** Counts and CRC-32 of one byte per pixel: {@code skimage.feature.canny} of scikit-image 0.19.3. */
    @ParameterizedTest
    @CsvSource({"40, 56, 0, 1, 0.1, 0.2, false, 503, 1420543514", "40, 56, 0.2, 1, 0.1, 0.2, false, 453, 2890491372",
            "61, 47, 0.5, 1.4142135623730951, 0.15, 0.3, false, 593, 120924698",
            "61, 47, 0.5, 2, 0.05, 0.12, false, 544, 3405547470",
            "40, 56, 0.2, 1.4142135623730951, 0.15, 0.3, true, 374, 1399431096",
            "3, 5, 0.9, 1, 0.1, 0.2, false, 1, 1906575443", "97, 131, 1.5, 0.7, 0.4, 1.6, false, 3757, 1407301398"})
    void everyEdgePixelIsThatOfScikitImage(int height, int width, double noise, double sigma, double low, double high,
            boolean masked, int count, long checksum) {
        Mask mask = Mask.filled(height, width, true);
        if (masked) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    mask.set(row, column, (row - 20) * (row - 20) + (column - 28) * (column - 28) >= 64);
                }
            }
        }
        Mask edges = new Canny(sigma, low, high).edges(Patterns.blocks(height, width, noise), mask);
        assertThat(edges.count()).isEqualTo(count);
        assertThat(checksum(edges)).isEqualTo(checksum);
    }

    @Test
    void theEdgesOfSmallBlocksAreThoseOfScikitImage() {
        Mask expected = Patterns.mask("......................", "......#.......#.....#.", "......#......#......#.",
                "......#......#......#.", "......#......#......#.", "......#.......#.....#.", "......#.......#.....#.",
                "............#.#.....#.", ".####..#...........##.", ".....###.####.#####...", "..............#.....#.",
                ".......#.....#......#.", ".......#.....#......#.", ".......#.....#......#.", ".......#.....#......#.",
                ".......#.....#......#.", ".......#.....#......#.", "......................");
        assertThat(Canny.withSigma(1).edges(Patterns.blocks(18, 22, 0.1)).array()).isEqualTo(expected.array());
    }

    @Test
    void aWindowOfALargerMapHasTheEdgesOfItsCopy() {
        Plane window = Patterns.blocks(60, 70, 0.2).crop(5, 9, 40, 50);
        assertThat(Canny.withSigma(1).edges(window).array()).isEqualTo(Canny.withSigma(1).edges(window.copy()).array());
    }

    @Test
    void thereIsNoEdgeNearNanAndNoneInAMapWithoutGradient() {
        Plane step = Patterns.blocks(20, 20, 0);
        step.set(10, 10, Float.NaN);
        Mask edges = Canny.withSigma(1).edges(step);
        for (int row = 6; row <= 14; row++) {
            for (int column = 6; column <= 14; column++) {
                assertThat(edges.get(row, column)).isFalse();
            }
        }
        assertThat(edges.count()).isPositive();
        assertThat(Canny.withSigma(1).edges(Plane.allocate(9, 9)).count()).isZero();
    }

    @Test
    void thresholdsOutOfOrderAndMasksOfAnotherShapeAreRejected() {
        assertThatThrownBy(() -> new Canny(1, 0.2, 0.1)).hasMessageContaining("low at most high");
        assertThatThrownBy(() -> new Canny(0, 0.1, 0.2)).hasMessageContaining("sigma");
        assertThatThrownBy(() -> Canny.withSigma(1).edges(Plane.allocate(4, 5), Mask.filled(5, 4, true)))
                .hasMessageContaining("mask: expected [4, 5]");
    }

    private static long checksum(Mask mask) {
        CRC32 crc = new CRC32();
        for (boolean flag : mask.array()) {
            crc.update(flag ? 1 : 0);
        }
        return crc.getValue();
    }
}
