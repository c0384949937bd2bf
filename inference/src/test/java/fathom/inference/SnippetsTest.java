package fathom.inference;

import java.nio.file.Path;

import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snippets.EstimatorSnippets;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the examples of the Javadoc. */
class SnippetsTest {
    @TempDir
    Path folder;

    @Test
    void openExampleOpensAPackagedModelAndACheckpointFolder() {
        assertThat(EstimatorSnippets.open(GoldenFiles.path("dpt_vit"))).startsWith("fastdepth").hasSize(2);
    }

    @Test
    void estimateExampleReturnsAMapOfTheModelsSize() throws Exception {
        Path picture = folder.resolve("picture.png");
        Png.writeRgb(picture, RgbImage.allocate(48, 64));
        Prediction depth = EstimatorSnippets.estimate(picture);
        assertThat(depth.kind()).isEqualTo(DepthKind.METRIC);
        assertThat(Mask.ofFinite(depth.values()).count()).isEqualTo(224 * 224);
    }

    @Test
    void optionExamplesStateWhatTheirCommentsSay() {
        assertThat(EstimatorSnippets.options().threads()).isEqualTo(4);
        assertThat(EstimatorSnippets.options().model().values()).containsEntry("ensemble", "3");
        assertThat(EstimatorSnippets.device().device()).isEqualTo(new Device.Cuda(1));
    }

    @Test
    void int8ExampleRunsACheckpoint() throws Exception {
        RgbImage picture = GoldenFiles.image("a_131x97");
        Plane depth = EstimatorSnippets.int8(GoldenFiles.path("dpt_vit"), picture, picture);
        assertThat(Mask.ofFinite(depth).count()).isEqualTo(depth.size());
    }
}
