package fathom.evaluation.normals;

import java.util.Arrays;

import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.normals.EvalMdeAlignment.Space;
import fathom.evaluation.ordinal.OrderAgreement;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** Against EvalMDE at commit ea9e21c with torch 1.13 and NumPy 1.24 (normals error: NumPy alone). */
class NormalsTest {
    private static final int H = 20;
    private static final int W = 17;
    private static final Intrinsics CAMERA = new Intrinsics(20, 22, 8, 9.5);
    private final Plane truth = Plane.allocate(H, W);
    private final Plane prediction = Plane.allocate(H, W);
    private final Mask valid = Mask.filled(H, W, true);

    NormalsTest() {
        for (int r = 0; r < H; r++) {
            for (int c = 0; c < W; c++) {
                truth.set(r, c, (float) (5 + r * .1 + c * .05 + (r * 3 + c * 5) % 7 * .02));
                prediction.set(r, c, (float) (5 + r * .12 + c * .02 + (r * 2 + c * 7) % 5 * .05));
                valid.set(r, c, (r * 3 + c) % 7 != 0);
            }
        }
    }

    @Test
    void sobolPointsAreThoseOfTorch() {
        SobolSequence sequence = new SobolSequence();
        float[] point = new float[4];
        sequence.next(point);
        assertThat(point).containsExactly(0, 0, 0, 0);
        sequence.next(point);
        assertThat(point).containsExactly(.5f, .5f, .5f, .5f);
        sequence.next(point);
        assertThat(point).containsExactly(.75f, .25f, .25f, .25f);
        for (int i = 3; i <= 777; i++) {
            sequence.next(point);
        }
        assertThat(point).containsExactly(743440384 * 0x1p-30f, 1005584384 * 0x1p-30f, 175112192 * 0x1p-30f,
                294649856 * 0x1p-30f);
        for (int i = 778; i <= 1100005; i++) {
            sequence.next(point);
        }
        assertThat(point).containsExactly(978142720 * 0x1p-30f, 588832256 * 0x1p-30f, 317742592 * 0x1p-30f,
                93941248 * 0x1p-30f);
    }

    @Test
    void relativeNormalsAgreeWithEvalMde() {
        assertThat(RelativeNormals.error(prediction, CAMERA, truth, CAMERA, valid)).isCloseTo(0.08197084104829801,
                within(1e-9));
    }

    @Test
    void aMissingNormalCostsHalfATurn() {
        prediction.set(4, 5, Float.NaN);
        assertThat(RelativeNormals.error(prediction, CAMERA, truth, CAMERA, valid)).isCloseTo(0.10143712052796319,
                within(1e-9));
    }

    @Test
    void relativeNormalsIgnoreInvalidTruthScaleAndTurningOfAPlane() {
        double before = RelativeNormals.error(prediction, CAMERA, truth, CAMERA, valid);
        Plane changed = truth.copy();
        changed.set(0, 0, Float.NaN);
        assertThat(RelativeNormals.error(prediction, CAMERA, changed, CAMERA, valid)).isEqualTo(before);
        Plane tilted = Plane.allocate(H, W);
        Plane facing = Plane.allocate(H, W);
        for (int i = 0; i < H * W; i++) {
            // Z = 4 / (1 − x/z · 0.3) is a plane.
            tilted.array()[i] = (float) (4 / (1 - 0.3 * (i % W - CAMERA.cx()) / CAMERA.fx()));
            facing.array()[i] = 3;
        }
        assertThat(RelativeNormals.error(tilted, CAMERA, facing, CAMERA, valid)).isCloseTo(0, within(1e-3));
    }

    @Test
    void mapsWithoutATriangleHaveNoError() {
        Plane small = Plane.wrap(new float[]{1, 2, 3, 4}, 2, 2);
        assertThat(RelativeNormals.error(small, CAMERA, small, CAMERA, Mask.filled(2, 2, true))).isZero();
        assertThat(RelativeNormals.error(prediction, CAMERA, truth, CAMERA, Mask.filled(H, W, false))).isZero();
    }

