package fathom.datasets.readers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.StepListener;
import fathom.datasets.depth.DepthEncoding;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.pnm.Pfm;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PairsTest {
    private static final SceneReader READER = SceneReaders.named("pairs");

    @TempDir
    Path folder;

    private void pair(String rgb, String depth) throws IOException {
        SceneFolders.jpeg(folder.resolve(rgb), 20, 30);
        SceneFolders.depth(folder.resolve(depth), 20, 30, i -> 500 + 11 * i);
    }

    private List<SceneFiles> found(ImportOptions options) throws IOException {
        List<SceneFiles> files = new ArrayList<>();
        for (Scene scene : READER.find(folder, options)) {
            assertThat(scene).isInstanceOfSatisfying(Scene.Usable.class, usable -> files.add(usable.files()));
        }
        return files;
    }

    private static List<String> pairs(List<SceneFiles> files) {
        return files.stream()
                .map(scene -> scene.name() + ": " + scene.rgb().getFileName() + " " + scene.depth().getFileName())
                .toList();
    }

    @Test
    void sameStemsAreMatched() throws IOException {
        pair("rgb/00001.jpg", "depth/00001.png");
        pair("rgb/00000.jpg", "depth/00000.png");
        assertThat(pairs(found(ImportOptions.DEFAULT))).containsExactly("00000: 00000.jpg 00000.png",
                "00001: 00001.jpg 00001.png");
        assertThat(pairs(found(ImportOptions.DEFAULT.withLimit(1)))).containsExactly("00000: 00000.jpg 00000.png");
    }

    @Test
    void wordsForTheKindOfFileDoNotMatter() throws IOException {
        pair("color/rgb_00045.jpg", "depth_raw/sync_depth_00045.png");
        pair("color/rgb_00002.jpg", "depth_raw/sync_depth_00002.png");
        assertThat(pairs(found(ImportOptions.DEFAULT))).containsExactly("rgb_00002: rgb_00002.jpg sync_depth_00002.png",
                "rgb_00045: rgb_00045.jpg sync_depth_00045.png");
        assertThat(READER.find(folder, ImportOptions.DEFAULT).notes()).anyMatch(note -> note.contains("rgb_00002.jpg"));
    }

    @Test
    void oneFolderMayHoldBoth() throws IOException {
        pair("frame-000150.color.jpg", "frame-000150.depth.png");
        pair("frame-000160.color.jpg", "frame-000160.depth.png");
        assertThat(pairs(found(ImportOptions.DEFAULT))).containsExactly(
                "frame-000150.color: frame-000150.color.jpg frame-000150.depth.png",
                "frame-000160.color: frame-000160.color.jpg frame-000160.depth.png");
    }

    @Test
    void differentNamesAreMatchedInOrderWithANote() throws IOException {
        pair("rgb/kitchen.jpg", "depth/x.png");
        pair("rgb/office.jpg", "depth/y.png");
        assertThat(pairs(found(ImportOptions.DEFAULT))).containsExactly("kitchen: kitchen.jpg x.png",
                "office: office.jpg y.png");
        assertThat(READER.find(folder, ImportOptions.DEFAULT).notes()).anyMatch(note -> note.contains("sorted order"));
        SceneFolders.jpeg(folder.resolve("rgb/hall.jpg"), 20, 30);
        assertThatThrownBy(() -> READER.find(folder, ImportOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 pictures")
                .hasMessageContaining("2 depth maps");
    }

    @Test
    void picturesWithoutDepthAreReportedAndTheOthersKept() throws IOException {
        pair("rgb/1.jpg", "depth/1.png");
        SceneFolders.jpeg(folder.resolve("rgb/2.jpg"), 20, 30);
        SceneFolders.depth(folder.resolve("depth/3.png"), 20, 30, i -> 1);
        SceneList scenes = READER.find(folder, ImportOptions.DEFAULT);
        assertThat(scenes.get(0)).isInstanceOf(Scene.Usable.class);
        assertThat(scenes.get(1)).isInstanceOfSatisfying(Scene.Unusable.class,
                scene -> assertThat(scene.reason()).contains("2.jpg").contains("expected a depth map"));
        assertThat(scenes.notes()).anyMatch(note -> note.contains("3.png"));
    }

    @Test
    void scaleTurnsIntegersIntoMetres() throws IOException {
        pair("rgb/1.jpg", "depth/1.png");
        assertThat(found(ImportOptions.DEFAULT).getFirst().encoding()).isEqualTo(new DepthEncoding.UnitsPerMetre(1000));
        assertThat(READER.find(folder, ImportOptions.DEFAULT).notes()).anyMatch(note -> note.contains("millimetres"));
        Datasets datasets = Datasets.at(folder.resolve("home"));
        SceneImport.run(datasets, "tum", READER, folder, ImportOptions.DEFAULT.withUnitsPerMetre(5000),
                StepListener.NONE);
        try (Dataset dataset = datasets.openReadOnly("tum")) {
            MeasuredDepth depth = dataset.find("1").orElseThrow().measured("gt");
            assertThat(depth.metres().get(0, 1)).isEqualTo((float) (511 / 5000.0));
        }
    }

    @Test
    void floatFilesHoldMetresAndTheirMissingPixelsAreMasked() throws IOException {
        Plane metres = Plane.allocate(20, 30);
        java.util.Arrays.fill(metres.array(), 2.5f);
        float[] missing = {0, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        System.arraycopy(missing, 0, metres.array(), 0, missing.length);
        for (String name : List.of("npy", "npz", "pfm")) {
            Path own = folder.resolve(name);
            SceneFolders.png(own.resolve("images/x.png"), 20, 30);
            Files.createDirectories(own.resolve("depth"));
            if (name.equals("npy")) {
                Npy.write(own.resolve("depth/x.npy"), metres);
            } else if (name.equals("npz")) {
                Npz.write(own.resolve("depth/x.npz"), Map.of("depth", NdArray.of(metres)));
            } else {
                Pfm.write(own.resolve("depth/x.pfm"), metres);
            }
            Datasets datasets = Datasets.at(folder.resolve("home"));
            SceneImport.run(datasets, name, READER, own, ImportOptions.DEFAULT, StepListener.NONE);
            try (Dataset dataset = datasets.openReadOnly(name)) {
                MeasuredDepth depth = dataset.samples().getFirst().measured("gt");
                assertThat(depth.valid().count()).isEqualTo(600 - missing.length);
                assertThat(depth.metres().get(0, 3)).isZero();
                assertThat(depth.metres().get(19, 29)).isEqualTo(2.5f);
            }
        }
    }

    @Test
    void foldersCanBeStatedAndOutsideTheSource() throws IOException {
        pair("left/view/1.jpg", "truth/z/1.png");
        Files.createDirectories(folder.resolve("left/rgb"));
        SceneList scenes = READER.find(folder.resolve("left"),
                ImportOptions.DEFAULT.withFolders(Path.of("view"), folder.resolve("truth")));
        assertThat(scenes.mediaRoot()).isEqualTo(folder);
        assertThat(scenes.get(0)).isInstanceOfSatisfying(Scene.Usable.class,
                scene -> assertThat(scene.name()).isEqualTo("1"));
    }

    @Test
    void cameraComesFromTheFileOfTheSourceOrTheOptions() throws IOException {
        pair("rgb/1.jpg", "depth/1.png");
        assertThat(found(ImportOptions.DEFAULT).getFirst().intrinsics()).isEmpty();
        Files.writeString(folder.resolve("intrinsics.txt"), "500 0 320\n0 501 240\n0 0 1\n");
        assertThat(found(ImportOptions.DEFAULT).getFirst().intrinsics()).contains(new Intrinsics(500, 501, 320, 240));
        Path other = Files.writeString(folder.resolve("k.txt"), "1,2,3,4");
        assertThat(found(ImportOptions.DEFAULT.withIntrinsics(other)).getFirst().intrinsics())
                .contains(new Intrinsics(1, 2, 3, 4));
        Files.writeString(other, "1 2 3");
        assertThatThrownBy(() -> READER.find(folder, ImportOptions.DEFAULT.withIntrinsics(other)))
                .isInstanceOf(FormatException.class).hasMessageContaining("k.txt").hasMessageContaining("3 numbers");
    }

    @Test
    void ambiguousFoldersAreRejected() throws IOException {
        pair("rgb/1.jpg", "depth/1.png");
        pair("color/1.jpg", "depth_filled/1.png");
        assertThatThrownBy(() -> READER.find(folder, ImportOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("color, rgb");
    }

    @Test
    void emptyFoldersSayWhatIsExpected() throws IOException {
        Files.createDirectories(folder.resolve("rgb"));
        assertThatThrownBy(() -> READER.find(folder, ImportOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("found 0 and 0");
        assertThatThrownBy(() -> READER.find(folder, ImportOptions.DEFAULT.withDepth(DepthSource.RAW)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("raw");
    }

    @Test
    void depthOfAnotherSizeKeepsItsSize() throws IOException {
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 49, 65);
        SceneFolders.depth(folder.resolve("depth/1.png"), 24, 32, i -> 500 + i);
        SceneFolders.jpeg(folder.resolve("rgb/2.jpg"), 24, 32);
        SceneFolders.depth(folder.resolve("depth/2.png"), 48, 64, i -> 500 + i);
        Datasets datasets = Datasets.at(folder.resolve("home"));
        ImportReport report = SceneImport.run(datasets, "sizes", READER, folder, ImportOptions.DEFAULT,
                StepListener.NONE);
        assertThat(report.notes()).anyMatch(note -> note.contains("32x24") && note.contains("65x49"));
        try (Dataset dataset = datasets.openReadOnly("sizes")) {
            MeasuredDepth small = dataset.find("1").orElseThrow().measured("gt");
            assertThat(small.height()).isEqualTo(24);
            assertThat(small.metres().get(1, 0)).isEqualTo(0.532f);
            assertThat(dataset.find("2").orElseThrow().measured("gt").width()).isEqualTo(64);
            SceneFolders.depth(folder.resolve("depth/1.png"), 49, 65, i -> 500 + i);
            assertThatThrownBy(() -> dataset.find("1").orElseThrow().measured("gt"))
                    .isInstanceOf(fathom.datasets.values.DatasetException.class).hasMessageContaining("expected 32x24")
                    .hasMessageContaining("65x49");
        }
    }

    @Test
    void depthOfAnotherShapeIsRefusedWithTheSizes() throws IOException {
        for (int[] size : new int[][]{{24, 42}, {23, 32}, {32, 24}, {24, 33}}) {
            SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 48, 64);
            SceneFolders.depth(folder.resolve("depth/1.png"), size[0] * 2, size[1] * 2, i -> 500 + i);
            assertThat(READER.find(folder, ImportOptions.DEFAULT).get(0)).isInstanceOfSatisfying(Scene.Unusable.class,
                    scene -> assertThat(scene.reason()).contains("64x48").contains(size[1] * 2 + "x" + size[0] * 2));
        }
    }

    /** Inserts an EXIF record with an orientation after the start marker of a JPEG file. */
    private static void orient(Path jpeg, int tag) throws IOException {
        byte[] exif = {(byte) 0xFF, (byte) 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1,
                18, 0, 3, 0, 0, 0, 1, 0, (byte) tag, 0, 0, 0, 0, 0, 0};
        byte[] plain = Files.readAllBytes(jpeg);
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        turned.write(plain, 0, 2);
        turned.writeBytes(exif);
        turned.write(plain, 2, plain.length - 2);
        Files.write(jpeg, turned.toByteArray());
    }

    @Test
    void pictureThatIsTurnedUnlikeItsDepthIsReported() throws IOException {
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 48, 64);
        SceneFolders.depth(folder.resolve("depth/1.png"), 48, 64, i -> 500 + i);
        orient(folder.resolve("rgb/1.jpg"), 3);
        assertThat(READER.find(folder, ImportOptions.DEFAULT).get(0)).isInstanceOfSatisfying(Scene.Usable.class,
                scene -> assertThat(scene.warnings()).anyMatch(text -> text.contains("is turned as its EXIF")));
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 48, 64);
        orient(folder.resolve("rgb/1.jpg"), 6);
        assertThat(READER.find(folder, ImportOptions.DEFAULT).get(0)).isInstanceOfSatisfying(Scene.Unusable.class,
                scene -> assertThat(scene.reason()).contains("expected 48x64", "found 64x48", "turn the depth map"));
    }

    @Test
    void scanNetSizesHaveOneShape() throws IOException {
        SceneFolders.jpeg(folder.resolve("color/0.jpg"), 968, 1296);
        SceneFolders.depth(folder.resolve("depth/0.png"), 480, 640, i -> 500 + i % 999);
        Path camera = Files.writeString(folder.resolve("k.txt"),
                "577.590698 0 318.905426 0\n0 578.729797 242.683609 0\n0 0 1 0\n0 0 0 1");
        Scene scene = READER.find(folder, ImportOptions.DEFAULT.withIntrinsics(camera)).get(0);
        assertThat(scene).isInstanceOfSatisfying(Scene.Usable.class, usable -> {
            assertThat(usable.files().intrinsics().orElseThrow().fx()).isCloseTo(577.590698 * 1296 / 640,
                    org.assertj.core.api.Assertions.within(1e-9));
            assertThat(usable.notes()).anyMatch(note -> note.contains("scaled to the pictures of 1296x968"));
        });
    }

    @Test
    void codesForMissingDepthAreStoredWithTheSample() throws IOException {
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 20, 30);
        SceneFolders.depth(folder.resolve("depth/1.png"), 20, 30, i -> i < 60 ? 65535 : 500 + i);
        Datasets datasets = Datasets.at(folder.resolve("home"));
        ImportReport plain = SceneImport.run(datasets, "plain", READER, folder, ImportOptions.DEFAULT,
                StepListener.NONE);
        assertThat(plain.warnings()).singleElement().asString().contains("65535 in 10 % of the pixels");
        ImportReport coded = SceneImport.run(datasets, "coded", READER, folder,
                ImportOptions.DEFAULT.withMissing(List.of(65535.0, 560.0)), StepListener.NONE);
        assertThat(coded.warnings()).isEmpty();
        try (Dataset dataset = datasets.openReadOnly("coded")) {
            MeasuredDepth depth = dataset.find("1").orElseThrow().measured("gt");
            assertThat(depth.valid().count()).isEqualTo(539);
            assertThat(depth.stored().get(0, 0)).isEqualTo(65535f);
        }
    }

    @Test
    void largeFloatDepthIsNoted() throws IOException {
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 20, 30);
        Plane plane = Plane.allocate(20, 30);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = 1500 + i;
        }
        Files.createDirectories(folder.resolve("depth"));
        Npy.write(folder.resolve("depth/1.npy"), plane);
        Datasets datasets = Datasets.at(folder.resolve("home"));
        assertThat(SceneImport.run(datasets, "x", READER, folder, ImportOptions.DEFAULT, StepListener.NONE).notes())
                .anyMatch(note -> note.contains("1800 m") && note.contains("millimetres"));
    }

    @Test
    void integerArraysCountLikeIntegerPictures() throws IOException {
        SceneFolders.jpeg(folder.resolve("rgb/1.jpg"), 2, 3);
        Files.createDirectories(folder.resolve("depth"));
        for (NdArray array : List.of(NdArray.ofInts(new int[]{0, 1000, 1500, 2000, 2500, 3000}, 2, 3),
                NdArray.ofLongs(new long[]{0, 1000, 1500, 2000, 2500, 3000}, 2, 3))) {
            Npy.write(folder.resolve("depth/1.npy"), array);
            SceneList scenes = READER.find(folder, ImportOptions.DEFAULT);
            assertThat(scenes.notes()).anyMatch(note -> note.contains("millimetres"));
            assertThat(scenes.get(0)).isInstanceOfSatisfying(Scene.Usable.class,
                    usable -> assertThat(usable.files().encoding()).isEqualTo(new DepthEncoding.UnitsPerMetre(1000)));
        }
    }

    @Test
    void rulesAndPairsAreStored() throws IOException {
        pair("rgb/a.jpg", "depth/a.png");
        pair("rgb/=b \"x\".jpg", "depth/=B \"x\".png");
        Datasets datasets = Datasets.at(folder.resolve("home"));
        ImportReport report = SceneImport.run(datasets, "x", READER, folder, ImportOptions.DEFAULT, StepListener.NONE);
        assertThat(report.pairs()).extracting(ImportedPair::rule).containsExactly("similar-names", "equal-names");
        try (Dataset dataset = datasets.openReadOnly("x")) {
            assertThat(dataset.samples().stream().flatMap(sample -> ImportedPair.of(sample).stream()))
                    .isEqualTo(report.pairs());
            assertThat(Files.readString(dataset.folder().resolve("pairs.csv"))).isEqualTo("""
                    sample,rgb,depth,rule,seconds
                    "'=b ""x""\","rgb/=b ""x"".jpg","depth/=B ""x"".png",similar-names,
                    "a","rgb/a.jpg","depth/a.png",equal-names,
                    """.replace("\n", "\r\n"));
        }
    }
}
