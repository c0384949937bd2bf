package fathom.evaluation.protocols;

import java.util.Optional;
import java.util.Random;

import fathom.evaluation.metrics.Fit;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.steps.AlignMethod;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class StepProtocolTest {
    private static final int H = 20;
    private static final int W = 24;

    private static StepProtocol protocol(String name) {
        return (StepProtocol) Protocol.named(name);
    }

    private static MeasuredDepth measured(float... metres) {
        Plane plane = Plane.wrap(metres, 1, metres.length);
        return new MeasuredDepth(plane, plane, Mask.ofPositive(plane));
    }

    private static Prediction metric(float... metres) {
        return new Prediction(DepthKind.METRIC, Plane.wrap(metres, 1, metres.length));
    }

    private static MeasuredDepth room(long seed, double holes) {
        Random random = new Random(seed);
        Plane metres = Plane.allocate(H, W);
        for (int i = 0; i < H * W; i++) {
            metres.array()[i] = random.nextDouble() < holes ? 0 : 0.8f + 0.02f * (i % W) + random.nextFloat();
        }
        return new MeasuredDepth(metres, metres, Mask.ofPositive(metres));
    }

    private static Plane noisy(Plane truth, long seed) {
        Random random = new Random(seed + 1);
        Plane noisy = truth.copy();
        for (int i = 0; i < H * W; i++) {
            noisy.array()[i] = truth.array()[i] > 0
                    ? truth.array()[i] * (0.8f + 0.4f * random.nextFloat())
                    : random.nextFloat();
        }
        return noisy;
    }

    /** p = 2, 4, 8 and g = 1, 4, 10 by hand: errors 1, 0, 2. */
    @Test
    void metricsInMetresAreThoseOfTheirFormulas() throws UnscorableException {
        Scores scores = protocol("metric").score(measured(1, 4, 10, 0), metric(2, 4, 8, 5));
        assertThat(scores.scoredPixels()).isEqualTo(3);
        assertThat(scores.value(Metric.MAE)).hasValue(1);
        assertThat(scores.value(Metric.RMSE).orElseThrow()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
        assertThat(scores.value(Metric.ABS_REL).orElseThrow()).isCloseTo(1.2 / 3, within(1e-12));
        assertThat(scores.value(Metric.SQ_REL).orElseThrow()).isCloseTo((1 + 0.4) / 3, within(1e-12));
        double e1 = Math.log(2);
        double e3 = Math.log(0.8);
        assertThat(scores.value(Metric.RMSE_LOG).orElseThrow()).isCloseTo(Math.sqrt((e1 * e1 + e3 * e3) / 3),
                within(1e-12));
        assertThat(scores.value(Metric.LOG10).orElseThrow()).isCloseTo((e1 - e3) / 3 / Math.log(10), within(1e-12));
        double variance = (e1 * e1 + e3 * e3) / 3 - Math.pow((e1 + e3) / 3, 2);
        assertThat(scores.value(Metric.SILOG).orElseThrow()).isCloseTo(100 * Math.sqrt(variance), within(1e-9));
        assertThat(scores.value(Metric.DELTA_1).orElseThrow()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(scores.value(Metric.DELTA_2).orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(scores.value(Metric.I_MAE).orElseThrow()).isCloseTo(1000 * (0.5 + 0.025) / 3, within(1e-9));
        assertThat(scores.fit()).isEmpty();
    }

    @Test
    void lengthsAreMetresAndNeverLevels() {
        StepProtocol metric = protocol("metric");
        assertThat(metric.unit(Metric.RMSE)).isEqualTo("m");
        assertThat(metric.unit(Metric.I_RMSE)).isEqualTo("1/km");
        assertThat(metric.unit(Metric.ABS_REL)).isEmpty();
        assertThat(metric.decimals(Metric.RMSE)).isEqualTo(3);
        assertThat(Protocol.named("article").unit(Metric.RMSE)).isEqualTo("levels");
    }

    @Test
    void aRatioOnTheThresholdIsOutsideUnlessTheProtocolIncludesIt() throws UnscorableException {
        MeasuredDepth truth = measured(4, 4, 4);
        assertThat(protocol("metric").score(truth, metric(5, 5, 4)).value(Metric.DELTA_1).orElseThrow())
                .isCloseTo(1 / 3.0, within(1e-12));
        StepProtocol midas = protocol("midas-zero-shot").withAlignment(AlignMethod.NONE);
        assertThat(midas.score(truth, metric(5, 5, 4)).value(Metric.DELTA_1)).hasValue(1);
    }

    @Property(tries = 60)
    void aKnownScaleAndShiftIsRecovered(@ForAll long seed, @ForAll @DoubleRange(min = 0.2, max = 5) double scale,
            @ForAll @DoubleRange(min = -0.3, max = 0.3) double shift) throws UnscorableException {
        MeasuredDepth truth = room(seed, 0.1);
        Plane depth = truth.metres().copy();
        Plane inverse = truth.metres().copy();
        for (int i = 0; i < H * W; i++) {
            depth.array()[i] = (float) ((truth.metres().array()[i] - shift) / scale);
            inverse.array()[i] = (float) ((1 / Math.max(truth.metres().array()[i], 0.1) - shift) / scale);
        }
        Scores affine = protocol("aligned").score(truth, new Prediction(DepthKind.AFFINE, depth));
        Fit fit = affine.fit().orElseThrow();
        assertThat(fit.scale()).isCloseTo(scale, within(1e-4 * scale));
        assertThat(fit.shift()).isCloseTo(shift, within(1e-4));
        assertThat(fit.pixels()).isEqualTo(truth.valid().count());
        assertThat(fit.residual()).isLessThan(1e-5);
        assertThat(affine.value(Metric.ABS_REL).orElseThrow()).isLessThan(1e-5);
        Scores inverted = protocol("aligned").score(truth, new Prediction(DepthKind.AFFINE_INVERSE, inverse));
        assertThat(inverted.fit().orElseThrow().scale()).isCloseTo(scale, within(1e-4 * scale));
        assertThat(inverted.fit().orElseThrow().inverse()).isTrue();
        assertThat(inverted.value(Metric.ABS_REL).orElseThrow()).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource(AlignMethod.class)
    void everyAlignmentLeavesAPerfectPredictionPerfect(AlignMethod method) throws UnscorableException {
        MeasuredDepth truth = room(3, 0.2);
        StepProtocol protocol = protocol("plumbline").withAlignment(method);
        Scores scores = protocol.score(truth, new Prediction(DepthKind.METRIC, truth.metres()));
        assertThat(scores.value(Metric.ABS_REL).orElseThrow()).isLessThan(1e-6);
        assertThat(scores.value(Metric.DELTA_1)).hasValue(1);
    }

    @Property(tries = 40)
    void pixelsWithoutAMeasurementNeverMatter(@ForAll long seed) throws UnscorableException {
        MeasuredDepth truth = room(seed, 0.3);
        Plane values = noisy(truth.metres(), seed);
        Plane changed = values.copy();
        for (int i = 0; i < H * W; i++) {
            if (truth.metres().array()[i] == 0) {
                changed.array()[i] = i % 2 == 0 ? 1e6f : Float.NaN;
            }
        }
        for (String name : new String[]{"metric", "aligned", "nyu-eigen", "kitti-garg", "ultralytics", "plumbline"}) {
            StepProtocol protocol = protocol(name).withCrop(Optional.empty());
            assertThat(protocol.score(truth, new Prediction(DepthKind.METRIC, changed))).as(name)
                    .isEqualTo(protocol.score(truth, new Prediction(DepthKind.METRIC, values)));
        }
    }

    @Property(tries = 40)
    void theOrderOfPixelsChangesNoPixelwiseMetricAndSharesAreOrdered(@ForAll long seed) throws UnscorableException {
        MeasuredDepth truth = room(seed, 0.3);
        Plane values = noisy(truth.metres(), seed);
        Random random = new Random(seed);
        float[] g = truth.metres().toArray();
        float[] p = values.toArray();
        for (int i = g.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float swap = g[i];
            g[i] = g[j];
            g[j] = swap;
            swap = p[i];
            p[i] = p[j];
            p[j] = swap;
        }
        Plane shuffled = Plane.wrap(g, H, W);
        Scores before = protocol("metric").score(truth, new Prediction(DepthKind.METRIC, values));
        Scores after = protocol("metric").score(new MeasuredDepth(shuffled, shuffled, Mask.ofPositive(shuffled)),
                new Prediction(DepthKind.METRIC, Plane.wrap(p, H, W)));
        before.values().forEach(
                (metric, value) -> assertThat(after.value(metric).orElseThrow()).isCloseTo(value, within(1e-9)));
        double delta1 = before.value(Metric.DELTA_1).orElseThrow();
        double delta2 = before.value(Metric.DELTA_2).orElseThrow();
        assertThat(delta1).isBetween(0.0, delta2);
        assertThat(before.value(Metric.DELTA_3).orElseThrow()).isBetween(delta2, 1.0);
        assertThat(before.value(Metric.RMSE).orElseThrow())
                .isGreaterThanOrEqualTo(before.value(Metric.MAE).orElseThrow() - 1e-12);
    }

    @Test
    void whatIsComparedHasTheErrorsOfTheScores() throws UnscorableException {
        MeasuredDepth truth = room(5, 0.2);
        Prediction prediction = new Prediction(DepthKind.AFFINE, noisy(truth.metres(), 5));
        ScoredMaps maps = protocol("aligned").compared(truth, prediction, Optional.empty()).orElseThrow();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < H * W; i++) {
            if (maps.counted().array()[i]) {
                sum += Math.abs(maps.prediction().array()[i] - maps.truth().array()[i]);
                count++;
            }
        }
        Scores scores = protocol("aligned").score(truth, prediction);
        assertThat(count).isEqualTo((int) scores.scoredPixels());
        assertThat(sum / count).isCloseTo(scores.value(Metric.MAE).orElseThrow(), within(1e-6));
    }

    @Test
    void aKindThatTheProtocolDoesNotAlignHasNoScoresAndAReason() {
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> protocol("metric").score(room(1, 0),
                        new Prediction(DepthKind.AFFINE_INVERSE, room(1, 0).metres())))
                .withMessageContaining("affine-invariant-inverse");
    }

    @Test
    void leastSquaresNeedFinitePredictions() {
        MeasuredDepth truth = room(2, 0);
        Plane broken = truth.metres().copy();
        broken.set(3, 3, Float.NaN);
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> protocol("marigold").score(truth, new Prediction(DepthKind.AFFINE, broken)))
                .withMessageContaining("not finite at 1 of the pixels");
    }

    @Test
    void everyStepIsExplainedInOneSentence() {
        for (Protocol protocol : Protocol.all()) {
            if (protocol instanceof StepProtocol steps) {
                assertThat(steps.sentences()).hasSizeGreaterThan(2)
                        .allMatch(sentence -> sentence.endsWith(".") && !sentence.contains("\n"));
            }
        }
    }

    @Test
    void pixelsWithoutAPredictionAreNoted() throws UnscorableException {
        MeasuredDepth truth = room(2, 0);
        Plane holes = truth.metres().copy();
        for (int row = 0; row < H / 2; row++) {
            for (int column = 0; column < W; column++) {
                holes.set(row, column, Float.POSITIVE_INFINITY);
            }
        }
        Scores scores = protocol("metric").score(truth, new Prediction(DepthKind.METRIC, holes));
        assertThat(scores.notes()).containsExactly(
                H / 2 * W + " of " + H * W + " measured pixels have no positive prediction and are not counted");
        Prediction nothing = new Prediction(DepthKind.METRIC, Plane.allocate(H, W));
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> protocol("metric").score(truth, nothing))
                .withMessageContaining("have no positive prediction");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> protocol("metric").compared(truth, nothing, Optional.empty()))
                .withMessageContaining("have no positive prediction");
    }

    @Test
    void everyProtocolAnswersForHostileMapsAndNamesWhatIsMissing() {
        float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -1, 1e-30f, 3e38f, 2};
        for (Protocol protocol : Protocol.all()) {
            for (DepthKind kind : DepthKind.values()) {
                for (int size : new int[]{1, 12}) {
                    for (int every : new int[]{1, 2}) {
                        for (float value : values) {
                            assertAnswers(protocol, kind, size, value, every);
                        }
                    }
                }
            }
        }
    }

    private static void assertAnswers(Protocol protocol, DepthKind kind, int size, float value, int every) {
        Plane metres = Plane.allocate(size, size);
        Plane predicted = Plane.allocate(size, size);
        for (int i = 0; i < size * size; i++) {
            metres.array()[i] = 1 + i % 5;
            predicted.array()[i] = i % every == 0 ? value : 2 + i % 3;
        }
        MeasuredDepth truth = new MeasuredDepth(metres, metres, Mask.ofPositive(metres));
        ScoringContext camera = new ScoringContext(ScoringContext.DEFAULT.kernel(),
                Optional.of(new Intrinsics(50, 50, size / 2.0, size / 2.0)));
        for (ScoringContext context : new ScoringContext[]{ScoringContext.DEFAULT, camera}) {
            try {
                Scores scores = protocol.score(truth, new Prediction(kind, predicted), context);
                assertThat(scores.values().size() + scores.absent().size())
                        .as("%s %s %d %s", protocol.name(), kind, size, value).isEqualTo(protocol.metrics().size());
                assertThat(scores.absent().values()).noneMatch(String::isBlank);
            } catch (UnscorableException e) {
                assertThat(e.reason()).isNotBlank();
            }
        }
    }

    @Test
    void metricsThatNeedACameraSaySo() throws UnscorableException {
        MeasuredDepth truth = room(2, 0);
        Scores scores = protocol("evalmde").score(truth, new Prediction(DepthKind.METRIC, truth.metres()));
        assertThat(scores.absent()).hasSize(2).allSatisfy((metric, reason) -> assertThat(reason)
                .isEqualTo("it needs the intrinsics of the camera, and the sample has none"));
    }

    @Test
    void anInfiniteScoreIsExplained() throws UnscorableException {
        Scores scores = protocol("fastdepth").score(measured(1, 2, 3, 4), metric(1, 2, Float.POSITIVE_INFINITY, 4));
        assertThat(scores.value(Metric.RMSE)).hasValue(Double.POSITIVE_INFINITY);
        assertThat(scores.notes()).singleElement().asString()
                .startsWith("the prediction is not finite in 1 of the 4 pixels that count");
    }
}
