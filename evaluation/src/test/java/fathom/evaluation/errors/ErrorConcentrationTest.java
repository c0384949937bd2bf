package fathom.evaluation.errors;

import java.util.Arrays;

import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

final class ErrorConcentrationTest {
    private static final double ROUNDING = 1e-6;

    private static Plane filled(float value) {
        Plane plane = Plane.allocate(10, 20);
        Arrays.fill(plane.array(), value);
        return plane;
    }

    @Test
    void equalErrorsAreSpreadEvenly() {
        ErrorConcentration even = ErrorConcentration.of(filled(1), filled(1.5f), Mask.filled(10, 20, true));
        assertThat(even.pixels()).isEqualTo(200);
        assertThat(even.worst1()).isCloseTo(0.01, within(ROUNDING));
        assertThat(even.worst5()).isCloseTo(0.05, within(ROUNDING));
        assertThat(even.worst20()).isCloseTo(0.20, within(ROUNDING));
    }

    @Test
    void oneWrongPixelCarriesTheWholeError() {
        Plane prediction = filled(1);
        prediction.set(3, 4, 9);
        ErrorConcentration one = ErrorConcentration.of(filled(1), prediction, Mask.filled(10, 20, true));
        assertThat(one.worst1()).isEqualTo(1);
        assertThat(one.worst20()).isEqualTo(1);
    }

    @Test
    void pixelsThatAreNotComparedDoNotMatter() {
        Plane prediction = filled(2);
        prediction.set(0, 0, 100);
        prediction.set(0, 1, Float.NaN);
        Mask counted = Mask.filled(10, 20, true);
        counted.set(0, 0, false);
        ErrorConcentration concentration = ErrorConcentration.of(filled(1), prediction, counted);
        assertThat(concentration.pixels()).isEqualTo(198);
        assertThat(concentration.worst1()).isCloseTo(2.0 / 198, within(ROUNDING));
    }

    @Test
    void withoutErrorThereIsNoShare() {
        assertThat(ErrorConcentration.of(filled(1), filled(1), Mask.filled(10, 20, true)).worst5()).isNaN();
        assertThat(ErrorConcentration.of(filled(1), filled(2), Mask.filled(10, 20, false)).pixels()).isZero();
    }
}
