package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Numbers of the iBims-1 script: its own code, run with NumPy 1.24 and scikit-image 0.19 on the same formula. */
class BoundaryErrorTest {
    private static final int HEIGHT = 40;
    private static final int WIDTH = 56;

    @Test
    void theErrorIsThatOfTheIbimsScript() {
        Mask columns = edges((row, column) -> column % 7 == 0 && column > 0);
        BoundaryError error = BoundaryError.ibims(columns, prediction());
        assertThat(error.accuracy()).isCloseTo(1.3325892857142858, within(1e-12));
        assertThat(error.completeness()).isCloseTo(1.0474180483859363, within(1e-12));
        assertThat(error.predictedEdges()).isEqualTo(448);
    }

    @Test
    void zerosOfThePredictionAreMissing() {
        Plane prediction = prediction();
        prediction.set(30, 5, 0);
        prediction.set(31, 5, 0);
        BoundaryError error = BoundaryError.ibims(edges((row, column) -> row == 9), prediction);
        assertThat(error.accuracy()).isCloseTo(4.516746411483253, within(1e-12));
        assertThat(error.completeness()).isCloseTo(6.404432875537699, within(1e-12));
        assertThat(error.predictedEdges()).isEqualTo(408);
    }

    @Test
    void withoutAPredictedEdgeBothErrorsAreTheReach() {
        Mask row = edges((r, column) -> r == 9);
        Plane flat = Plane.allocate(HEIGHT, WIDTH);
        assertThat(BoundaryError.monodepthBenchmark(row, flat)).isEqualTo(new BoundaryError(10, 10, 0));
        for (int i = 0; i < flat.array().length; i++) {
            flat.array()[i] = 1 + i % WIDTH / 1000f;
        }
        assertThat(BoundaryError.ibims(row, flat)).isEqualTo(new BoundaryError(10, 10, 0));
    }

    @Test
    void withoutATrueEdgeTheIbimsErrorIsNan() {
        BoundaryError error = BoundaryError.ibims(edges((row, column) -> false), prediction());
        assertThat(error.accuracy()).isNaN();
        assertThat(error.completeness()).isNaN();
    }

    @Test
    void aStepAtTheTrueEdgesHasTheErrorZeroInTheMonodepthBenchmark() {
        Plane step = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < step.array().length; i++) {
            step.array()[i] = i % WIDTH < 20 ? 2 : 6;
        }
        Mask predicted = Canny.withSigma(1).edges(logarithm(step));
        BoundaryError error = BoundaryError.monodepthBenchmark(predicted, step);
        assertThat(predicted.count()).isPositive();
        assertThat(error).isEqualTo(new BoundaryError(0, 0, predicted.count()));
        BoundaryError shifted = BoundaryError
                .monodepthBenchmark(edges((row, column) -> column == 24 && row > 0 && row < HEIGHT - 1), step);
        assertThat(shifted.accuracy()).isCloseTo(4.863636363636363, within(1e-12));
        assertThat(shifted.completeness()).isCloseTo(4.7681706095061696, within(1e-12));
    }

    @Test
    void shapesMustAgree() {
        assertThatThrownBy(() -> BoundaryError.ibims(Mask.filled(3, 4, true), Plane.allocate(4, 3)))
                .hasMessageContaining("expected [3, 4], found [4, 3]");
    }

    private interface Pixels {
        boolean contain(int row, int column);
    }

    private static Mask edges(Pixels pixels) {
        Mask mask = Mask.filled(HEIGHT, WIDTH, false);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                mask.set(row, column, pixels.contain(row, column));
            }
        }
        return mask;
    }

    private static Plane prediction() {
        Plane plane = Patterns.blocks(HEIGHT, WIDTH, 0.2);
        for (int i = 0; i < plane.array().length; i++) {
            plane.array()[i] += 1;
        }
        return plane;
    }

    private static Plane logarithm(Plane depth) {
        Plane logarithm = depth.copy();
        for (int i = 0; i < logarithm.array().length; i++) {
            logarithm.array()[i] = (float) Math.log(logarithm.array()[i]);
        }
        return logarithm;
    }
}
