package fathom.workbench.figures;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.evaluation.protocols.ArticleProtocol;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.ErrorShading;
import fathom.rendering.Shading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** One sample of 2 m, without a measurement in its upper half, and two predictions. */
class SceneFigureTest {
    private static final int SIDE = 64;

    @TempDir
    private Path folder;
    private Dataset dataset;

    @BeforeEach
    void makeSample() throws Exception {
        Plane stored = Plane.allocate(SIDE, SIDE);
        Plane far = Plane.allocate(SIDE, SIDE);
        Plane inverse = Plane.allocate(SIDE, SIDE);
        for (int at = 0; at < stored.size(); at++) {
            stored.array()[at] = at < stored.size() / 2 ? 0 : 2000;
            far.array()[at] = 4;
            inverse.array()[at] = Float.NaN;
        }
        Path picture = folder.resolve("picture.png");
        Path depth = folder.resolve("depth.png");
        Png.writeRgb(picture, RgbImage.allocate(SIDE, SIDE));
        Png.writeGray16(depth, stored);
        dataset = Datasets.at(folder.resolve("home")).create("d", DatasetOptions.of(folder));
        Sample sample = dataset.add(SampleDraft.of("s", picture, SIDE, SIDE).withMeasured("gt", depth,
                new DepthEncoding.UnitsPerMetre(1000)));
        sample.setPrediction("far", new Prediction(DepthKind.METRIC, far), "torch-bilinear", Provenance.of("m"));
        sample.setPrediction("none", new Prediction(DepthKind.AFFINE_INVERSE, inverse), "torch-bilinear",
                Provenance.of("m"));
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    private SceneFigure.Drawn draw(List<String> fields, boolean asScored, ErrorKind... kinds) {
        return SceneFigure.draw(dataset.samples(), "gt", fields,
                new ScoredColumns(new ArticleAlignedProtocol(), asScored, List.of(kinds)));
    }

    private static Set<Integer> colours(RgbImage picture) {
        Set<Integer> colours = new HashSet<>();
        for (int at = 0; at < picture.array().length; at += 3) {
            colours.add((picture.array()[at] & 0xFF) << 16 | (picture.array()[at + 1] & 0xFF) << 8
                    | (picture.array()[at + 2] & 0xFF));
        }
        return colours;
    }

    @Test
    void eachErrorIsAColumn() {
        int without = draw(List.of("far"), true).picture().width();
        int one = draw(List.of("far"), true, ErrorKind.RELATIVE).picture().width();
        int two = draw(List.of("far"), true, ErrorKind.RELATIVE, ErrorKind.DELTA).picture().width();
        assertThat(one).isGreaterThan(without + 300);
        assertThat(two).isGreaterThan(one + 300);
    }

    @Test
    void pixelsThatAreNotComparedAreGrayAndOthersHaveTheColourOfTheirClass() {
        RgbImage picture = draw(List.of("far"), false, ErrorKind.DELTA).picture();
        // The prediction is twice as far: the last of four classes.
        int last = Colormap.byName("inferno").rgb(Colormap.index(ErrorShading.classes(4).range().share(3)));
        assertThat(colours(picture)).contains(Shading.INVALID, last);
    }

    @Test
    void predictionThatCannotBeScoredIsGrayAndHasANote() {
        SceneFigure.Drawn drawn = draw(List.of("far", "none"), true, ErrorKind.ABSOLUTE);
        assertThat(drawn.notes()).singleElement().asString().startsWith("s, none: ").contains("no finite value");
        assertThat(drawn.picture().width())
                .isGreaterThan(draw(List.of("far"), true, ErrorKind.ABSOLUTE).picture().width() + 600);
    }

    @Test
    void protocolThatComparesPicturesHasNoErrorPerPixel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneFigure.draw(dataset.samples(), "gt", List.of("far"),
                        new ScoredColumns(new ArticleProtocol(), true, List.of())))
                .withMessageContaining("article").withMessageContaining("compares pictures");
    }

    @Test
    void metricPredictionHasSignedErrorsWithoutAProtocol() {
        RgbImage picture = SceneFigure.draw(dataset.samples(), "gt", List.of("far"));
        // Everything is 2 m too far: the last colour.
        assertThat(colours(picture)).contains(Colormap.byName("RdBu_r").rgb(255));
    }

    @Test
    void aSampleWithoutAPredictionIsGrayAndNoted() {
        SceneFigure.Drawn drawn = draw(List.of("far", "absent"), true, ErrorKind.RELATIVE);
        assertThat(drawn.notes()).containsExactly("s, absent: it has no prediction absent");
    }
}
