package fathom.workbench.warp;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.SampleDraft;
import fathom.formats.png.Png;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class WarpDatasetTest {
    @TempDir
    private Path folder;
    private Datasets datasets;

    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        Path picture = folder.resolve("picture.png");
        Path depth = folder.resolve("depth.png");
        Png.writeRgb(picture, RgbImage.allocate(30, 40));
        Plane millimetres = Plane.allocate(30, 40);
        for (int i = 0; i < millimetres.array().length; i++) {
            millimetres.array()[i] = i % 7 == 0 ? 0 : 2000;
        }
        Png.writeGray16(depth, millimetres);
        DepthEncoding encoding = new DepthEncoding.UnitsPerMetre(1000);
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            dataset.add(SampleDraft.of("whole", picture, 30, 40).withMeasured("gt", depth, encoding)
                    .withIntrinsics(new Intrinsics(40, 40, 19.5, 14.5)).withTag("kitchen"));
            dataset.add(SampleDraft.of("no camera", picture, 30, 40).withMeasured("gt", depth, encoding));
            dataset.add(SampleDraft.of("no depth", picture, 30, 40).withIntrinsics(new Intrinsics(40, 40, 19.5, 14.5)));
        }
    }

    private WarpDataset.Outcome warp(String truth, int height, int width) throws Exception {
        try (Dataset source = datasets.openReadOnly("d")) {
            return WarpDataset.run(datasets, source, "warped",
                    new WarpDataset.Options(truth, height, width, folder.resolve("out")), Progress.silent(),
                    new Cancellation());
        }
    }

    @Test
    void picturesAndDepthHaveTheNewSizeAndCameraAndSamplesWithoutACameraAreNamed() throws Exception {
        WarpDataset.Outcome outcome = warp("gt", 20, 20);
        assertThat(outcome.samples()).isEqualTo(1);
        assertThat(outcome.skipped()).extracting(WarpDataset.Skipped::sample).containsExactly("no camera", "no depth");
        try (Dataset warped = datasets.openReadOnly("warped")) {
            Sample sample = warped.samples().getFirst();
            assertThat(sample.name()).isEqualTo("whole");
            assertThat(sample.tags()).containsExactly("kitchen");
            assertThat(sample.image().width()).isEqualTo(20);
            // The square inside 40×30 is 30×30, so a pixel is 1.5 old pixels wide.
            assertThat(sample.intrinsics().orElseThrow().fx()).isCloseTo(40 / 1.5, within(1e-9));
            assertThat(sample.measured("gt").metres().get(10, 10)).isCloseTo(2, within(1e-2f));
            assertThat(sample.measured("gt").valid().count()).isGreaterThan(390);
        }
    }

    @Test
    void nothingIsCreatedIfNoSampleCanBeRendered() {
        assertThatIllegalArgumentException().isThrownBy(() -> warp("depth", 20, 20))
                .withMessageContaining("expected samples with a camera and measured depth");
        assertThat(datasets.exists("warped")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> warp("gt", 0, 20)).withMessageContaining("0");
        assertThat(Files.exists(folder.resolve("home/datasets/warped"))).isFalse();
    }
}
