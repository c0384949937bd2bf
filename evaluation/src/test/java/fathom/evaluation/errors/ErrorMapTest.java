package fathom.evaluation.errors;

import java.util.List;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ErrorMapTest {
    private static final List<Double> THRESHOLDS = List.of(1.25, 1.25 * 1.25, 1.25 * 1.25 * 1.25);
    /** Each value is rounded to float32: 24 bits. */
    private static final double ROUNDING = 1e-6;

    private final ScoredMaps maps = Maps.random(3, 37, 53);
    private final PixelSums sums = new PixelErrors(THRESHOLDS, false, PixelErrors.Arithmetic.FLOAT64).sums(maps);

    @Test
    void meanOfAbsoluteErrorsIsMae() {
        assertThat(ErrorMap.of(maps, ErrorKind.ABSOLUTE).mean()).isCloseTo(sums.mae(), within(ROUNDING));
    }

    @Test
    void meanOfRelativeErrorsIsAbsRel() {
        assertThat(ErrorMap.of(maps, ErrorKind.RELATIVE).mean()).isCloseTo(sums.absRel(), within(ROUNDING));
    }

    @Test
    void sharesOfTheClassesAreTheThreeDeltas() {
        ErrorMap classes = ErrorMap.of(maps, ErrorKind.DELTA);
        double within = 0;
        for (int power = 0; power < THRESHOLDS.size(); power++) {
            within += classes.share(power);
            assertThat(within).isCloseTo(sums.share(THRESHOLDS.get(power)), within(1e-12));
        }
        assertThat(within + classes.share(3)).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void pixelsThatAreNotCountedAreNan(ErrorKind kind) {
        Plane values = ErrorMap.of(maps, kind).values();
        for (int at = 0; at < values.size(); at++) {
            assertThat(Float.isNaN(values.array()[at])).isEqualTo(!maps.counted().array()[at]);
        }
    }

    @Test
    void errorsOfThreePixels() {
        Plane truth = Maps.row(2, 4, 1);
        ScoredMaps three = Maps.of(truth, Maps.row(1, 5, 1), Maps.all(truth));
        assertThat(ErrorMap.of(three, ErrorKind.SIGNED).values().toArray()).containsExactly(-1, 1, 0);
        assertThat(ErrorMap.of(three, ErrorKind.ABSOLUTE).values().toArray()).containsExactly(1, 1, 0);
        assertThat(ErrorMap.of(three, ErrorKind.RELATIVE).values().toArray()).containsExactly(0.5f, 0.25f, 0);
        // Ratios 2, 1.25 and 1: a ratio on a threshold is not below it.
        assertThat(ErrorMap.of(three, ErrorKind.DELTA).values().toArray()).containsExactly(3, 1, 0);
    }

    @Test
    void predictionWithoutAValueIsInTheLastClass() {
        Plane truth = Maps.row(2, 2);
        ErrorMap classes = ErrorMap.of(Maps.of(truth, Maps.row(Float.NaN, 2), Maps.all(truth)), ErrorKind.DELTA);
        assertThat(classes.values().toArray()).containsExactly(3, 0);
    }

    @Test
    void cropWithAStrideGivesTheErrorsOfItsCopy() {
        Plane truth = maps.truth().crop(4, 7, 20, 30);
        Plane prediction = maps.prediction().crop(4, 7, 20, 30);
        Mask counted = maps.counted().crop(4, 7, 20, 30);
        assertThat(ErrorMap.of(Maps.of(truth, prediction, counted), ErrorKind.SIGNED).values().toArray())
                .containsExactly(ErrorMap.of(Maps.of(truth.copy(), prediction.copy(), counted), ErrorKind.SIGNED)
                        .values().toArray());
    }

    @Test
    void meanOfNoPixelIsNan() {
        Plane truth = Maps.row(2, 2);
        ErrorMap none = ErrorMap.of(Maps.of(truth, truth, Mask.filled(1, 2, false)), ErrorKind.ABSOLUTE);
        assertThat(none.mean()).isNaN();
        assertThat(none.share(0)).isNaN();
    }

    @Test
    void onlyLengthsHaveAUnit() {
        assertThat(ErrorKind.SIGNED.unit()).isEqualTo("m");
        assertThat(ErrorKind.ABSOLUTE.unit()).isEqualTo("m");
        assertThat(ErrorKind.RELATIVE.unit()).isEmpty();
        assertThat(ErrorKind.DELTA.unit()).isEmpty();
        assertThat(ErrorKind.DELTA.label()).isEqualTo("delta");
    }
}
