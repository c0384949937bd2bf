package fathom.evaluation.protocols;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.ImageScores;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ProtocolTest {
    private static final int H = 24;
    private static final int W = 31;

    static Iterable<Protocol> protocols() {
        return Protocol.all();
    }

    /** The protocols that compare pictures of 8 bits. */
    static List<Protocol> pictureProtocols() {
        return Protocol.all().stream().filter(protocol -> !(protocol instanceof StepProtocol)).toList();
    }

    /** A room: depth in integer millimetres from 0.8 to 4 m, some pixels without a measurement, stored like SUN RGB-D. */
    private static MeasuredDepth room(long seed, double holes) {
        Random random = new Random(seed);
        Plane stored = Plane.allocate(H, W);
        Plane metres = Plane.allocate(H, W);
        Mask valid = Mask.filled(H, W, true);
        for (int i = 0; i < H * W; i++) {
            int millimetres = 800 + 90 * (i / W) + 20 * (i % W) + random.nextInt(300);
            boolean measured = random.nextDouble() >= holes;
            valid.array()[i] = measured;
            metres.array()[i] = measured ? millimetres / 1000f : 0;
            stored.array()[i] = measured ? millimetres << 3 : 0;
        }
        return new MeasuredDepth(stored, metres, valid);
    }

    private static Plane map(Plane source, FloatMap change) {
        Plane target = source.copy();
        for (int i = 0; i < target.array().length; i++) {
            target.array()[i] = change.apply(target.array()[i], i);
        }
        return target;
    }

    private interface FloatMap {
        float apply(float value, int index);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void everyProtocolIsFoundByNameAndExplained(Protocol protocol) {
        assertThat(Protocol.named(protocol.name())).isEqualTo(protocol);
        ProtocolText text = protocol.text();
        assertThat(text.title()).startsWith(protocol.name() + ":");
        assertThat(text.description()).hasSizeGreaterThan(100).doesNotContain("\n");
        assertThat(text.flaws()).isNotEmpty().allMatch(flaw -> flaw.endsWith("."));
        assertThat(text.citations()).isNotEmpty();
        assertThat(protocol.metrics()).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void textIsWrappedWithoutLosingAWord() {
        ProtocolText text = Protocol.named("article").text();
        String plain = text.plain(72);
        assertThat(plain.lines()).allMatch(line -> line.length() <= 72);
        assertThat(plain).contains("Known flaws").contains("Source");
        String flat = plain.replaceAll("\\s+", " ");
        assertThat(flat).contains(text.description());
        assertThat(text.flaws()).allSatisfy(flaw -> assertThat(flat).contains("- " + flaw));
        assertThat(text.citations()).allSatisfy(citation -> assertThat(flat).contains("- " + citation));
    }

    @Test
    void unknownProtocolIsRejectedWithAListOfProtocols() {
        assertThatIllegalArgumentException().isThrownBy(() -> Protocol.named("artikel"))
                .withMessageContaining("artikel").withMessageContaining("article-fixed")
                .withMessageContaining("arrays");
    }

    @ParameterizedTest
    @EnumSource(DepthKind.class)
    void articleScoresItsTwoMapsOverEveryPixel(DepthKind kind) throws UnscorableException {
        MeasuredDepth truth = room(1, 0.1);
        Plane values = map(truth.metres(), (value, i) -> kind.isInverse() ? 1 / (value + 1) : value + 0.1f);
        Prediction prediction = new Prediction(kind, values);
        Scores scores = new ArticleProtocol().score(truth, prediction);
        ImageScores expected = ImageMetrics.score(ArticleMap.ofStored(truth.stored()), ArticleMap.of(prediction));
        assertThat(scores.values()).containsExactlyInAnyOrderEntriesOf(
                Map.of(Metric.RMSE, expected.rmse(), Metric.PSNR, expected.psnr(), Metric.SSIM, expected.ssim()));
        assertThat(scores.values().keySet()).containsExactly(Metric.RMSE, Metric.PSNR, Metric.SSIM);
        assertThat(scores.scoredPixels()).isEqualTo(H * W);
        assertThat(scores.absent()).isEmpty();
    }

    @Test
    void articleCountsMissingPixelsAndArticleFixedDoesNot() throws UnscorableException {
        MeasuredDepth truth = room(2, 0.05);
        Plane complete = room(2, 0).metres();
        Prediction prediction = new Prediction(DepthKind.METRIC, complete);
        assertThat(new ArticleProtocol().score(truth, prediction).value(Metric.RMSE).orElseThrow()).isGreaterThan(10);
        Scores fixed = new ArticleFixedProtocol().score(truth, prediction);
        assertThat(fixed.value(Metric.RMSE)).hasValue(0);
        assertThat(fixed.value(Metric.PSNR)).hasValue(Double.POSITIVE_INFINITY);
        assertThat(fixed.value(Metric.SSIM)).hasValue(1);
        assertThat(fixed.scoredPixels()).isEqualTo(truth.valid().count()).isLessThan(fixed.pixels());
    }

    @Property(tries = 40)
    void articleFixedIgnoresPixelsWithoutAMeasurement(@ForAll long seed) throws UnscorableException {
        MeasuredDepth truth = room(seed, 0.03);
        Random random = new Random(seed);
        Plane values = map(truth.metres(), (value, i) -> 1 + random.nextFloat());
        Plane changed = map(values,
                (value, i) -> truth.valid().array()[i] ? value : 1000 * (random.nextFloat() - 0.5f));
        Plane lies = map(truth.metres(), (value, i) -> truth.valid().array()[i] ? value : 77);
        MeasuredDepth changedTruth = new MeasuredDepth(truth.stored(), lies, truth.valid());
        for (DepthKind kind : DepthKind.values()) {
            assertThat(new ArticleFixedProtocol().score(changedTruth, new Prediction(kind, changed)))
                    .isEqualTo(new ArticleFixedProtocol().score(truth, new Prediction(kind, values)));
        }
    }

    /** Levels are not divided by their maximum, so halving them changes the scores; halving depth does not. */
    @Test
    void articleFixedKeepsLevelsUnchanged() throws UnscorableException {
        MeasuredDepth truth = room(4, 0);
        ComparedMaps same = new ArticleFixedProtocol().maps(truth, new Prediction(DepthKind.METRIC, truth.metres()));
        Plane levels = same.truth().toLevels();
        ComparedMaps maps = new ArticleFixedProtocol().maps(truth, new Prediction(DepthKind.LEVELS, levels));
        assertThat(maps.scores().value(Metric.RMSE)).hasValue(0);
        Plane halved = map(levels, (value, i) -> value / 2);
        assertThat(new ArticleFixedProtocol().score(truth, new Prediction(DepthKind.LEVELS, halved)).value(Metric.RMSE)
                .orElseThrow()).isGreaterThan(20);
    }

    @Test
    void articleFixedIgnoresPixelsWithoutAPrediction() throws UnscorableException {
        MeasuredDepth truth = room(3, 0);
        Plane values = truth.metres().copy();
        values.set(0, 0, Float.NaN);
        values.set(5, 5, Float.POSITIVE_INFINITY);
        Scores scores = new ArticleFixedProtocol().score(truth, new Prediction(DepthKind.METRIC, values));
        assertThat(scores.scoredPixels()).isEqualTo(H * W - 2);
        assertThat(scores.value(Metric.RMSE).orElseThrow()).isLessThan(1);
    }

    @Test
    void articleFixedClampsInsteadOfWrapping() throws UnscorableException {
        MeasuredDepth truth = room(4, 0);
        Plane values = map(truth.metres(), (value, i) -> i == 0 ? -0.01f : 1 / value);
        ComparedMaps fixed = new ArticleFixedProtocol().maps(truth, new Prediction(DepthKind.AFFINE_INVERSE, values));
        assertThat(fixed.prediction().get(0, 0)).isEqualTo(255);
        ComparedMaps article = new ArticleProtocol().maps(truth, new Prediction(DepthKind.AFFINE_INVERSE, values));
        assertThat(article.prediction().get(0, 0)).isLessThan(10);
        Plane negative = map(truth.metres(), (value, i) -> i == 0 ? -5 : value);
        assertThat(new ArticleFixedProtocol().maps(truth, new Prediction(DepthKind.AFFINE, negative)).prediction()
                .get(0, 0)).isZero();
    }

    @Test
    void articleFixedScoreDoesNotDependOnTheUnitOfAPrediction() throws UnscorableException {
        MeasuredDepth truth = room(5, 0.02);
        Plane noisy = map(truth.metres(), (value, i) -> value + (i % 7) * 0.05f);
        Scores metres = new ArticleFixedProtocol().score(truth, new Prediction(DepthKind.METRIC, noisy));
        Scores eighths = new ArticleFixedProtocol().score(truth,
                new Prediction(DepthKind.SCALE_INVARIANT, map(noisy, (value, i) -> value * 8)));
        assertThat(eighths).isEqualTo(metres);
    }

    @Test
    void sparseTruthHasNoSsimAndAReason() throws UnscorableException {
        MeasuredDepth truth = room(6, 0.6);
        Scores scores = new ArticleFixedProtocol().score(truth, new Prediction(DepthKind.METRIC, room(6, 0).metres()));
        assertThat(scores.value(Metric.SSIM)).isEmpty();
        assertThat(scores.absent()).containsOnlyKeys(Metric.SSIM);
        assertThat(scores.absent().get(Metric.SSIM)).contains("window");
        assertThat(scores.values()).containsOnlyKeys(Metric.RMSE, Metric.PSNR);
    }

    @Test
    void tinyPicturesHaveNoSsimAndAReason() throws UnscorableException {
        Plane plane = Plane.wrap(new float[]{1, 2, 3, 4}, 2, 2);
        MeasuredDepth truth = new MeasuredDepth(plane, plane, Mask.filled(2, 2, true));
        for (Protocol protocol : pictureProtocols()) {
            Scores scores = protocol.score(truth, new Prediction(DepthKind.METRIC, plane));
            assertThat(scores.value(Metric.RMSE)).hasValue(0);
            assertThat(scores.absent().get(Metric.SSIM)).contains("2×2").contains("7×7");
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void samplesWithoutNumbersGiveAReasonInsteadOfAFailure(Protocol protocol) {
        MeasuredDepth truth = room(7, 0);
        Plane zeros = Plane.allocate(H, W);
        MeasuredDepth unmeasured = new MeasuredDepth(zeros, zeros, Mask.filled(H, W, false));
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> protocol.score(unmeasured, new Prediction(DepthKind.METRIC, truth.metres())))
                .satisfies(exception -> assertThat(exception.reason()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("pictureProtocols")
    void predictionsWithoutANumberGiveAReasonInsteadOfAFailure(Protocol protocol) {
        MeasuredDepth truth = room(7, 0);
        Plane nothing = map(truth.metres(), (value, i) -> Float.NaN);
        for (DepthKind kind : DepthKind.values()) {
            assertThatExceptionOfType(UnscorableException.class)
                    .isThrownBy(() -> protocol.score(truth, new Prediction(kind, nothing)));
        }
    }

    @Test
    void predictionsWithoutAPositiveValueGiveAReason() {
        MeasuredDepth truth = room(8, 0);
        for (float level : new float[]{0, -1}) {
            Plane flat = map(truth.metres(), (value, i) -> level);
            assertThatExceptionOfType(UnscorableException.class)
                    .isThrownBy(() -> new ArticleFixedProtocol().score(truth, new Prediction(DepthKind.AFFINE, flat)))
                    .withMessageContaining("above 0");
        }
    }

    @Test
    void constantPredictionsAreScored() throws UnscorableException {
        MeasuredDepth truth = room(9, 0.01);
        Plane flat = map(truth.metres(), (value, i) -> 3);
        for (Protocol protocol : pictureProtocols()) {
            Scores scores = protocol.score(truth, new Prediction(DepthKind.METRIC, flat));
            assertThat(scores.value(Metric.RMSE).orElseThrow()).isFinite().isPositive();
            assertThat(scores.value(Metric.SSIM).orElseThrow()).isFinite().isLessThan(0.9);
        }
    }

    @ParameterizedTest
    @MethodSource("pictureProtocols")
    void predictionsOfAnotherSizeAreRejected(Protocol protocol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protocol.score(room(1, 0), new Prediction(DepthKind.METRIC, Plane.allocate(W, H))))
                .withMessageContaining("prediction");
    }

    @Test
    void arraysScoresFloatMapsOverTheSpanOfTheTruth() throws UnscorableException {
        MeasuredDepth truth = room(10, 0.1);
        Plane values = map(truth.metres(), (value, i) -> value + 0.01f * (i % 5));
        Scores scores = new ArraysProtocol().score(truth, new Prediction(DepthKind.METRIC, values));
        float max = 0;
        for (float value : truth.metres().toArray()) {
            max = Math.max(max, value);
        }
        ImageScores expected = ImageMetrics.score(truth.metres(), values, max);
        assertThat(scores.value(Metric.RMSE)).hasValue(expected.rmse());
        assertThat(scores.value(Metric.PSNR)).hasValue(expected.psnr());
        assertThat(scores.value(Metric.SSIM).orElseThrow()).isCloseTo(expected.ssim(), within(1e-12));
        Plane flat = map(values, (value, i) -> 1);
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> new ArraysProtocol().score(flat, values))
                .withMessageContaining("span");
    }

    @Test
    void arraysScoresEightBitPicturesUnchanged() {
        Random random = new Random(11);
        byte[] bytes = new byte[9 * 8 * 3];
        random.nextBytes(bytes);
        RgbImage rgb = RgbImage.wrap(bytes, 9, 8);
        GrayImage red = GrayImage.ofChannel(rgb, 0);
        GrayImage blue = GrayImage.ofChannel(rgb, 2);
        assertThat(new ArraysProtocol().score(red, blue).value(Metric.RMSE))
                .hasValue(ImageMetrics.score(red, blue).rmse());
        assertThat(new ArraysProtocol().score(rgb, rgb).value(Metric.SSIM)).hasValue(1);
    }

    @Test
    void arraysOfEveryTypeScoreAsScikitImageScoresThem() throws UnscorableException {
        ArraysProtocol arrays = new ArraysProtocol();
        Random random = new Random(12);
        int[] levels = random.ints(2 * 9 * 8, 0, 65536).toArray();
        byte[] x = new byte[72];
        byte[] y = new byte[72];
        double[] xs = new double[72];
        double[] ys = new double[72];
        for (int i = 0; i < 72; i++) {
            x[i] = (byte) levels[i];
            y[i] = (byte) levels[72 + i];
            xs[i] = levels[i];
            ys[i] = levels[72 + i];
        }
        assertThat(arrays.score(NdArray.ofBytes(x, 9, 8), NdArray.ofBytes(y, 9, 8)))
                .isEqualTo(arrays.score(GrayImage.wrap(x, 9, 8), GrayImage.wrap(y, 9, 8)));
        assertThat(arrays.score(NdArray.ofBytes(x, 1, 9, 8), NdArray.ofBytes(y, 1, 9, 8)))
                .isEqualTo(arrays.score(GrayImage.wrap(x, 9, 8), GrayImage.wrap(y, 9, 8)));
        assertThat(arrays.score(NdArray.ofBytes(x, 8, 3, 3), NdArray.ofBytes(y, 8, 3, 3)).value(Metric.RMSE)).hasValue(
                arrays.score(GrayImage.wrap(x, 9, 8), GrayImage.wrap(y, 9, 8)).value(Metric.RMSE).getAsDouble());
        ImageScores sixteen = ImageMetrics.score(xs, ys, 9, 8, 65535);
        assertThat(arrays.score(uint16(xs), uint16(ys)).value(Metric.SSIM)).hasValue(sixteen.ssim());
        assertThat(arrays.score(uint16(xs), uint16(ys)).value(Metric.PSNR)).hasValue(sixteen.psnr());
        double span = Arrays.stream(xs).max().orElseThrow() - Arrays.stream(xs).min().orElseThrow();
        assertThat(arrays.score(NdArray.ofDoubles(xs, 9, 8), NdArray.ofDoubles(ys, 9, 8)).value(Metric.SSIM))
                .hasValue(ImageMetrics.score(xs, ys, 9, 8, span).ssim());
        float[] singles = new float[72];
        for (int i = 0; i < 72; i++) {
            singles[i] = (float) xs[i] / 7;
        }
        Plane plane = Plane.wrap(singles, 9, 8);
        assertThat(arrays.score(NdArray.of(plane), NdArray.ofFloats(new float[72], 9, 8)))
                .isEqualTo(arrays.score(plane, Plane.allocate(9, 8)));
    }

    private static NdArray uint16(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putShort((short) value);
        }
        return new NdArray(NumberType.UINT16, new int[]{9, 8}, bytes.flip());
    }

    @Test
    void arraysThatCannotBeComparedAreRejected() {
        ArraysProtocol arrays = new ArraysProtocol();
        NdArray floats = NdArray.ofFloats(new float[72], 9, 8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arrays.score(floats, NdArray.ofBytes(new byte[72], 9, 8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arrays.score(floats, NdArray.ofFloats(new float[72], 8, 9)));
        for (NdArray wrong : new NdArray[]{NdArray.ofInts(new int[72], 9, 8), NdArray.ofFloats(new float[72], 72),
                NdArray.ofFloats(new float[72], 3, 8, 3), NdArray.ofBytes(new byte[72], 9, 2, 4),
                NdArray.ofFloats(new float[0], 0, 8)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> arrays.score(wrong, wrong))
                    .withMessageContaining("expected");
        }
        double[] broken = new double[72];
        broken[5] = Double.NaN;
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(
                        () -> arrays.score(NdArray.ofDoubles(new double[72], 9, 8), NdArray.ofDoubles(broken, 9, 8)))
                .withMessageContaining("not finite");
    }
}