    @Test
    void normalAnglesAgreeWithNumpy() throws UnscorableException {
        NormalError error = NormalError.of(prediction, CAMERA, truth, CAMERA, valid);
        assertThat(error.mean()).isCloseTo(12.348787083179355, within(1e-9));
        assertThat(error.median()).isCloseTo(13.356202181621967, within(1e-9));
        assertThat(error.within11()).isEqualTo(38 / 115.0);
        assertThat(error.within22()).isEqualTo(108 / 115.0);
        assertThat(error.within30()).isEqualTo(1);
        assertThat(error.pixels()).isEqualTo(115);
        assertThat(error.missing()).isZero();
    }

    @Test
    void aPlaneTurnedByAnAngleHasThatAngleEverywhere() throws UnscorableException {
        Plane tilted = Plane.allocate(H, W);
        Plane facing = Plane.allocate(H, W);
        double slope = Math.tan(Math.toRadians(25));
        for (int i = 0; i < H * W; i++) {
            tilted.array()[i] = (float) (4 / (1 - slope * (i % W - CAMERA.cx()) / CAMERA.fx()));
            facing.array()[i] = 3;
        }
        NormalError error = NormalError.of(tilted, CAMERA, facing, CAMERA, Mask.filled(H, W, true));
        assertThat(error.mean()).isCloseTo(25, within(1e-3));
        assertThat(error.within22()).isZero();
        assertThat(error.within30()).isEqualTo(1);
    }

