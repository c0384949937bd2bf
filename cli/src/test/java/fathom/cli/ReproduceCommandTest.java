package fathom.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two pictures of 24×32 pixels with depth, predicted by the model floor. */
class ReproduceCommandTest {
    @TempDir
    private Path folder;
    private CommandLineRun run;

    @BeforeEach
    void predictTwoPictures() throws Exception {
        run = new CommandLineRun(folder.resolve("home"));
        for (String name : new String[]{"a", "b"}) {
            Path picture = folder.resolve("pairs/rgb/" + name + ".png");
            Path depth = folder.resolve("pairs/depth/" + name + ".png");
            Files.createDirectories(picture.getParent());
            Files.createDirectories(depth.getParent());
            Png.writeRgb(picture, RgbImage.allocate(24, 32));
            Plane millimetres = Plane.allocate(24, 32);
            for (int at = 0; at < millimetres.size(); at++) {
                millimetres.array()[at] = 6000 - 150 * (at / 32) + (name.equals("a") ? 0 : 400);
            }
            Png.writeGray16(depth, millimetres);
        }
        run.run("datasets", "import", "pairs", folder.resolve("pairs").toString(), "--name", "d", "--scale", "1000");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.run("apply", "d", "--model", "floor", "--field", "floor").code()).isZero();
    }

    @Test
    void listNamesEveryCellWithItsStatus() {
        run.run("reproduce", "--list");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("fastdepth-nyu-delta1", "0.771", "not run here", "blocked: data licence");
        assertThat(run.run("reproduce", "--list", "--json").out()).contains("\"cell\" : \"fastdepth-nyu-delta1\"",
                "\"metric\" : \"delta1\"", "\"value\" : 0.771");
    }

    @Test
    void cellIsComparedWithTheScoresOfTheDataset() {
        run.run("reproduce", "depth-anything-small-nyu-absrel", "d");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("depth-anything-small-nyu-absrel: AbsRel of Depth Anything Small", "0.053",
                "10000 resamples, seed 7", "on 2 of 654 samples", "from the published value, tolerance 5 %");
        run.run("reproduce", "depth-anything-small-nyu-absrel", "d", "--json");
        assertThat(run.out()).contains("\"status\" : ", "\"interval\" : {", "\"protocolHash\" : ",
                "\"wholeTestSet\" : false", "\"samples\" : 2");
    }

    @Test
    void scoresAreStoredUnderTheProtocolOfTheCell() {
        run.run("reproduce", "depth-anything-small-nyu-absrel", "d");
        assertThat(run.run("report", "d", "--protocol", "midas-zero-shot").out()).contains("floor");
    }

    @Test
    void missingArgumentsAndUnknownNamesAreExplained() {
        assertThat(run.run("reproduce").code()).isEqualTo(2);
        assertThat(run.err()).contains("CELL and DATASET");
        assertThat(run.run("reproduce", "fastdepth-nyu-delta", "d").code()).isEqualTo(2);
        assertThat(run.err()).contains("fastdepth-nyu-delta1");
        assertThat(run.run("apply", "d", "--model", "floor", "--field", "again").code()).isZero();
        assertThat(run.run("reproduce", "depth-anything-small-nyu-absrel", "d").code()).isEqualTo(2);
        assertThat(run.err()).contains("--prediction", "floor, again");
    }
}
