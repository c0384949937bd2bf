package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.StepListener;
import fathom.datasets.values.DatasetException;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SunRgbdTest {
    private static final SceneReader READER = SceneReaders.named("sunrgbd");

    @TempDir
    Path folder;
    private Path root;
    private Datasets datasets;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectories(folder.resolve("SUNRGBD"));
        datasets = Datasets.at(folder.resolve("home"));
    }

    private static Scene.Usable usable(Scene scene) {
        assertThat(scene).isInstanceOf(Scene.Usable.class);
        return (Scene.Usable) scene;
    }

    private static Scene.Unusable unusable(Scene scene) {
        assertThat(scene).isInstanceOf(Scene.Unusable.class);
        return (Scene.Unusable) scene;
    }

    private Scene only() throws IOException {
        SceneList scenes = READER.find(root, ImportOptions.DEFAULT);
        assertThat(scenes.size()).isEqualTo(1);
        return scenes.get(0);
    }

    @Test
    void importedSceneDecodesToMetresWithStemsThatDiffer() throws IOException {
        SceneFolders.sunScene(root.resolve("kv1/NYUdata/NYU0001"));
        ImportReport report = SceneImport.run(datasets, "nyu", READER, root, ImportOptions.DEFAULT, StepListener.NONE);
        assertThat(report).isEqualTo(new ImportReport("nyu", 1, List.of(), List.of(), List.of(),
                List.of(new ImportedPair("kv1/NYUdata/NYU0001", "kv1/NYUdata/NYU0001/image/img_0063.jpg",
                        "kv1/NYUdata/NYU0001/depth_bfx/img_0063_abs.png", "scene-folder", null)),
                List.of()));
        try (Dataset dataset = datasets.openReadOnly("nyu")) {
            Sample sample = dataset.samples().getFirst();
            assertThat(sample.name()).isEqualTo("kv1/NYUdata/NYU0001");
            assertThat(sample.intrinsics()).contains(new Intrinsics(518.8, 519.4, 15.5, 10.25));
            assertThat(sample.image().width()).isEqualTo(SceneFolders.WIDTH);
            MeasuredDepth depth = sample.measured("gt");
            assertThat(depth.valid().count()).isEqualTo(SceneFolders.HEIGHT * SceneFolders.WIDTH);
            assertThat(depth.metres().get(0, 0)).isEqualTo(1.000f);
            assertThat(depth.metres().get(19, 29)).isEqualTo((1000 + 599 * 7) / 1000f);
            assertThat(depth.stored().get(0, 0)).isEqualTo(8000f);
        }
    }

    @Test
    void rawDepthKeepsItsHoles() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        SceneImport.run(datasets, "raw", READER, root, ImportOptions.DEFAULT.withDepth(DepthSource.RAW),
                StepListener.NONE);
        try (Dataset dataset = datasets.openReadOnly("raw")) {
            MeasuredDepth depth = dataset.samples().getFirst().measured("gt");
            assertThat(depth.valid().get(0, 0)).isFalse();
            assertThat(depth.valid().count()).isEqualTo(599);
        }
    }

    @Test
    void scenesComeSortedAndTheLimitTakesTheFirst() throws IOException {
        for (String name : List.of("kv2/b", "kv1/NYU0010", "kv1/NYU0002", "xtion/sun3d/x/y", "kv1/NYU0001")) {
            SceneFolders.sunScene(root.resolve(name));
        }
        assertThat(READER.find(root, ImportOptions.DEFAULT)).extracting(Scene::name).containsExactly("kv1/NYU0001",
                "kv1/NYU0002", "kv1/NYU0010", "kv2/b", "xtion/sun3d/x/y");
        assertThat(READER.find(root, ImportOptions.DEFAULT.withLimit(2))).extracting(Scene::name)
                .containsExactly("kv1/NYU0001", "kv1/NYU0002");
        assertThat(READER.find(root.resolve("kv1"), ImportOptions.DEFAULT)).extracting(Scene::name)
                .containsExactly("NYU0001", "NYU0002", "NYU0010");
        assertThat(READER.find(root.resolve("kv1/NYU0010"), ImportOptions.DEFAULT)).extracting(Scene::name)
                .containsExactly("NYU0010");
    }

    @Test
    void intrinsicsOnOneLineAreTheSame() throws IOException {
        Path scene = SceneFolders.sunScene(root.resolve("a"));
        Files.writeString(scene.resolve("intrinsics.txt"), "529.5 0 365 0 529.5 265 0 0 1 \r\n");
        assertThat(usable(only()).files().intrinsics()).contains(new Intrinsics(529.5, 529.5, 365, 265));
    }

    @Test
    void badOrMissingIntrinsicsAreAWarning() throws IOException {
        Path scene = SceneFolders.sunScene(root.resolve("a"));
        for (String text : List.of("", "1 2 3", "a b c d e f g h i", "0 0 0 0 0 0 0 0 0", "NaN 0 1 0 5 1 0 0 1",
                "500 1 3 0 500 2 0 0 1")) {
            Files.writeString(scene.resolve("intrinsics.txt"), text);
            Scene.Usable found = usable(only());
            assertThat(found.files().intrinsics()).as(text).isEmpty();
            assertThat(found.warnings()).as(text).singleElement().asString().contains("intrinsics.txt");
        }
        Files.delete(scene.resolve("intrinsics.txt"));
        assertThat(usable(only()).warnings()).singleElement().asString().contains("no intrinsics");
    }

    @Test
    void sceneWithoutDepthIsReportedAndTheOthersAreImported() throws IOException {
        SceneFolders.jpeg(root.resolve("a/image/1.jpg"), 20, 30);
        SceneFolders.sunScene(root.resolve("b"));
        SceneFolders.sunScene(root.resolve("c"));
        Files.delete(root.resolve("c/image/img_0063.jpg"));
        List<String> steps = new ArrayList<>();
        ImportReport report = SceneImport.run(datasets, "some", READER, root, ImportOptions.DEFAULT,
                (done, total) -> steps.add(done + "/" + total));
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.skipped()).extracting(Scene.Unusable::name).containsExactly("a", "c");
        assertThat(report.skipped().getFirst().reason()).contains("depth_bfx").contains("expected a depth map");
        assertThat(steps).containsExactly("0/3", "1/3", "2/3", "3/3");
    }

    @Test
    void missingFilledDepthPointsToTheRawOne() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        Files.delete(root.resolve("a/depth_bfx/img_0063_abs.png"));
        assertThat(unusable(only()).reason()).contains("has raw depth, select that");
    }

    @Test
    void importWithoutAUsableSceneLeavesNoDataset() throws IOException {
        SceneFolders.jpeg(root.resolve("a/image/1.jpg"), 20, 30);
        assertThatThrownBy(
                () -> SceneImport.run(datasets, "none", READER, root, ImportOptions.DEFAULT, StepListener.NONE))
                .isInstanceOf(DatasetException.class).hasMessageContaining("none of 1 scenes");
        assertThat(datasets.exists("none")).isFalse();
        assertThat(datasets.home().resolve("datasets")).isDirectoryNotContaining(Files::isDirectory);
    }

    @Test
    void existingNameIsRefusedBeforeAnythingIsRead() {
        datasets.create("there", fathom.datasets.DatasetOptions.of(root)).close();
        assertThatThrownBy(() -> SceneImport.run(datasets, "there", READER, folder.resolve("nothing"),
                ImportOptions.DEFAULT, StepListener.NONE)).isInstanceOf(DatasetException.class);
    }

    @Test
    void depthOfAnotherSizeNamesBothFilesAndSizes() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        SceneFolders.depth(root.resolve("a/depth_bfx/img_0063_abs.png"), 10, 30, i -> 8000 + i * 8);
        assertThat(unusable(only()).reason()).contains("img_0063_abs.png").contains("img_0063.jpg")
                .contains("expected 30x20").contains("found 30x10");
    }

    @Test
    void depthWithoutAnyMeasurementIsAWarning() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        SceneFolders.depth(root.resolve("a/depth_bfx/img_0063_abs.png"), 20, 30, i -> 0);
        assertThat(usable(only()).warnings()).singleElement().asString().contains("no pixel has a depth");
    }

    @Test
    void eightBitPictureIsNotDepth() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        fathom.formats.png.Png.writeGray8(root.resolve("a/depth_bfx/img_0063_abs.png"),
                fathom.raster.Plane.allocate(20, 30));
        assertThat(unusable(only()).reason()).contains("16-bit");
        SceneFolders.png(root.resolve("a/depth_bfx/img_0063_abs.png"), 20, 30);
        assertThat(unusable(only()).reason()).contains("one channel");
    }

    @Test
    void filesCutOffAnywhereMakeTheSceneUnusable() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        for (String name : List.of("a/image/img_0063.jpg", "a/depth_bfx/img_0063_abs.png")) {
            Path file = root.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length - 2; length += 1 + length / 40) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThat(only()).as(name + " cut to " + length).isInstanceOf(Scene.Unusable.class);
            }
            Files.write(file, whole);
        }
        assertThat(only()).isInstanceOf(Scene.Usable.class);
    }

    @Test
    void folderWithoutScenesSaysWhatIsExpected() {
        assertThatThrownBy(() -> READER.find(root, ImportOptions.DEFAULT)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scene folders");
        assertThatThrownBy(() -> READER.find(root.resolve("nothing"), ImportOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> READER.find(root, ImportOptions.DEFAULT.withUnitsPerMetre(1000)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("pairs");
    }

    @Test
    void cameraFileOfTheOptionsIsUsedOrRefused() throws IOException {
        SceneFolders.sunScene(root.resolve("a"));
        Path camera = Files.writeString(folder.resolve("k.txt"), "500 501 15 10");
        assertThat(usable(READER.find(root, ImportOptions.DEFAULT.withIntrinsics(camera)).get(0)).files().intrinsics())
                .contains(new Intrinsics(500, 501, 15, 10));
        Files.writeString(camera, "1 2 3");
        assertThatThrownBy(() -> READER.find(root, ImportOptions.DEFAULT.withIntrinsics(camera)))
                .isInstanceOf(fathom.formats.FormatException.class).hasMessageContaining("k.txt");
        assertThatThrownBy(() -> READER.find(root, ImportOptions.DEFAULT.withIntrinsics(folder.resolve("missing.txt"))))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void linkedScenesAreFoundAndLoopsAreLeftOut() throws IOException {
        SceneFolders.sunScene(folder.resolve("store/a"));
        SceneFolders.sunScene(root.resolve("kv1/b"));
        Files.createSymbolicLink(root.resolve("kv1/linked"), folder.resolve("store"));
        Files.createSymbolicLink(root.resolve("kv1/loop"), root);
        assertThat(READER.find(root, ImportOptions.DEFAULT)).extracting(Scene::name).containsExactly("kv1/b",
                "kv1/linked/a");
    }
}
