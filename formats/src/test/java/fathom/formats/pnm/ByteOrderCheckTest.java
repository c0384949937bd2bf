package fathom.formats.pnm;

import java.util.Random;
import java.util.function.IntBinaryOperator;

import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When swapped bytes are far smoother, and when they prove nothing. */
class ByteOrderCheckTest {
    private static final int HEIGHT = 40;
    private static final int WIDTH = 60;

    private static Plane plane(IntBinaryOperator value) {
        float[] values = new float[HEIGHT * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsInt(i % WIDTH, i / WIDTH) & 0xFFFF;
        }
        return Plane.wrap(values, HEIGHT, WIDTH);
    }

    private static int swap(int value) {
        return (value & 0xFF) << 8 | (value >> 8 & 0xFF);
    }

    /** Returns depth in millimetres of a slanted wall, with noise and holes. */
    private static int wall(Random random, int x, int y) {
        return random.nextInt(5) == 0 ? 0 : 900 + 23 * x + 11 * y + random.nextInt(9);
    }

    @Test
    void depthInTheWrongOrderIsNoticed() {
        Random random = new Random(1);
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> swap(wall(random, x, y))))).isGreaterThan(20);
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> wall(random, x, y)))).isZero();
    }

    @Test
    void otherPicturesAreNoEvidence() {
        Random random = new Random(2);
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> random.nextInt(65536)))).as("noise").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 4660))).as("constant").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 0))).as("empty").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 4 * x))).as("8-bit values").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 4 * x << 8))).as("8-bit values times 256").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 4 * x * 257))).as("8-bit values times 257")
                .isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 1000 * x))).as("ramp").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> 256 * x + 7))).as("ramp of high bytes").isZero();
        assertThat(ByteOrderCheck.swappedSmoothness(plane((x, y) -> (x + y) % 2 * 65535))).as("checkerboard").isZero();
    }
}
