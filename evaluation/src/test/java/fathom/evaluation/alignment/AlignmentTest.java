package fathom.evaluation.alignment;

import java.util.Random;

import fathom.evaluation.Goldens;
import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class AlignmentTest {
    private static final int H = 20;
    private static final int W = 26;

    private static Plane depths(Random random) {
        Plane plane = Plane.allocate(H, W);
        for (int i = 0; i < H * W; i++) {
            plane.array()[i] = 1 + 5 * random.nextFloat();
        }
        return plane;
    }

    private static Mask holes(Random random) {
        Mask mask = Mask.filled(H, W, true);
        for (int i = 0; i < H * W; i++) {
            mask.array()[i] = random.nextInt(100) >= 5;
        }
        return mask;
    }

    private static Plane inverse(Plane plane) {
        Plane inverse = plane.copy();
        for (int i = 0; i < inverse.array().length; i++) {
            inverse.array()[i] = 1 / inverse.array()[i];
        }
        return inverse;
    }

    /** Compares with the alignment of Marigold, which stores scale and shift in float32 and clips aligned maps to 1 mm to 10 m. */
    @Test
    void leastSquaresAgreesWithMarigold() throws UnscorableException {
        for (JsonNode golden : Goldens.json("metrics/depth_metrics.json").get("rows")) {
            String name = "metrics/depth_" + golden.get("name").stringValue();
            Plane truth = Goldens.plane(name + "_gt.npy");
            Plane values = Goldens.plane(name + "_pred.npy");
            Mask mask = Mask.ofPositive(Goldens.gray(name + "_mask.npy").toLevels());
            Alignment alignment = Alignment.leastSquares(values, truth, mask);
            assertThat(alignment.scale()).isCloseTo(golden.get("scale").doubleValue(),
                    within(1e-5 * alignment.scale()));
            assertThat(alignment.shift()).isCloseTo(golden.get("shift").doubleValue(), within(2e-5));
            assertThat(alignment.applied(values).toArray())
                    .containsExactly(Goldens.plane(name + "_aligned.npy").toArray(), within(2e-5f));
        }
    }

    @Property(tries = 60)
    void leastSquaresRecoversAKnownScaleAndShift(@ForAll long seed) throws UnscorableException {
        Random random = new Random(seed);
        Plane truth = depths(random);
        double scale = 0.1 + 5 * random.nextDouble();
        double shift = random.nextDouble() - 0.5;
        Plane values = new Alignment(1 / scale, -shift / scale).applied(truth);
        Alignment found = Alignment.leastSquares(values, truth, holes(random));
        assertThat(found.scale()).isCloseTo(scale, within(1e-5 * scale));
        assertThat(found.shift()).isCloseTo(shift, within(1e-4));
        Alignment median = Alignment.median(new Alignment(1 / scale, 0).applied(truth), truth, holes(random));
        assertThat(median.scale()).isCloseTo(scale, within(1e-6 * scale));
        assertThat(median.shift()).isZero();
    }

    @Property(tries = 40)
    void alignmentIgnoresMaskedPixels(@ForAll long seed) throws UnscorableException {
        Random random = new Random(seed);
        Plane truth = depths(random);
        Plane values = depths(random);
        Mask mask = holes(random);
        Plane wild = values.copy();
        for (int i = 0; i < H * W; i++) {
            if (!mask.array()[i]) {
                wild.array()[i] = random.nextBoolean() ? Float.NaN : 1e9f;
            }
        }
        assertThat(Alignment.leastSquares(wild, truth, mask)).isEqualTo(Alignment.leastSquares(values, truth, mask));
        assertThat(Alignment.median(wild, truth, mask)).isEqualTo(Alignment.median(values, truth, mask));
    }

    @Test
    void medianOfAnEvenCountIsTheMeanOfTheMiddleTwo() throws UnscorableException {
        Plane values = Plane.wrap(new float[]{1, 2, 4, 100}, 1, 4);
        Plane truth = Plane.wrap(new float[]{6, 6, 6, 6}, 1, 4);
        assertThat(Alignment.median(values, truth, Mask.filled(1, 4, true)).scale()).isEqualTo(2);
        Mask three = Mask.wrap(new boolean[]{true, true, true, false}, 1, 4);
        assertThat(Alignment.median(values, truth, three).scale()).isEqualTo(3);
    }

    @Test
    void equalValuesAreAlignedToTheMean() throws UnscorableException {
        Plane values = Plane.wrap(new float[]{7, 7, 7, 7}, 2, 2);
        Plane truth = Plane.wrap(new float[]{1, 2, 3, 6}, 2, 2);
        assertThat(Alignment.leastSquares(values, truth, Mask.filled(2, 2, true))).isEqualTo(new Alignment(0, 3));
    }

    @Test
    void impossibleAlignmentStatesTheReason() {
        Plane plane = Plane.wrap(new float[]{-1, -2, 0, -3}, 2, 2);
        Mask all = Mask.filled(2, 2, true);
        Mask none = Mask.filled(2, 2, false);
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> Alignment.median(plane, plane, all))
                .withMessageContaining("median");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> Alignment.leastSquares(plane, plane, none)).withMessageContaining("no pixel");
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> Alignment.median(plane, plane, none));
        assertThatIllegalArgumentException().isThrownBy(() -> Alignment.leastSquares(plane, Plane.allocate(2, 3), all));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alignment.leastSquares(plane, plane, Mask.filled(2, 3, true)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Alignment(Double.NaN, 0));
    }

    @Test
    void alignedProtocolIgnoresTheUnknownsOfTheKind() throws UnscorableException {
        Random random = new Random(4);
        Plane metres = depths(random);
        MeasuredDepth truth = new MeasuredDepth(metres, metres, holes(random));
        ArticleAlignedProtocol protocol = new ArticleAlignedProtocol();
        Prediction[] perfect = {new Prediction(DepthKind.METRIC, metres),
                new Prediction(DepthKind.SCALE_INVARIANT, new Alignment(3, 0).applied(metres)),
                new Prediction(DepthKind.AFFINE, new Alignment(0.2, -4).applied(metres)),
                new Prediction(DepthKind.AFFINE_INVERSE, new Alignment(30, -2).applied(inverse(metres)))};
        for (Prediction prediction : perfect) {
            Scores scores = protocol.score(truth, prediction);
            assertThat(scores.value(Metric.RMSE).orElseThrow()).as("%s", prediction.kind()).isLessThan(0.6);
            assertThat(scores.value(Metric.SSIM).orElseThrow()).isGreaterThan(0.999);
            assertThat(scores.scoredPixels()).isEqualTo(truth.valid().count());
        }
        Scores scaled = protocol.score(truth, new Prediction(DepthKind.METRIC, new Alignment(0.5, 0).applied(metres)));
        assertThat(scaled.value(Metric.RMSE).orElseThrow()).isGreaterThan(50);
        Scores shifted = protocol.score(truth,
                new Prediction(DepthKind.SCALE_INVARIANT, new Alignment(1, 3).applied(metres)));
        assertThat(shifted.value(Metric.RMSE).orElseThrow()).isGreaterThan(10);
    }

    @Test
    void alignedProtocolDividesByTheFarthestMeasurement() throws UnscorableException {
        Plane metres = Plane.wrap(new float[]{1, 2, 4, 0}, 2, 2);
        MeasuredDepth truth = new MeasuredDepth(metres, metres, Mask.ofPositive(metres));
        Plane values = Plane.wrap(new float[]{2, -1, 9, 3}, 2, 2);
        ComparedMaps maps = new ArticleAlignedProtocol().maps(truth, new Prediction(DepthKind.METRIC, values));
        assertThat(maps.truth().toLevels().toArray()).containsExactly(63, 127, 255, 0);
        assertThat(maps.prediction().toLevels().toArray()).containsExactly(127, 0, 255, 0);
    }
}
