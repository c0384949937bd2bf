package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.datasets.readers.SceneFiles.Size;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.raster.Intrinsics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CameraFileTest {
    private static final Size PICTURE = new Size(640, 480);
    private static final Intrinsics CAMERA = new Intrinsics(525.5, 526, 319.5, 239.5);

    @TempDir
    Path folder;
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Intrinsics read(String text) throws IOException {
        return CameraFile.read(Files.writeString(folder.resolve("k.txt"), text)).fit(PICTURE, PICTURE, notes, warnings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"525.5 0 319.5 0 526 239.5 0 0 1", "525.5,0,319.5\n0,526,239.5\n0,0,1\n",
            "[[525.5, 0, 319.5], [0, 526, 239.5], [0, 0, 1]]", "525.5 0 319.5 0\n0 526 239.5 0\n0 0 1 0\n0 0 0 1",
            "525.5 0 319.5 -40.2\n0 526 239.5 0\n0 0 1 0.003", "525.5 526 319.5 239.5", "525.5;526;319.5;239.5",
            "# fx fy cx cy\n5.255e+02 526.0 319.5 239.5 # camera 0", "fx fy cx cy\n525.5 526 319.5 239.5",
            "fx,fy,cx,cy,width,height\n525.5,526,319.5,239.5,640,480", "525.5 526 319.5 239.5 640 480",
            "640 480 525.5 526 319.5 239.5", "fx: 525.5\nfy: 526\ncx: 319.5\ncy: 239.5\n",
            "fx = 525.5, fy = 526, cx = 319.5, cy = 239.5",
            "{\"width\": 640, \"height\": 480, \"fx\": 525.5, \"fy\": 526, \"cx\": 319.5, \"cy\": 239.5}",
            "{\"width\": 640, \"height\": 480, \"intrinsic_matrix\": [525.5, 0, 0, 0, 526, 0, 319.5, 239.5, 1]}",
            "{\"K\": [[525.5, 0, 319.5], [0, 526, 239.5], [0, 0, 1]]}", "525.5 0 0\n0 526 0\n319.5 239.5 1\n",
            "\uFEFF525.5 526 319.5 239.5\r\n"})
    void formsAreRead(String text) throws IOException {
        assertThat(read(text)).isEqualTo(CAMERA);
        assertThat(warnings).isEmpty();
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1500 1500 320 240 640 480", "640 480 1500 1500 320 240"})
    void centreTellsTheSizeFromWholeFocalLengths(String text) throws IOException {
        assertThat(read(text)).isEqualTo(new Intrinsics(1500, 1500, 320, 240));
        assertThat(notes).isEmpty();
    }

    @Test
    void arraysAreRead() throws IOException {
        double[] k = {525.5, 0, 319.5, 0, 526, 239.5, 0, 0, 1};
        Map<String, NdArray> several = new LinkedHashMap<>();
        several.put("depth", NdArray.ofDoubles(new double[]{1, 2}, 2));
        several.put("intr", NdArray.ofDoubles(new double[]{525.5, 526, 319.5, 239.5}, 4));
        Npy.write(folder.resolve("a.npy"), NdArray.ofDoubles(k, 3, 3));
        Npz.write(folder.resolve("b.npz"), Map.of("any", NdArray.ofDoubles(k, 1, 3, 3)));
        Npz.write(folder.resolve("c.npz"), several);
        for (String name : List.of("a.npy", "b.npz", "c.npz")) {
            assertThat(CameraFile.read(folder.resolve(name)).fit(PICTURE, PICTURE, notes, warnings)).as(name)
                    .isEqualTo(CAMERA);
        }
        several.remove("intr");
        several.put("x", NdArray.ofDoubles(k, 9));
        Npz.write(folder.resolve("d.npz"), several);
        assertThatThrownBy(() -> CameraFile.read(folder.resolve("d.npz"))).isInstanceOf(FormatException.class)
                .hasMessageContaining("depth, x");
    }

    @Test
    void fractionsAreMultipliedByTheSizeOfThePicture() throws IOException {
        assertThat(read("0.58 1.92 0.5 0.5")).isEqualTo(new Intrinsics(0.58 * 640, 1.92 * 480, 320, 240));
        assertThat(notes).singleElement().asString().contains("fractions");
    }

    @Test
    void cameraOfAnotherSizeIsScaledOrRefused() throws IOException {
        assertThat(read("1051 1052 639.5 479.5 1280 960")).isEqualTo(CAMERA);
        assertThat(notes).singleElement().asString().contains("1280x960").contains("640x480");
        assertThatThrownBy(() -> read("1051 1052 959.5 539.5 1920 1080")).isInstanceOf(FormatException.class)
                .hasMessageContaining("640x480").hasMessageContaining("1920x1080");
        read("1051 1052 639.5 479.5");
        assertThat(warnings).singleElement().asString().contains("1279x959");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2 3", "a b c d", "fx 1 2 3", "500 1 3 0 500 2 0 0 1", "0 0 0 0 0 0 0 0 0",
            "NaN 1 2 3", "-500 500 320 240", "1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 2", "500 500 320 240 0.1 0.2 0 0",
            "0.9 -0.1 0.2 1\n0.1 0.9 0 1\n0 0 1 2\n0 0 0 1", "{\"a\": {\"fx\": 1, \"fy\": 1, \"cx\": 1, \"cy\": 1}, "
                    + "\"b\": {\"fx\": 2, \"fy\": 1, \"cx\": 1, \"cy\": 1}}",
            "<html>", "1e999 1 1 1"})
    void otherFilesAreBadDataThatNamesTheFile(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(FormatException.class).hasMessageContaining("k.txt")
                .hasMessageContaining("found");
    }

    @Test
    void folderIsBadData() {
        assertThatThrownBy(() -> CameraFile.read(folder)).isInstanceOf(FormatException.class)
                .hasMessageContaining("a folder");
    }
}
