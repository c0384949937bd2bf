package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.AmbiguousArrayException;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.images.NumberFiles;
import fathom.formats.images.ReadOptions;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.png.Png;
import fathom.formats.pnm.Pfm;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CompareFilesTest {
    private static final int HEIGHT = 12;
    private static final int WIDTH = 16;

    @TempDir
    Path folder;

    private Path truth;
    private Plane depth;

    @BeforeEach
    void write() throws IOException {
        float[] metres = new float[HEIGHT * WIDTH];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = 1 + (i * i % 37) / 10f;
        }
        depth = Plane.wrap(metres, HEIGHT, WIDTH);
        truth = folder.resolve("truth.npy");
        Npy.write(truth, Plane.wrap(shifted(metres), HEIGHT, WIDTH));
    }

    private static float[] shifted(float[] metres) {
        float[] other = metres.clone();
        for (int i = 0; i < other.length; i += 3) {
            other[i] += 0.25f;
        }
        return other;
    }

    private Path npz(String... names) throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (String name : names) {
            arrays.put(name, NdArray.of(depth));
        }
        Path file = folder.resolve("prediction.npz");
        Npz.write(file, arrays);
        return file;
    }

    private Scores compare(String protocol, Path prediction) throws IOException, UnscorableException {
        return CompareFiles.run(truth, prediction, CompareFiles.Options.of(Protocol.named(protocol))).scores();
    }

    @Test
    void formatIsDeterminedByContentNotByName() throws Exception {
        Path npy = folder.resolve("prediction.npy");
        Npy.write(npy, depth);
        Path misnamed = folder.resolve("prediction.png");
        Npy.write(misnamed, depth);
        Path pfm = folder.resolve("prediction.dat");
        Pfm.write(pfm, depth);
        for (String protocol : new String[]{"arrays", "article-fixed"}) {
            Scores expected = compare(protocol, npy);
            assertThat(expected.value(Metric.RMSE).orElseThrow()).isPositive();
            for (Path file : new Path[]{misnamed, npz("depth"), pfm}) {
                assertThat(compare(protocol, file)).as(protocol + " " + file).isEqualTo(expected);
            }
        }
    }

    @Test
    void anArchiveOfSeveralArraysIsRefusedWithTheirNames() throws IOException {
        Path several = npz("depth", "confidence");
        for (String protocol : new String[]{"arrays", "article-fixed"}) {
            assertThatThrownBy(() -> compare(protocol, several)).isInstanceOf(AmbiguousArrayException.class)
                    .hasMessageContaining("prediction.npz").hasMessageContaining("depth [12, 16], confidence [12, 16]");
        }
    }

    @Test
    void defaultProtocolDependsOnTheContent() throws IOException {
        Path misnamed = folder.resolve("numbers.png");
        Npy.write(misnamed, depth);
        assertThat(CompareFiles.defaultProtocol(truth, misnamed)).isEqualTo("article-fixed");
    }

    @Test
    void depthsOfZeroAndBelowInAMetricPredictionAreReported() throws Exception {
        Plane holes = depth.copy();
        for (int column = 0; column < WIDTH; column++) {
            holes.set(0, column, column % 2 == 0 ? -1 : 0);
        }
        Path file = folder.resolve("holes.npy");
        Npy.write(file, holes);
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.METRIC, null)).warnings())
                .singleElement().asString().contains("holes.npy", "8 % of the pixels are 0 or below");
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.METRIC, null, -1.0, 0.0)).warnings())
                .isEmpty();
    }

    @Test
    void kindAndScaleOfTheTruthAreReadAlsoIfAScaleIsGiven() throws Exception {
        Plane stored = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < stored.size(); i++) {
            stored.array()[i] = 256 + i;
        }
        Path file = folder.resolve("stated.png");
        CompareFiles.Options options = new CompareFiles.Options(Protocol.named("article-fixed"),
                new CompareFiles.Truth(Optional.of(new DepthEncoding.UnitsPerMetre(1000)), List.of(), Optional.empty(),
                        ReadOptions.DEFAULT),
                CompareFiles.Predicted.DEFAULT, Optional.empty());
        Png.writeGray16(file, stored, Map.of("Depth-Kind", "metric", "Depth-Step", "0.00390625"));
        assertThat(CompareFiles.run(file, truth, options).notes())
                .anyMatch(note -> note.contains("states 256.0 units per metre"));
        Png.writeGray16(file, stored, Map.of("Depth-Kind", "affine-invariant-inverse"));
        assertThatThrownBy(() -> CompareFiles.run(file, truth, options)).isInstanceOf(FormatException.class)
                .hasMessageContaining("states the kind affine-invariant-inverse");
    }

    @Test
    void grayPictureWithThreeChannelsIsReadAsGray() throws Exception {
        RgbImage colours = RgbImage.allocate(HEIGHT, WIDTH);
        Plane levels = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < levels.size(); i++) {
            levels.array()[i] = 40 + i % 200;
            Arrays.fill(colours.array(), 3 * i, 3 * i + 3, (byte) (40 + i % 200));
        }
        Path gray = folder.resolve("gray.npy");
        Npy.write(gray, levels);
        Path file = folder.resolve("rgb.png");
        Png.writeRgb(file, colours);
        CompareFiles.Predicted kind = predicted(DepthKind.LEVELS, null);
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, kind).scores())
                .isEqualTo(compare(gray, CompareFiles.Truth.DEFAULT, kind).scores());
        colours.array()[1] = 0;
        Png.writeRgb(file, colours);
        assertThatThrownBy(() -> compare(file, CompareFiles.Truth.DEFAULT, kind))
                .isInstanceOf(UnsupportedFormatException.class).hasMessageContaining("three equal channels");
    }

    private static CompareFiles.Predicted predicted(DepthKind kind, Double scale, Double... missing) {
        return new CompareFiles.Predicted(Optional.of(kind), Optional.ofNullable(scale), List.of(missing),
                ReadOptions.DEFAULT);
    }

    private CompareFiles.Outcome compare(Path prediction, CompareFiles.Truth how, CompareFiles.Predicted predicted)
            throws IOException, UnscorableException {
        return CompareFiles.run(truth, prediction,
                new CompareFiles.Options(Protocol.named("article-aligned"), how, predicted, Optional.empty()));
    }

    @Test
    void zeroIsAValueOfInverseDepthAndMissingInMetricDepth() throws Exception {
        Plane levels = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < levels.size(); i++) {
            levels.array()[i] = i % 100;
        }
        Path file = folder.resolve("levels.png");
        Png.writeGray16(file, levels);
        long all = levels.size();
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.AFFINE_INVERSE, null)).scores()
                .scoredPixels()).isEqualTo(all);
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.AFFINE, null)).scores().scoredPixels())
                .isEqualTo(all);
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.METRIC, null)).scores().scoredPixels())
                .isEqualTo(all - 2);
        assertThat(compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.AFFINE_INVERSE, null, 0.0, 7.0))
                .scores().scoredPixels()).isEqualTo(all - 4);
        CompareFiles.Truth codes = new CompareFiles.Truth(Optional.empty(), List.of(7.0), Optional.empty(),
                ReadOptions.DEFAULT);
        assertThat(compare(file, codes, predicted(DepthKind.METRIC, null)).scores().scoredPixels()).isEqualTo(all - 4);
    }

    @Test
    void limitsAndCodesMaskTheTruth() throws Exception {
        Path prediction = npz("depth");
        long all = compare(prediction, CompareFiles.Truth.DEFAULT, CompareFiles.Predicted.DEFAULT).scores()
                .scoredPixels();
        long far = 0;
        for (float metres : NumberFiles.readPlane(truth).toArray()) {
            far += metres > 3 ? 1 : 0;
        }
        assertThat(far).isPositive();
        CompareFiles.Truth limited = new CompareFiles.Truth(Optional.empty(), List.of(),
                Optional.of(new DepthLimits(0, 3)), ReadOptions.DEFAULT);
        assertThat(compare(prediction, limited, CompareFiles.Predicted.DEFAULT).scores().scoredPixels())
                .isEqualTo(all - far);
    }

    @Test
    void scaleActsOnFloatPredictions() throws Exception {
        float[] millimetres = depth.toArray();
        for (int i = 0; i < millimetres.length; i++) {
            millimetres[i] *= 1000;
        }
        Path file = folder.resolve("mm.pfm");
        Pfm.write(file, Plane.wrap(millimetres, HEIGHT, WIDTH));
        CompareFiles.Outcome unscaled = compare(file, CompareFiles.Truth.DEFAULT, CompareFiles.Predicted.DEFAULT);
        assertThat(unscaled.notes()).anyMatch(note -> note.contains("median"));
        CompareFiles.Outcome scaled = compare(file, CompareFiles.Truth.DEFAULT, predicted(DepthKind.METRIC, 1000.0));
        assertThat(scaled.notes()).isEmpty();
        assertThat(scaled.scores())
                .isEqualTo(compare(npz("depth"), CompareFiles.Truth.DEFAULT, CompareFiles.Predicted.DEFAULT).scores());
    }

    @Test
    void optionsWithoutEffectAreRefused() throws Exception {
        Path prediction = npz("depth");
        assertThatThrownBy(() -> compare(prediction, CompareFiles.Truth.DEFAULT, predicted(DepthKind.LEVELS, 1000.0)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("levels");
        CompareFiles.Options arrays = new CompareFiles.Options(Protocol.named("arrays"), CompareFiles.Truth.DEFAULT,
                predicted(DepthKind.METRIC, null), Optional.empty());
        assertThatThrownBy(() -> CompareFiles.run(truth, prediction, arrays))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("arrays");
    }
}
