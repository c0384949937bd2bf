package fathom.evaluation.edges;

import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class PlanarityErrorTest {
    private static final int HEIGHT = 130;
    private static final int WIDTH = 150;
    private static final Intrinsics CAMERA = new Intrinsics(140, 140, 74.5, 64.5);
    private static final double[] NORMAL = {0.2, -0.9, 0.3};

    /** The reference is the iBims-1 script with scikit-learn 1.2 on the same formula. */
    @Test
    void theErrorIsThatOfTheIbimsScript() {
        Plane truth = plane();
        Plane prediction = Plane.allocate(HEIGHT, WIDTH);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                double noise = (row * 7919 + column * 104_729) % 1009 / 1009.0;
                prediction.set(row, column,
                        (float) (depth(row, column) * (1 + 0.02 * noise + 0.05 * column / WIDTH) * 0.5));
            }
        }
        prediction.set(5, 5, 0);
        PlanarityError error = PlanarityError.of(truth, prediction, all(), new double[]{0.4, -1.8, 0.6}, CAMERA);
        assertThat(error.flatness()).isCloseTo(1.7277600101082264, within(1e-9));
        assertThat(error.orientation()).isCloseTo(2.260790875787612, within(1e-9));
        assertThat(error.points()).isEqualTo(HEIGHT * WIDTH - 1);
    }

    @Test
    void aScaledPlaneHasNoErrorWhateverTheSignOfTheNormal() {
        Plane half = plane();
        for (int i = 0; i < half.array().length; i++) {
            half.array()[i] /= 2;
        }
        PlanarityError error = PlanarityError.of(plane(), half, all(), new double[]{-0.2, 0.9, -0.3}, CAMERA);
        assertThat(error.flatness()).isCloseTo(0, within(1e-4));
        assertThat(error.orientation()).isCloseTo(0, within(1e-4));
    }

    @Test
    void aSmallSurfaceOrOneWithoutPredictionsIsNotMeasured() {
        Mask small = all();
        for (int i = PlanarityError.MIN_PIXELS - 1; i < small.array().length; i++) {
            small.array()[i] = false;
        }
        PlanarityError error = PlanarityError.of(plane(), plane(), small, NORMAL, CAMERA);
        assertThat(error.flatness()).isNaN();
        assertThat(error.points()).isZero();
        assertThat(PlanarityError.of(plane(), Plane.allocate(HEIGHT, WIDTH), all(), NORMAL, CAMERA).orientation())
                .isNaN();
    }

    @Test
    void shapesMustAgree() {
        assertThatThrownBy(() -> PlanarityError.of(plane(), Plane.allocate(2, 2), all(), NORMAL, CAMERA))
                .hasMessageContaining("prediction");
        assertThatThrownBy(() -> PlanarityError.of(plane(), plane(), Mask.filled(2, 2, true), NORMAL, CAMERA))
                .hasMessageContaining("surface");
        assertThatThrownBy(() -> PlanarityError.of(plane(), plane(), all(), new double[]{1, 0}, CAMERA))
                .hasMessageContaining("normal");
    }

    private static Mask all() {
        return Mask.filled(HEIGHT, WIDTH, true);
    }

    private static Plane plane() {
        Plane plane = Plane.allocate(HEIGHT, WIDTH);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                plane.set(row, column, (float) depth(row, column));
            }
        }
        return plane;
    }

    /** The depth at which the ray of a pixel meets the plane n · P = −3. */
    private static double depth(int row, int column) {
        double length = Math.sqrt(0.2 * 0.2 + 0.9 * 0.9 + 0.3 * 0.3);
        double x = (column - CAMERA.cx()) / CAMERA.fx();
        double z = (CAMERA.cy() - row) / CAMERA.fy();
        return -3 * length / (NORMAL[0] * x + NORMAL[1] + NORMAL[2] * z);
    }
}
