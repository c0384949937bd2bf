package fathom.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.formats.images.Images;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The cases of ONNX files: each gives its right value, or one sentence and the exit code of bad data. */
class OnnxCasesTest {
    private static final int BAD_DATA = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"models/onnx-engine-refuses, picture.png, model.onnx, TRT_LayerNorm",
            "models/onnx-engine-refuses, picture.png, newer-ir.onnx, Unsupported model IR version: 99",
            "robustness/onnx-refused-by-runtime, pic.png, custom.onnx, com.evil",
            "robustness/onnx-refused-by-runtime, pic.png, noop.onnx, NoSuchOp"})
    void modelThatTheRuntimeRefusesIsBadData(String name, String picture, String model, String reason)
            throws Exception {
        Path files = Cases.copy(name, folder);
        CommandLineRun run = new CommandLineRun(folder.resolve("home")).run("predict",
                files.resolve(picture).toString(), "-m", files.resolve(model).toString(), "--option", "kind=metric",
                "-o", folder.resolve("out").toString());
        assertThat(run.code()).as(run.err()).isEqualTo(BAD_DATA);
        assertThat(run.err()).contains(files.resolve(model).toString(), reason).doesNotContain("defect", "\tat ");
        assertThat(run.err().strip().lines()).hasSize(1);
    }

    @Test
    void oneImagePerBatchRunsIfTheInputHasFiveAxes() throws Exception {
        Path files = Cases.copy("models/onnx-five-axes", folder);
        CommandLineRun run = new CommandLineRun(folder.resolve("home")).run("predict",
                files.resolve("picture.png").toString(), "-m", files.resolve("model.onnx").toString(), "--kind",
                "metric", "--option", "fit=own", "--format", "npy", "-o", folder.resolve("out").toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("warning: Pictures are scaled to 0 to 1", "--option mean=0.485,0.456,0.406",
                "--option scale=1");
        Plane depth = Npy.readPlane(folder.resolve("out/picture.npy"));
        RgbImage picture = Images.readRgb(Files.readAllBytes(files.resolve("picture.png")), "picture");
        assertThat(depth.width()).isEqualTo(picture.width());
        for (int row = 0; row < picture.height(); row += 7) {
            for (int column = 0; column < picture.width(); column += 5) {
                float expected = (picture.get(row, column, 0) + 10 * picture.get(row, column, 1)
                        + 100 * picture.get(row, column, 2)) / 255f;
                assertThat(depth.get(row, column)).isCloseTo(expected, within(1e-3f));
            }
        }
    }
}