    @Test
    void pixelsWithoutAPredictedNormalAreReported() throws UnscorableException {
        prediction.set(4, 5, Float.NaN);
        NormalError error = NormalError.of(prediction, CAMERA, truth, CAMERA, Mask.filled(H, W, true));
        assertThat(error.missing()).isEqualTo(4);
        assertThat(error.pixels()).isEqualTo((H - 2) * (W - 2) - 4);
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> NormalError.of(prediction, CAMERA, truth, CAMERA, Mask.filled(H, W, false)));
    }

    @Test
    void sawaHAgreesWithEvalMdeOnItsRandomPairs() throws UnscorableException {
        SawaH errors = SawaH.of(prediction, CAMERA, truth, CAMERA, valid);
        double sampled = OrderAgreement.ofSampledPairs(ValueStatistics.selected(prediction, valid),
                ValueStatistics.selected(truth, valid), OrderAgreement.EVALMDE_PAIRS, 7);
        assertThat(sampled).isCloseTo(0.9110298156738281, within(1e-7));
        assertThat(errors.withOrder(1 - sampled).value()).isCloseTo(0.7550360787856452, within(1e-6));
        assertThat(errors.value()).isCloseTo(0.7550360787856452, within(2e-3));
    }

    @Test
    void sawaHIsZeroForTheTruthItself() throws UnscorableException {
        SawaH errors = SawaH.of(truth, CAMERA, truth, CAMERA, valid);
        assertThat(errors.order()).isZero();
        assertThat(errors.inverse()).isZero();
        assertThat(errors.depth()).isZero();
        assertThat(errors.normals()).isZero();
    }

    @Test
    void sawaHNeedsMeasurementsAndFinitePredictions() {
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> SawaH.of(prediction, CAMERA, truth, CAMERA, Mask.filled(H, W, false)))
                .withMessageContaining("no measured pixel");
        prediction.set(1, 1, Float.POSITIVE_INFINITY);
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> SawaH.of(prediction, CAMERA, truth, CAMERA, valid)).withMessageContaining("Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SawaH.of(Plane.allocate(2, 2), CAMERA, truth, CAMERA, valid));
    }

    @Test
    void alignmentsAgreeWithNumpyAndTorch() throws UnscorableException {
        assertFit(prediction, Space.DEPTH, 0.8572545051574707, 0.9250829219818115, 1e-6);
        assertFit(changed(1e-3, 3), Space.DEPTH, 857.2559204101562, -2570.8427734375, 1e-5);
        assertFit(prediction, Space.INVERSE_DEPTH, 0.8505427837371826, 0.022962965071201324, 1e-4);
        assertFit(changed(1e-3, 0), Space.INVERSE_DEPTH, 0.0008505424484610558, 0.022962991148233414, 1e-4);
    }

    @Test
    void inverseDepthWithLittleReliefHasTheSmallestSolution() throws UnscorableException {
        assertFit(changed(1e4, 0), Space.INVERSE_DEPTH, 2.5480985641479492e-06, 0.15911270678043365, 1e-3);
        assertFit(changed(1e-5, 3), Space.INVERSE_DEPTH_WITHIN_TRUTH, 0.04723702371120453, 0.14171411097049713, 1e-4);
        assertFit(changed(1e-5, 0.3), Space.INVERSE_DEPTH, 0.04334527254104614, 0.013006351888179779, 1e-4);
    }

    @Test
    void predictionsWithoutReliefHaveADefinedFit() throws UnscorableException {
        EvalMdeAlignment depth = EvalMdeAlignment.fit(Plane.allocate(H, W), truth, valid, Space.DEPTH);
        assertThat(depth.scale()).isZero();
        assertThat((double) depth.shift()).isCloseTo(ValueStatistics.of(truth, valid).median(), within(0.2));
        Plane infinite = Plane.allocate(H, W);
        Arrays.fill(infinite.array(), Float.POSITIVE_INFINITY);
        EvalMdeAlignment inverse = EvalMdeAlignment.fit(infinite, truth, valid, Space.INVERSE_DEPTH);
        assertThat(inverse.scale()).isZero();
        assertThat(inverse.shift()).isZero();
        assertThat(EvalMdeAlignment.fit(Plane.allocate(H, W), truth, valid, Space.INVERSE_DEPTH).scale()).isNaN();
        Mask none = Mask.filled(H, W, false);
        assertThat(EvalMdeAlignment.fit(prediction, truth, none, Space.DEPTH).shift()).isZero();
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> EvalMdeAlignment.fit(prediction, truth, none, Space.INVERSE_DEPTH_WITHIN_TRUTH));
    }

    @Test
    void alignedDepthIsAtLeastAsLargeAsItsFloor() throws UnscorableException {
        Plane falling = Plane.wrap(new float[]{1, 2, 3, -50}, 1, 4);
        Plane rising = Plane.wrap(new float[]{1, 2, 3, 4}, 1, 4);
        Mask firstThree = Mask.wrap(new boolean[]{true, true, true, false}, 1, 4);
        assertThat(EvalMdeAlignment.fit(falling, rising, firstThree, Space.DEPTH).aligned().get(0, 3)).isEqualTo(1e-4f);
        assertThat(EvalMdeAlignment.fit(falling, rising, firstThree, Space.INVERSE_DEPTH).aligned().get(0, 3))
                .isEqualTo(10000);
        assertThat(
                EvalMdeAlignment.fit(falling, rising, firstThree, Space.INVERSE_DEPTH_WITHIN_TRUTH).aligned().get(0, 3))
                .isEqualTo(3, within(1e-5f));
    }

    private Plane changed(double scale, double shift) {
        Plane changed = prediction.copy();
        for (int i = 0; i < changed.array().length; i++) {
            changed.array()[i] = (float) scale * changed.array()[i] + (float) shift;
        }
        return changed;
    }

    private void assertFit(Plane values, Space space, double scale, double shift, double relative)
            throws UnscorableException {
        EvalMdeAlignment fit = EvalMdeAlignment.fit(values, truth, valid, space);
        assertThat((double) fit.scale()).isCloseTo(scale, within(relative * scale));
        assertThat((double) fit.shift()).isCloseTo(shift, within(relative * Math.abs(shift)));
    }
}
