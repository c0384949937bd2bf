package fathom.evaluation.checks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import fathom.evaluation.metrics.Fit;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EvaluationChecksTest {
    private static final int H = 120;
    private static final int W = 160;
    /** The red channel of matplotlib's Spectral at 0, 0.1, … 1. */
    private static final int[] SPECTRAL_RED = {158, 211, 244, 252, 254, 254, 230, 169, 102, 50, 94};

    private final Plane depth = scene(H, W);

    /** Returns a room with a sloped floor, a far wall, a box and some noise, 1 to 7 m. */
    private static Plane scene(int height, int width) {
        Random random = new Random(1);
        Plane plane = Plane.allocate(height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double floor = 1.2 * height / (row + 0.18 * height);
                double wall = 5.5 + 1.3 * column / width;
                boolean box = row > height / 2 && column > width / 3 && column < width / 2;
                plane.set(row, column, (float) ((box ? 1.1 : Math.min(floor, wall)) + 0.01 * random.nextGaussian()));
            }
        }
        return plane;
    }

    private static Plane mapped(Plane plane, DoubleUnaryOperator function) {
        Plane mapped = plane.copy();
        for (int i = 0; i < mapped.size(); i++) {
            mapped.array()[i] = (float) function.applyAsDouble(mapped.array()[i]);
        }
        return mapped;
    }

    private static MeasuredDepth truth(Plane metres) {
        return new MeasuredDepth(metres, metres, Mask.ofPositive(metres));
    }

    /** Returns millimetres as 16-bit integers, and the metres that a rule reads from them. */
    private static MeasuredDepth stored(Plane stored, DoubleUnaryOperator metres) {
        Plane decoded = mapped(stored, metres);
        return new MeasuredDepth(stored, decoded, Mask.ofPositive(decoded));
    }

    private static List<Finding> check(MeasuredDepth truth, DepthKind kind, Plane values) {
        return EvaluationChecks.of(truth, new Prediction(kind, values), EvaluationChecks.Shape.OF_THE_PICTURE,
                Optional.empty());
    }

    private List<Finding> check(DepthKind kind, DoubleUnaryOperator function) {
        return check(truth(depth), kind, mapped(depth, function));
    }

    private static void requireOnly(List<Finding> findings, FindingKind kind, Sureness sureness, String words) {
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(kind);
            assertThat(finding.sureness()).isEqualTo(sureness);
            assertThat(finding.words()).contains(words);
            assertThat(finding.numbers()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(DepthKind.class)
    void goodPredictionsOfEveryKindHaveNoFinding(DepthKind kind) {
        assertThat(check(kind, z -> switch (kind) {
            case METRIC -> z + 0.05;
            case SCALE_INVARIANT -> 0.3 * z;
            case AFFINE -> 0.3 * z - 1;
            case AFFINE_INVERSE -> 1 / z - 0.2;
            case LEVELS -> Math.floor(255 * z / 8);
        })).isEmpty();
    }

    @Test
    void exchangedNearAndFarAreFound() {
        requireOnly(check(DepthKind.AFFINE, z -> 1 / z), FindingKind.POLARITY, Sureness.HIGH, "near and far");
        requireOnly(check(DepthKind.AFFINE_INVERSE, z -> z), FindingKind.POLARITY, Sureness.HIGH, "are nearer");
        requireOnly(check(DepthKind.LEVELS, z -> 255 - Math.floor(255 * z / 8)), FindingKind.POLARITY, Sureness.HIGH,
                "are farther");
    }

    @Test
    void weaklyNegativeCorrelationIsLessSure() {
        Random random = new Random(2);
        List<Finding> findings = check(DepthKind.METRIC, z -> 4 - 0.15 * z + random.nextGaussian());
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.POLARITY);
            assertThat(finding.sureness()).isEqualTo(Sureness.MEDIUM);
        });
    }

    private static double spectralRed(double z) {
        double at = Math.clamp((z - 1) / 6, 0, 0.9999) * 10;
        int low = (int) at;
        return Math.rint(SPECTRAL_RED[low] + (at - low) * (SPECTRAL_RED[low + 1] - SPECTRAL_RED[low]));
    }

    @Test
    void channelOfAColourMapIsFound() {
        for (DepthKind kind : List.of(DepthKind.LEVELS, DepthKind.AFFINE)) {
            assertThat(check(kind, EvaluationChecksTest::spectralRed)).anySatisfy(finding -> {
                assertThat(finding.kind()).isEqualTo(FindingKind.COLOUR_MAP);
                assertThat(finding.sureness()).isEqualTo(Sureness.HIGH);
                assertThat(finding.words()).contains("colour-mapped picture");
            });
        }
        assertThat(check(DepthKind.LEVELS, z -> 255 - spectralRed(z))).extracting(Finding::kind)
                .contains(FindingKind.COLOUR_MAP);
        Random random = new Random(8);
        assertThat(check(DepthKind.METRIC, z -> spectralRed(z) + 3 * random.nextGaussian()))
                .extracting(Finding::kind, Finding::sureness)
                .contains(org.assertj.core.groups.Tuple.tuple(FindingKind.COLOUR_MAP, Sureness.MEDIUM));
    }

    @Test
    void badPredictionIsNoColourMap() {
        Random random = new Random(4);
        assertThat(
                check(DepthKind.LEVELS, z -> Math.floor(Math.clamp(20 * z + 60 * random.nextGaussian() + 60, 0, 255))))
                .extracting(Finding::kind).doesNotContain(FindingKind.COLOUR_MAP);
    }

    @Test
    void predictionAndTruthInEightBitsAreFound() {
        requireOnly(check(DepthKind.METRIC, z -> Math.floor(255 * z / 8) * 8 / 255),
                FindingKind.PREDICTION_IN_EIGHT_BITS, Sureness.HIGH, "equally spaced");
        requireOnly(check(DepthKind.METRIC, z -> 200 / Math.rint(200 / z)), FindingKind.PREDICTION_IN_EIGHT_BITS,
                Sureness.HIGH, "whose reciprocals are equally spaced");
        Plane coarse = mapped(depth, z -> Math.floor(32 * z));
        requireOnly(check(stored(coarse, d -> d / 32), DepthKind.METRIC, depth), FindingKind.TRUTH_IN_EIGHT_BITS,
                Sureness.HIGH, "the truth has only");
    }

    @Test
    void fewValuesOfNarrowMillimetresOrRampsOrDrawingsAreNotEightBits() {
        assertThat(check(truth(mapped(depth, z -> Math.rint(z * 20 + 700) / 1000)), DepthKind.AFFINE, depth)).isEmpty();
        Plane ramp = Plane.allocate(H, W);
        Plane drawing = Plane.allocate(H, W);
        for (int i = 0; i < ramp.size(); i++) {
            ramp.array()[i] = 1 + i / W;
            drawing.array()[i] = 1 + i % W / 40 + i / W / 40;
        }
        assertThat(check(truth(depth), DepthKind.AFFINE_INVERSE, ramp)).isEmpty();
        assertThat(check(truth(drawing), DepthKind.METRIC, drawing)).isEmpty();
    }

    @Test
    void wrapAtTheByteIsFound() {
        Plane slope = Plane.allocate(H, W);
        for (int i = 0; i < slope.size(); i++) {
            slope.array()[i] = 1 + i % W * 0.02f + i / W * 0.03f;
        }
        Plane wrapped = mapped(slope, z -> Math.floor(z * 80) % 256);
        assertThat(check(truth(slope), DepthKind.LEVELS, wrapped)).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.BYTE_WRAP);
            assertThat(finding.sureness()).isEqualTo(Sureness.HIGH);
        });
        assertThat(check(truth(slope), DepthKind.LEVELS, mapped(slope, z -> Math.floor(z * 30)))).isEmpty();
    }

    @Test
    void zerosOfHolesNextToFarLevelsAreNoWrap() {
        Plane levels = mapped(depth, z -> Math.floor(255 * z / 8));
        for (int i = 0; i < levels.size(); i++) {
            if (i % W % 20 < 4) {
                levels.array()[i] = 0;
            } else if (i % W % 20 < 12) {
                levels.array()[i] = 255;
            }
        }
        assertThat(check(truth(depth), DepthKind.LEVELS, levels))
                .filteredOn(finding -> finding.kind() == FindingKind.BYTE_WRAP)
                .allSatisfy(finding -> assertThat(finding.sureness()).isEqualTo(Sureness.LOW));
    }

    @Test
    void zerosThatCountAsDepthAreFound() {
        Plane holes = depth.copy();
        for (int i = 0; i < holes.size(); i++) {
            if (i / W % 10 == 0 || i % 19 == 0) {
                holes.array()[i] = 0;
            }
        }
        requireOnly(check(truth(depth), DepthKind.METRIC, holes), FindingKind.ZEROS_IN_PREDICTION, Sureness.HIGH,
                "mask it");
        Plane masked = mapped(holes, z -> z == 0 ? Double.NaN : z);
        assertThat(check(truth(depth), DepthKind.METRIC, masked)).isEmpty();
        assertThat(check(truth(holes), DepthKind.METRIC, holes)).isEmpty();
        MeasuredDepth unmasked = new MeasuredDepth(holes, holes, Mask.filled(H, W, true));
        assertThat(check(unmasked, DepthKind.METRIC, depth)).extracting(Finding::kind)
                .containsExactly(FindingKind.ZEROS_IN_TRUTH);
        assertThat(EvaluationChecks.of(truth(holes), new Prediction(DepthKind.METRIC, depth),
                EvaluationChecks.Shape.OF_THE_PICTURE, Optional.of(scores(Map.of(Metric.RMSE, 1.0), H * W, null))))
                .singleElement().satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.ZEROS_IN_TRUTH);
                    assertThat(finding.words()).contains("without a measurement");
                });
    }

    private static Scores scores(Map<Metric, Double> values, int counted, Fit fit) {
        return new Scores(values, Map.of(), counted, H * W, Optional.ofNullable(fit), Double.NaN, List.of());
    }

    @Test
    void truthWithRotatedBitsIsFound() {
        Plane rotated = mapped(depth, z -> {
            int mm = (int) (z * 1000);
            return (mm << 3 | mm >> 13) & 0xFFFF;
        });
        requireOnly(check(stored(rotated, d -> d / 1000), DepthKind.METRIC, depth), FindingKind.TRUTH_UNDECODED,
                Sureness.HIGH, "multiples of 8");
        assertThat(
                check(stored(rotated, d -> ((int) d >> 3 | (int) d << 13 & 0xFFFF) / 1000.0), DepthKind.METRIC, depth))
                .isEmpty();
        Plane far = mapped(depth, z -> {
            int mm = (int) (z * 1800);
            return (mm << 3 | mm >> 13) & 0xFFFF;
        });
        assertThat(check(stored(far, d -> ((int) d >> 3) / 1000.0), DepthKind.METRIC, depth)).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.TRUTH_UNDECODED);
            assertThat(finding.words()).contains("shift of three bits");
        });
    }

    @Test
    void plateauAtTheLargestShiftedDepthIsFound() {
        Plane cut = mapped(depth, z -> Math.min(8.191f, 1.6 * z));
        assertThat(check(truth(cut), DepthKind.METRIC, depth)).singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("8.191 m"));
    }

    @Test
    void largestIntegerAsDepthIsFound() {
        Plane integers = mapped(depth, z -> Math.rint(z * 1000));
        for (int i = 0; i < 1500; i++) {
            integers.array()[5000 + i] = 65535;
        }
        requireOnly(check(stored(integers, d -> d / 1000), DepthKind.METRIC, depth),
                FindingKind.LARGEST_INTEGER_AS_DEPTH, Sureness.HIGH, "the truth has the largest 16-bit number");
        assertThat(check(stored(integers, d -> d == 65535 ? 0 : d / 1000), DepthKind.METRIC, depth)).isEmpty();
        requireOnly(check(truth(depth), DepthKind.METRIC, mapped(integers, d -> d / 1000)),
                FindingKind.LARGEST_INTEGER_AS_DEPTH, Sureness.HIGH, "the prediction has the largest");
    }

    @Test
    void otherSizesAreJudgedByTheirShape() {
        Plane half = scene(H / 2, W / 2);
        requireOnly(check(truth(depth), DepthKind.METRIC, half), FindingKind.OTHER_SIZE, Sureness.LOW, "80x60");
        requireOnly(check(truth(depth), DepthKind.METRIC, scene(H, H)), FindingKind.OTHER_SIZE, Sureness.HIGH,
                "another shape");
        assertThat(check(truth(depth), DepthKind.METRIC, scene(W, H))).extracting(Finding::words)
                .anyMatch(words -> words.contains("turned by 90 degrees"));
        assertThat(ofModel(half)).isEmpty();
        assertThat(ofModel(scene(90, 90))).singleElement()
                .satisfies(finding -> assertThat(finding.sureness()).isEqualTo(Sureness.LOW));
    }

    private List<Finding> ofModel(Plane values) {
        return EvaluationChecks.of(truth(depth), new Prediction(DepthKind.METRIC, values),
                EvaluationChecks.Shape.OF_THE_MODEL, Optional.empty());
    }

    @Test
    void impossibleSsimAndAlignedMetresAreFound() {
        Prediction prediction = new Prediction(DepthKind.METRIC, depth);
        List<Finding> findings = EvaluationChecks.of(truth(depth), prediction, EvaluationChecks.Shape.OF_THE_PICTURE,
                Optional.of(scores(Map.of(Metric.SSIM, 1.2), H * W, new Fit(1.3, 0, false, 9, 0.1))));
        assertThat(findings).extracting(Finding::kind).containsExactly(FindingKind.SSIM_ABOVE_ONE,
                FindingKind.METRIC_ALIGNED);
        assertThat(findings.getLast().words()).contains("scale 1.300");
        assertThat(EvaluationChecks.of(truth(depth), new Prediction(DepthKind.AFFINE, depth),
                EvaluationChecks.Shape.OF_THE_PICTURE,
                Optional.of(scores(Map.of(Metric.SSIM, 1.0), H * W, new Fit(1.3, 0, false, 9, 0.1))))).isEmpty();
    }

    @Test
    void emptyConstantAndTinyMapsHaveDefinedAnswers() {
        Plane nothing = mapped(depth, _ -> Double.NaN);
        assertThat(check(truth(nothing), DepthKind.METRIC, depth)).isEmpty();
        assertThat(check(truth(depth), DepthKind.METRIC, nothing)).isEmpty();
        assertThat(check(truth(depth), DepthKind.AFFINE, mapped(depth, _ -> 3))).isEmpty();
        assertThat(check(truth(mapped(depth, _ -> 3)), DepthKind.AFFINE, depth)).isEmpty();
        Plane one = Plane.wrap(new float[]{2}, 1, 1);
        assertThat(check(truth(one), DepthKind.METRIC, one)).isEmpty();
        Plane infinite = mapped(depth, z -> z > 5 ? Double.POSITIVE_INFINITY : z);
        assertThat(check(truth(depth), DepthKind.METRIC, infinite)).isEmpty();
    }
}
