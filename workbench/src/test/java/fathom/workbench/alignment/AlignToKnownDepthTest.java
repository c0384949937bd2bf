package fathom.workbench.alignment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.npy.Npy;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AlignToKnownDepthTest {
    private static final int H = 24;
    private static final int W = 32;

    @TempDir
    Path folder;

    private final Plane depth = Plane.allocate(H, W);

    @BeforeEach
    void makeDepth() {
        for (int row = 0; row < H; row++) {
            for (int column = 0; column < W; column++) {
                depth.set(row, column, 1 + 0.1f * row + 0.02f * column);
            }
        }
    }

    /** Returns what a perfect model of a kind predicts. */
    private Prediction perfect(DepthKind kind) {
        Plane values = depth.copy();
        for (int i = 0; i < values.size(); i++) {
            double z = values.array()[i];
            values.array()[i] = (float) switch (kind) {
                case METRIC -> z / 1.3;
                case SCALE_INVARIANT -> 0.4 * z;
                case AFFINE, LEVELS -> 0.4 * z + 2;
                case AFFINE_INVERSE -> 3 / z - 0.1;
            };
        }
        return new Prediction(kind, values);
    }

    private KnownPoints points(int count, int wrong) throws IOException {
        StringBuilder csv = new StringBuilder("row,column,metres\n");
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            int row = random.nextInt(H);
            int column = random.nextInt(W);
            double metres = i < wrong ? 40 + 10 * random.nextDouble() : depth.get(row, column);
            csv.append(row).append(',').append(column).append(',').append(metres).append('\n');
        }
        return known(csv.toString());
    }

    private KnownPoints known(String csv) throws IOException {
        return KnownPoints.read(Files.writeString(folder.resolve("known.csv"), csv), KnownPoints.Reading.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(DepthKind.class)
    void whatTheKindLeavesUnknownIsFoundDespiteWrongPoints(DepthKind kind) throws Exception {
        KnownDepthFit fit = AlignToKnownDepth.fit(perfect(kind), points(40, 12), true);
        Prediction metres = fit.applied(perfect(kind));
        assertThat(metres.kind()).isEqualTo(DepthKind.METRIC);
        assertThat(metres.values().toArray()).containsExactly(depth.toArray(), within(1e-4f));
        assertThat(fit.fit().points()).isEqualTo(40);
        assertThat(fit.fit().inliers()).isEqualTo(28);
        assertThat(fit.agreeing()).isEqualTo(28);
        assertThat(fit.text()).contains("known.csv", "28 of 40 points used", "residual");
        assertThat(fit.facts().canonical()).contains("\"inliers\":28", "\"points\":40", "\"scale\":", "\"shift\":",
                "\"residual\":", "reweighted least trimmed squares");
        assertThat(fit.facts().values().get("kind")).isEqualTo(new JsonValue.Text(kind.label()));
    }

    @Test
    void metricDepthIsComparedButNotChangedUnlessRequested() throws Exception {
        Prediction prediction = perfect(DepthKind.METRIC);
        KnownDepthFit fit = AlignToKnownDepth.fit(prediction, points(20, 0), false);
        assertThat(fit.applied(prediction)).isSameAs(prediction);
        assertThat(fit.text()).contains("was not changed", "20 points");
        assertThat(fit.fit().residual()).isBetween(0.3, 1.2);
        assertThat(AlignToKnownDepth.fit(prediction, points(20, 0), true).fit().alignment().scale()).isCloseTo(1.3,
                within(1e-5));
    }

    @Test
    void sparseMapOfAnotherSizeAlignsAsWell() throws Exception {
        Plane sparse = Plane.allocate(H / 2, W / 2);
        for (int row = 0; row < H / 2; row++) {
            for (int column = row % 3; column < W / 2; column += 5) {
                float mean = (depth.get(2 * row, 2 * column) + depth.get(2 * row + 1, 2 * column + 1)) / 2;
                sparse.set(row, column, mean);
            }
        }
        Path file = folder.resolve("sparse.npy");
        Npy.write(file, sparse);
        KnownDepthFit fit = AlignToKnownDepth.fit(perfect(DepthKind.AFFINE),
                KnownPoints.read(file, KnownPoints.Reading.DEFAULT), false);
        assertThat(fit.fit().alignment().scale()).isCloseTo(2.5, within(1e-4));
        assertThat(fit.fit().alignment().shift()).isCloseTo(-5, within(1e-3));
    }

    @Test
    void constantPredictionIsRefused() throws IOException {
        Plane flat = Plane.allocate(H, W);
        for (DepthKind kind : DepthKind.values()) {
            assertThatThrownBy(() -> AlignToKnownDepth.fit(new Prediction(kind, flat), points(9, 0), true))
                    .as(kind.label()).isInstanceOf(UnscorableException.class).hasMessageContaining("is 0.0 everywhere");
        }
    }

    @Test
    void predictionWithoutAnyValueIsRefused() {
        Plane none = Plane.wrap(new float[]{Float.NaN, Float.NaN}, 1, 2);
        assertThatThrownBy(() -> AlignToKnownDepth.fit(new Prediction(DepthKind.AFFINE, none),
                known("row,column,metres\n0,0,1\n0,1,2\n"), false)).isInstanceOf(UnscorableException.class)
                .hasMessageContaining("no finite value");
    }

    @Test
    void tooFewPointsAreRefusedAndFewPointsAreNoted() throws Exception {
        assertThatThrownBy(() -> AlignToKnownDepth.fit(perfect(DepthKind.AFFINE), points(1, 0), false))
                .isInstanceOf(UnscorableException.class).hasMessageContaining("at least two points");
        assertThat(AlignToKnownDepth.fit(perfect(DepthKind.AFFINE), points(3, 0), false).text())
                .contains("too few points to recognise wrong ones");
        assertThat(AlignToKnownDepth.fit(perfect(DepthKind.SCALE_INVARIANT), points(1, 0), false).fit().alignment()
                .scale()).isCloseTo(2.5, within(1e-5));
    }

    @Test
    void pointsOfExchangedNearAndFarAreRefused() {
        assertThatThrownBy(
                () -> AlignToKnownDepth.fit(new Prediction(DepthKind.AFFINE_INVERSE, depth), points(30, 0), false))
                .isInstanceOf(UnscorableException.class).hasMessageContaining("near and far are exchanged")
                .hasMessageContaining("affine-invariant-inverse");
    }

    @Test
    void pointsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> AlignToKnownDepth.fit(perfect(DepthKind.SCALE_INVARIANT),
                known("row,column,metres\n5,5,1\n5,5,4\n5,5,16\n5,5,64\n"), false))
                .isInstanceOf(UnscorableException.class).hasMessageContaining("contradict")
                .hasMessageContaining("of 4 agree");
    }

    @Test
    void depthThatIsNotAboveZeroOrTooFarIsNoDepth() throws Exception {
        KnownDepthFit fit = AlignToKnownDepth.fit(perfect(DepthKind.AFFINE), points(20, 0), false);
        Plane values = Plane.wrap(new float[]{1.9f, 2, 2.4f}, 1, 3);
        assertThat(fit.applied(new Prediction(DepthKind.AFFINE, values)).valid().array()).containsExactly(false, false,
                true);
        KnownDepthFit inverse = AlignToKnownDepth.fit(perfect(DepthKind.AFFINE_INVERSE), points(20, 0), false);
        Plane far = Plane.wrap(new float[]{-0.2f, -0.0985f, 2.9f}, 1, 3);
        assertThat(inverse.applied(new Prediction(DepthKind.AFFINE_INVERSE, far)).valid().array())
                .containsExactly(false, false, true);
        Plane nothing = Plane.wrap(new float[]{-5, -6}, 1, 2);
        assertThatThrownBy(() -> fit.applied(new Prediction(DepthKind.AFFINE, nothing)))
                .isInstanceOf(UnscorableException.class).hasMessageContaining("no depth above 0");
    }

    @Test
    void folderHasOneFileForEachPicture() throws Exception {
        Path known = Files.createDirectory(folder.resolve("known"));
        Files.writeString(known.resolve("a.csv"), "row,column,metres\n0,0,1\n20,20,3.4\n");
        AlignToKnownDepth aligned = AlignToKnownDepth.of(known, 2, KnownPoints.Reading.DEFAULT, false);
        assertThat(aligned.fit(Path.of("pictures/a.jpg"), perfect(DepthKind.SCALE_INVARIANT), Models.ANY).text())
                .contains("a.csv");
        assertThatThrownBy(() -> aligned.fit(Path.of("b.jpg"), perfect(DepthKind.SCALE_INVARIANT), Models.ANY))
                .isInstanceOf(MissingKnownDepthException.class).hasMessageContaining("b.*, found none");
        Files.writeString(known.resolve("a.txt"), "row,column,metres\n0,0,1\n");
        assertThatThrownBy(() -> aligned.fit(Path.of("a.jpg"), perfect(DepthKind.SCALE_INVARIANT), Models.ANY))
                .isInstanceOf(MissingKnownDepthException.class).hasMessageContaining("a.csv and a.txt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlignToKnownDepth.of(known.resolve("a.csv"), 2, KnownPoints.Reading.DEFAULT, false))
                .withMessageContaining("2 pictures");
    }
}
