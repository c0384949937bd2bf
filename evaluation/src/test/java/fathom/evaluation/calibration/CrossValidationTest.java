package fathom.evaluation.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class CrossValidationTest {
    private static final int H = 10;
    private static final int W = 12;

    /** Returns samples whose measured depth is {@code world} of the prediction, times noise. */
    private static List<DepthPairs> samples(int count, long seed, double noise, DoubleUnaryOperator world)
            throws UnscorableException {
        Random random = new Random(seed);
        List<DepthPairs> samples = new ArrayList<>();
        for (int sample = 0; sample < count; sample++) {
            Plane predicted = Plane.allocate(H, W);
            Plane metres = Plane.allocate(H, W);
            double disturbed = Math.exp(noise * random.nextGaussian());
            for (int i = 0; i < H * W; i++) {
                double d = 0.5 + 6 * random.nextDouble();
                predicted.array()[i] = (float) d;
                metres.array()[i] = (float) (world.applyAsDouble(d) * disturbed);
            }
            samples.add(DepthPairs.of(predicted, new MeasuredDepth(metres, metres, Mask.ofPositive(metres))));
        }
        return samples;
    }

    @Property(tries = 60)
    void aKnownCorrectionIsRecovered(@ForAll long seed, @ForAll @DoubleRange(min = 0.6, max = 1.6) double exponent,
            @ForAll @DoubleRange(min = 0.2, max = 5) double factor) throws UnscorableException {
        CrossValidation found = CrossValidation.of(samples(6, seed, 0, d -> factor * Math.pow(d, exponent)), 5, seed);
        if (Math.abs(exponent - 1) > 0.01) {
            assertThat(found.correction().form()).isEqualTo(Correction.Form.LOG_AFFINE);
            assertThat(found.correction().exponent()).isCloseTo(exponent, within(1e-5));
            assertThat(found.correction().factor()).isCloseTo(factor, within(1e-4 * factor));
        }
    }

    @Test
    void scaleIsChosenIfTheExponentDoesNotHelp() throws UnscorableException {
        CrossValidation found = CrossValidation.of(samples(20, 1, 0.02, d -> 1.3 * d), 5, 0);
        assertThat(found.correction().form()).isEqualTo(Correction.Form.SCALE);
        assertThat(found.correction().factor()).isCloseTo(1.3, within(0.02));
        assertThat(found.correction().exponent()).isEqualTo(1);
        assertThat(found.reason()).startsWith("kept: AbsRel on held-out samples 0.0").contains("instead of 0.2");
        assertThat(found.absRel().get(Correction.Form.SCALE)).isLessThan(0.05);
        assertThat(found.folds()).isEqualTo(5);
    }

    @Test
    void correctionThatOnlyFitsNoiseIsNotKept() throws UnscorableException {
        CrossValidation found = CrossValidation.of(samples(12, 4, 0.2, d -> d), 5, 0);
        assertThat(found.isKept()).isFalse();
        assertThat(found.correction()).isEqualTo(Correction.NONE);
        assertThat(found.reason()).startsWith("not kept").contains("±");
        assertThat(found.absRel()).containsOnlyKeys(Correction.Form.values());
    }

    @Test
    void perfectPredictionIsNotCorrected() throws UnscorableException {
        assertThat(CrossValidation.of(samples(8, 2, 0, d -> d), 4, 0).isKept()).isFalse();
    }

    @Test
    void tooFewSamplesKeepNothing() throws UnscorableException {
        CrossValidation found = CrossValidation.of(samples(3, 1, 0, d -> 2 * d), 5, 0);
        assertThat(found.isKept()).isFalse();
        assertThat(found.absRel()).isEmpty();
        assertThat(found.reason()).contains("at least 4 samples, found 3");
        assertThatIllegalArgumentException().isThrownBy(() -> CrossValidation.of(List.of(), 1, 0))
                .withMessageContaining("at least 2");
    }

    @Test
    void equalSeedsGiveEqualNumbersAndFoldsAreLimitedByTheSamples() throws UnscorableException {
        List<DepthPairs> samples = samples(5, 9, 0.1, d -> 1.5 * d);
        assertThat(CrossValidation.of(samples, 50, 3)).isEqualTo(CrossValidation.of(samples, 50, 3));
        assertThat(CrossValidation.of(samples, 50, 3).folds()).isEqualTo(5);
    }

    @Test
    void everySampleHasTheSameWeight() throws UnscorableException {
        Plane small = Plane.wrap(new float[]{1}, 1, 1);
        Plane smallTruth = Plane.wrap(new float[]{4}, 1, 1);
        Plane large = Plane.wrap(new float[]{1, 1, 1, 1}, 2, 2);
        DepthPairs one = DepthPairs.of(small, new MeasuredDepth(smallTruth, smallTruth, Mask.ofPositive(smallTruth)));
        DepthPairs four = DepthPairs.of(large, new MeasuredDepth(large, large, Mask.ofPositive(large)));
        assertThat(Correction.fit(Correction.Form.SCALE, List.of(one, four)).factor()).isCloseTo(2, within(1e-12));
        assertThat(Correction.fit(Correction.Form.LOG_AFFINE, List.of(one, four)).exponent()).isEqualTo(1);
    }

    @Test
    void correctedPlaneHasNoDepthWhereThePredictionHasNone() {
        Plane depth = Plane.wrap(new float[]{2, 0, -1, Float.NaN}, 2, 2);
        assertThat(new Correction(Correction.Form.LOG_AFFINE, 2, 0.5).applied(depth).toArray()).containsExactly(2f,
                Float.NaN, Float.NaN, Float.NaN);
        assertThatIllegalArgumentException().isThrownBy(() -> new Correction(Correction.Form.SCALE, 1, 0))
                .withMessageContaining("above 0");
        assertThat(Correction.Form.ofLabel("log-affine")).isEqualTo(Correction.Form.LOG_AFFINE);
        assertThatIllegalArgumentException().isThrownBy(() -> Correction.Form.ofLabel("cubic"))
                .withMessageContaining("cubic");
    }

    @Test
    void pairsAreLimitedAndSpreadAndMustExist() throws UnscorableException {
        Plane large = Plane.allocate(200, 200);
        for (int i = 0; i < large.size(); i++) {
            large.array()[i] = 1 + i;
        }
        MeasuredDepth truth = new MeasuredDepth(large, large, Mask.ofPositive(large));
        DepthPairs pairs = DepthPairs.of(large, truth);
        assertThat(pairs.count()).isEqualTo(DepthPairs.MAX_PIXELS);
        assertThat(pairs.absRel(Correction.NONE)).isZero();
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> DepthPairs.of(Plane.allocate(200, 200), truth)).withMessageContaining("no pixel");
    }
}
