package fathom.evaluation.ordinal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import fathom.formats.FormatException;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class OrdinalPairsTest {
    /** Depths 1, 1.01, 2, NaN in one row. */
    private static final Plane DEPTH = Plane.wrap(new float[]{1, 1.01f, 2, Float.NaN}, 1, 4);

    private static OrdinalPair pair(int first, int second, OrdinalRelation truth, double weight) {
        return new OrdinalPair(0, first, 0, second, truth, weight);
    }

    private static OrdinalPair pair(int first, int second) {
        return pair(first, second, OrdinalRelation.FIRST_NEARER, 1);
    }

    @Test
    void theSmallerDepthAndTheLargerInverseDepthIsNearer() {
        assertThat(pair(0, 2).predicted(DEPTH, DepthKind.METRIC, 0)).isEqualTo(OrdinalRelation.FIRST_NEARER);
        assertThat(pair(0, 2).predicted(DEPTH, DepthKind.AFFINE_INVERSE, 0)).isEqualTo(OrdinalRelation.SECOND_NEARER);
        assertThat(pair(0, 2).swapped().predicted(DEPTH, DepthKind.METRIC, 0)).isEqualTo(OrdinalRelation.SECOND_NEARER);
        assertThat(pair(0, 3).predicted(DEPTH, DepthKind.METRIC, 0)).isEqualTo(OrdinalRelation.EQUAL);
    }

    @Test
    void aThresholdMakesCloseValuesEqual() {
        assertThat(pair(0, 1).predicted(DEPTH, DepthKind.METRIC, 0)).isEqualTo(OrdinalRelation.FIRST_NEARER);
        assertThat(pair(0, 1).predicted(DEPTH, DepthKind.METRIC, 0.02)).isEqualTo(OrdinalRelation.EQUAL);
        assertThat(pair(1, 2).predicted(DEPTH, DepthKind.METRIC, 0.02)).isEqualTo(OrdinalRelation.FIRST_NEARER);
        Plane negative = Plane.wrap(new float[]{-2, -1}, 1, 2);
        assertThat(pair(0, 1).predicted(negative, DepthKind.AFFINE, 0)).isEqualTo(OrdinalRelation.FIRST_NEARER);
        assertThat(pair(0, 1).predicted(negative, DepthKind.AFFINE, 0.02)).isEqualTo(OrdinalRelation.EQUAL);
    }

    @Test
    void disagreementIsTheWeightOfTheWrongPairs() {
        List<OrdinalPair> pairs = List.of(pair(0, 2, OrdinalRelation.FIRST_NEARER, 1),
                pair(0, 1, OrdinalRelation.EQUAL, 2), pair(1, 2, OrdinalRelation.SECOND_NEARER, 0.5));
        assertThat(Whdr.of(DEPTH, DepthKind.METRIC, pairs, Whdr.RATIO_THRESHOLD)).isCloseTo(0.5 / 3.5, within(1e-15));
        assertThat(Whdr.of(DEPTH, DepthKind.METRIC, pairs, Whdr.DIW_THRESHOLD)).isCloseTo(2.5 / 3.5, within(1e-15));
        assertThat(Whdr.of(DEPTH, DepthKind.METRIC, List.of(), 0)).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> Whdr.of(DEPTH, DepthKind.METRIC, pairs, -1));
    }

    @Test
    void aTieIsWrong() {
        Plane constant = Plane.allocate(1, 4);
        List<OrdinalPair> pairs = List.of(pair(0, 1), pair(2, 1).swapped());
        assertThat(Da2k.accuracy(constant, DepthKind.METRIC, pairs)).isZero();
        assertThat(Whdr.of(constant, DepthKind.METRIC, pairs, Whdr.DIW_THRESHOLD)).isEqualTo(1);
        assertThat(Da2k.accuracy(DEPTH, DepthKind.METRIC, List.of(pair(0, 3)))).isZero();
        assertThat(Da2k.accuracy(DEPTH, DepthKind.METRIC, List.of())).isNaN();
    }

    @Test
    void shufflingExchangesSomePointsAndKeepsTheAccuracy() {
        List<OrdinalPair> pairs = List.of(pair(0, 1), pair(0, 2), pair(1, 2), pair(2, 0), pair(2, 1), pair(0, 1));
        List<OrdinalPair> shuffled = Da2k.shuffled(pairs, new Random(3));
        assertThat(shuffled).isNotEqualTo(pairs).isEqualTo(Da2k.shuffled(pairs, new Random(3)));
        assertThat(Da2k.accuracy(DEPTH, DepthKind.METRIC, shuffled)).isCloseTo(4 / 6.0, within(1e-15));
        assertThat(Da2k.correct(DEPTH, DepthKind.METRIC, pairs)).isEqualTo(4);
    }

    @Test
    void annotationsAreReadInTheOrderOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("annotations.json");
        Files.writeString(file, """
                {"indoor/b.jpg": [{"point1": [1, 2], "point2": [3, 4], "closer_point": "point1"},
                                  {"point1": [5, 6], "point2": [7, 8], "closer_point": "point2"}],
                 "a.jpg": []}""");
        Map<String, List<OrdinalPair>> images = Da2k.read(file);
        assertThat(images.keySet()).containsExactly("indoor/b.jpg", "a.jpg");
        assertThat(images.get("indoor/b.jpg")).containsExactly(
                new OrdinalPair(1, 2, 3, 4, OrdinalRelation.FIRST_NEARER, 1),
                new OrdinalPair(5, 6, 7, 8, OrdinalRelation.SECOND_NEARER, 1));
        assertThat(images.get("a.jpg")).isEmpty();
    }

    @Test
    void brokenAnnotationsNameTheImageAndThePair() {
        assertRefused("{", "not valid JSON");
        assertRefused("[]", "expected an object", "array");
        assertRefused("{\"a\": 3}", "\"a\"", "list of pairs", "number");
        assertRefused("{\"a\": [{\"point1\": [1, 2], \"closer_point\": \"point1\"}]}", "\"a\", pair 0", "\"point2\"",
                "found nothing");
        assertRefused("{\"a\": [{\"point1\": [1, -2], \"point2\": [3, 4], \"closer_point\": \"point1\"}]}", "[1,-2]");
        assertRefused("{\"a\": [{\"point1\": [1, 2.5], \"point2\": [3, 4], \"closer_point\": \"point1\"}]}", "[1,2.5]");
        assertRefused("{\"a\": [{\"point1\": [1, 2], \"point2\": [3, 4], \"closer_point\": \"first\"}]}",
                "\"closer_point\"", "\"first\"");
    }

    private static void assertRefused(String json, String... parts) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Da2k.parse("annotations.json", json))
                .satisfies(e -> assertThat(e.getMessage()).contains("annotations.json").contains(parts));
    }

    @Test
    void pointsOutsideThePredictionAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Da2k.accuracy(DEPTH, DepthKind.METRIC, List.of(pair(0, 4))))
                .withMessageContaining("(0, 4)").withMessageContaining("[1, 4]");
        assertThatIllegalArgumentException().isThrownBy(() -> pair(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> pair(0, 1, OrdinalRelation.EQUAL, Double.NaN));
    }
}
