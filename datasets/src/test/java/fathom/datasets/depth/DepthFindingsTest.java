package fathom.datasets.depth;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;

import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DepthFindingsTest {
    private static final int HEIGHT = 20;
    private static final int WIDTH = 50;

    /** Returns the code that is found in a map of 1,000 pixels, stored in millimetres. */
    private static Optional<Float> code(IntToDoubleFunction stored) {
        Plane plane = Plane.allocate(HEIGHT, WIDTH);
        Plane metres = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < HEIGHT * WIDTH; i++) {
            plane.set(i / WIDTH, i % WIDTH, (float) stored.applyAsDouble(i));
            metres.set(i / WIDTH, i % WIDTH, (float) (stored.applyAsDouble(i) / 1000));
        }
        return DepthFindings.of(new MeasuredDepth(plane, metres, Mask.ofPositive(metres))).code()
                .map(DepthFindings.Code::stored);
    }

    @Test
    void codeIsFoundBelowFewLargerNumbers() {
        assertThat(code(i -> i < 200 ? 65534 : i < 204 ? 65535 : 1000 + i)).contains(65534f);
        assertThat(code(i -> i < 200 ? 60000 : i < 204 ? 61000 + i : 1000 + i)).contains(60000f);
        assertThat(code(i -> i < 200 ? 65535 : i < 400 ? 65534 : 1000 + i)).contains(65535f);
    }

    @Test
    void codeIsFoundAboveFewSmallerNumbers() {
        assertThat(code(i -> i < 200 ? 7 : i < 204 ? 1 + i % 4 : 1000 + i)).contains(7f);
    }

    @Test
    void fewPixelsAndUsualDepthsAreNoCode() {
        assertThat(code(i -> i < 9 ? 65535 : 1000 + i)).isEmpty();
        assertThat(code(i -> 1000 + i)).isEmpty();
        assertThat(code(i -> i < 300 ? 1500 : 1000 + i)).isEmpty();
        assertThat(code(i -> i < 300 ? 2047 : i < 600 ? 2047 + i : 1000 + i)).isEmpty();
    }
}
