package fathom.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.formats.images.Images;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A picture of 24×32 pixels with depth, predicted by the model floor. */
class FigureCommandTest {
    @TempDir
    private Path folder;
    private CommandLineRun run;

    @BeforeEach
    void predict() throws Exception {
        run = new CommandLineRun(folder.resolve("home"));
        Path pairs = folder.resolve("pairs");
        Files.createDirectories(pairs.resolve("rgb"));
        Files.createDirectories(pairs.resolve("depth"));
        Png.writeRgb(pairs.resolve("rgb/a.png"), RgbImage.allocate(24, 32));
        Plane millimetres = Plane.allocate(24, 32);
        for (int at = 0; at < millimetres.size(); at++) {
            millimetres.array()[at] = at % 32 == 0 ? 0 : 6000 - 150 * (at / 32);
        }
        Png.writeGray16(pairs.resolve("depth/a.png"), millimetres);
        run.run("datasets", "import", "pairs", pairs.toString(), "--name", "d", "--scale", "1000");
        assertThat(run.run("apply", "d", "--model", "floor", "--field", "floor").code()).as(run.err()).isZero();
    }

    private RgbImage figure(String... options) throws Exception {
        Path out = folder.resolve("figure.png");
        String[] words = new String[options.length + 4];
        words[0] = "figure";
        words[1] = "d";
        words[2] = "--out";
        words[3] = out.toString();
        System.arraycopy(options, 0, words, 4, options.length);
        assertThat(run.run(words).code()).as(run.err()).isZero();
        return Images.readRgb(out);
    }

    @Test
    void everyErrorAddsAColumn() throws Exception {
        int asScored = figure("--as-scored").width();
        int one = figure("--as-scored", "--error", "relative").width();
        int all = figure("--as-scored", "--error", "relative", "--error", "absolute", "--error", "signed", "--error",
                "delta", "--protocol", "article-aligned").width();
        assertThat(one).isGreaterThan(asScored + 300);
        assertThat(all).isGreaterThan(one + 900);
    }

    @Test
    void protocolWithoutErrorsPerPixelIsRefused() {
        Path out = folder.resolve("none.png");
        run.run("figure", "d", "--out", out.toString(), "--error", "absolute", "--protocol", "article");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("article", "compares pictures");
        assertThat(out).doesNotExist();
        run.run("figure", "d", "--out", out.toString(), "--protocol", "aligned");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--error or --as-scored");
    }

    @Test
    void predictionThatTheProtocolCannotScoreIsReported() throws Exception {
        figure("--error", "absolute", "--protocol", "metric");
        assertThat(run.err()).contains("not scored: ", "floor");
    }
}
