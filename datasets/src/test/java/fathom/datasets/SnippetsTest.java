package fathom.datasets;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.datasets.readers.ImportReport;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snippets.DatasetSnippets;
import snippets.DepthEncodingSnippets;
import snippets.ReaderSnippets;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the examples of the Javadoc. */
class SnippetsTest {
    @TempDir
    Path folder;

    @Test
    void datasetExamplesCreatePredictAndScore() throws Exception {
        Path media = Files.createDirectories(folder.resolve("media"));
        Png.writeRgb(media.resolve("room1.png"), RgbImage.allocate(2, 3));
        Png.writeGray16(media.resolve("room1_depth.png"),
                Plane.wrap(new float[]{2000, 2000, 0, 2000, 2000, 2000}, 2, 3));
        Path home = folder.resolve("home");
        DatasetSnippets.create(home, media).close();
        assertThat(DatasetSnippets.workflow(home, StepListener.NONE)).isEqualTo(2);
        try (Dataset dataset = Datasets.at(home).open("rooms")) {
            Prediction prediction = new Prediction(DepthKind.METRIC, Plane.allocate(2, 3));
            assertThat(DatasetSnippets.sample(dataset, prediction)).isEqualTo(2);
        }
    }

    @Test
    void depthEncodingExampleDecodesAsItsCommentsSay() {
        MeasuredDepth depth = DepthEncodingSnippets.decode();
        assertThat(depth.metres().toArray()).containsExactly(2.5f, 0, 0);
        assertThat(depth.valid().count()).isEqualTo(1);
        assertThat(depth.valid().get(0, 0)).isTrue();
    }

    @Test
    void readerExamplesImportAndListReaders() throws Exception {
        Path source = folder.resolve("source");
        Files.createDirectories(source.resolve("rgb"));
        Files.createDirectories(source.resolve("depth"));
        Png.writeRgb(source.resolve("rgb/1.png"), RgbImage.allocate(2, 3));
        Png.writeGray16(source.resolve("depth/1.png"), Plane.wrap(new float[]{5000, 1, 2, 3, 4, 5}, 2, 3));
        ImportReport report = ReaderSnippets.importScenes(Datasets.at(folder.resolve("home")), source);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.skipped()).isEmpty();
        assertThat(ReaderSnippets.list()).contains("sunrgbd: ", "pairs: ");
    }
}
