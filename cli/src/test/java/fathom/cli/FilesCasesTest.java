package fathom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.formats.NdArray;
import fathom.formats.images.Images;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Everyday and broken files on the command line: the cases of byte order, headers, arrays, names and terminal text. */
class FilesCasesTest {
    @TempDir
    Path folder;

    private CommandLineRun run(String... words) {
        return new CommandLineRun(folder.resolve("home")).run(words);
    }

    private double metric(String metric, String... words) {
        String[] all = Stream.concat(Stream.of("compare", "--json"), Stream.of(words)).toArray(String[]::new);
        CommandLineRun run = run(all);
        assertThat(run.code()).as(run.err()).isZero();
        return number(run.out(), metric);
    }

    /** Returns the first number of a key in JSON. */
    private static double number(String json, String key) {
        Matcher found = Pattern.compile('"' + key + "\" *: *(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)").matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return Double.parseDouble(found.group(1));
    }

    @Test
    void littleEndianPgmIsReadOnRequestAndNoticedOtherwise() throws IOException {
        Path files = Cases.copy("data/pgm-little-endian", folder);
        String depth = files.resolve("depth_le.pgm").toString();
        String metres = files.resolve("metres.npy").toString();
        CommandLineRun right = run("compare", depth, metres, "--protocol", "article-aligned", "--pgm-order", "little");
        assertThat(right.out()).contains("rmse  0.0 levels");
        assertThat(right.err()).doesNotContain("warning");
        CommandLineRun swapped = run("compare", depth, metres, "--protocol", "article-aligned");
        assertThat(swapped.code()).isZero();
        assertThat(swapped.err()).contains("warning:", "depth_le.pgm", "swapped bytes", "state the byte order");
        CommandLineRun wrong = run("compare", depth, metres, "--pgm-order", "middle");
        assertThat(wrong.code()).isEqualTo(2);
    }

    @Test
    void theByteOrderIsStoredWithTheDataset() throws IOException {
        Path files = Cases.copy("data/pgm-little-endian", folder);
        Path scenes = Files.createDirectories(folder.resolve("scenes/rgb")).getParent();
        Files.copy(Cases.root().resolve("data/npz/rgb/a.png"), scenes.resolve("rgb/a.png"));
        Files.createDirectories(scenes.resolve("depth"));
        Files.copy(files.resolve("depth_le.pgm"), scenes.resolve("depth/a.pgm"));
        CommandLineRun noticed = run("datasets", "import", "pairs", scenes.toString(), "--name", "big");
        assertThat(noticed.err()).contains("warning:", "a.pgm", "swapped bytes");
        CommandLineRun quiet = run("datasets", "import", "pairs", scenes.toString(), "--name", "small", "--pgm-order",
                "little");
        assertThat(quiet.err()).doesNotContain("swapped");
        for (String dataset : List.of("big", "small")) {
            assertThat(run("apply", dataset, "--model", "floor", "--field", "floor").code()).isZero();
            run("evaluate", dataset, "--prediction", "floor", "--protocol", "article-aligned");
        }
        assertThat(run("report", "small", "-f", "csv").out()).isNotEqualTo(run("report", "big", "-f", "csv").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment.pfm", "scale_then_space.pfm", "size_then_space.pfm", "two_spaces.pfm"})
    void floatMapsBeginWhereTheirHeaderEnds(String file) throws IOException {
        Path files = Cases.copy("data/pnm-pfm-headers", folder);
        assertThat(metric("rmse", files.resolve(file).toString(), files.resolve("metres.npy").toString(), "--protocol",
                "article-aligned")).isZero();
        assertThat(metric("rmse", files.resolve("metres.npy").toString(), files.resolve(file).toString(), "--protocol",
                "arrays")).isZero();
    }

    @Test
    void aHeaderThatEndsInCrLfIsRefusedWithTheByte() throws IOException {
        Path files = Cases.copy("data/pnm-pfm-headers", folder);
        CommandLineRun run = run("compare", files.resolve("crlf.pgm").toString(),
                files.resolve("metres.npy").toString(), "--protocol", "article-aligned");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("crlf.pgm, byte ", "CR LF", "1 too many");
    }

    @ParameterizedTest
    @CsvSource({"a16.png, b16.png", "a16.png, b16.npy", "a16.npy, b16.npy"})
    void picturesOf16BitsAreArrays(String truth, String prediction) throws IOException {
        Path files = Cases.copy("data/arrays-16-bit", folder);
        String expected = Files.readString(files.resolve("expected.json"));
        for (String key : List.of("rmse", "psnr", "ssim")) {
            assertThat(metric(key, files.resolve(truth).toString(), files.resolve(prediction).toString(), "--protocol",
                    "arrays")).isCloseTo(number(expected, key), within(1e-9));
        }
    }

    @Test
    void picturesOf1BitAreArraysOf0And255() throws IOException {
        Path black = Files.writeString(folder.resolve("black.pbm"), "P1 8 8 " + "1".repeat(64));
        Path mixed = Files.writeString(folder.resolve("mixed.pbm"), "P1 8 8 " + "10".repeat(32));
        assertThat(metric("rmse", black.toString(), mixed.toString(), "--protocol", "arrays"))
                .isCloseTo(255 * Math.sqrt(0.5), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"m.npy, p.npy", "m_hw1.npy, p_hw1.npy", "m.npy, p64.npy", "m_hw1.npy, p.npy", "m.npy, p_hw1.npy"})
    void floatMapsAreComparedInMetres(String truth, String prediction) throws IOException {
        Path files = Cases.copy("data/arrays-unit-and-shape", folder);
        CommandLineRun run = run("compare", files.resolve(truth).toString(), files.resolve(prediction).toString(),
                "--protocol", "arrays");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("rmse  0\\.1000000\\d* m\n").doesNotContain("levels");
        CommandLineRun unitless = run("compare", files.resolve(truth).toString(), files.resolve(prediction).toString(),
                "--protocol", "arrays", "--kind", "affine-invariant-inverse");
        assertThat(unitless.code()).as("a kind has no effect under this protocol").isEqualTo(2);
    }

    @Test
    void npzIsReadWhereverNpyIsRead() throws IOException {
        Path files = Cases.copy("data/npz", folder);
        String npz = files.resolve("m.npz").toString();
        assertThat(metric("rmse", npz, files.resolve("m.npy").toString())).isZero();
        assertThat(metric("rmse", files.resolve("m.npy").toString(), npz, "--protocol", "arrays")).isZero();
        CommandLineRun imported = run("datasets", "import", "pairs", files.toString(), "--name", "x");
        assertThat(imported.out()).contains("1 scenes imported, 0 skipped");
        assertThat(run("apply", "x", "--model", "floor", "--field", "floor").code()).isZero();
        assertThat(run("evaluate", "x", "--prediction", "floor").code()).isZero();
    }

    @Test
    void anArrayOfSeveralIsNamed() throws IOException {
        Path files = Cases.copy("data/npz", folder);
        var depth = Npy.read(files.resolve("m.npy"));
        Path several = folder.resolve("several.npz");
        var arrays = new LinkedHashMap<String, NdArray>();
        arrays.put("confidence", NdArray.ofFloats(new float[depth.size()], depth.shape()));
        arrays.put("depth", depth);
        Npz.write(several, arrays);
        String metres = files.resolve("m.npy").toString();
        CommandLineRun open = run("compare", several.toString(), metres);
        assertThat(open.code()).isEqualTo(3);
        assertThat(open.err()).contains("several.npz", "confidence [24, 32]", "depth [24, 32]", "--array confidence");
        assertThat(metric("rmse", several.toString(), metres, "--array", "depth")).isZero();
        assertThat(metric("rmse", several.toString(), several.toString(), "--array", "depth,depth")).isZero();
        Files.copy(several, files.resolve("depth/a.npz"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(run("datasets", "import", "pairs", files.toString(), "--name", "open").err()).contains("confidence",
                "depth", "name the one to read");
        assertThat(run("datasets", "import", "pairs", files.toString(), "--name", "named", "--array", "depth").code())
                .isZero();
        assertThat(run("apply", "named", "--model", "floor", "--field", "floor").code()).isZero();
        assertThat(run("evaluate", "named", "--prediction", "floor").code()).isZero();
    }

    @Test
    void aFigureWithoutMeasuredDepthShowsThePrediction() throws IOException {
        Path files = Cases.copy("data/figure-without-truth", folder);
        run("datasets", "import", "pairs", files.toString(), "--name", "x", "--scale", "1000");
        assertThat(run("apply", "x", "--model", "fastdepth", "--field", "fd").code()).isZero();
        Path figure = folder.resolve("f.png");
        CommandLineRun run = run("figure", "x", "--out", figure.toString());
        assertThat(run.code()).as(run.err()).isZero();
        RgbImage image = Images.readRgb(figure);
        Set<Integer> colours = new HashSet<>();
        for (int x = image.width() / 2; x < image.width(); x++) {
            int at = image.rowStart(image.height() / 2) + 3 * x;
            colours.add((image.array()[at] & 0xFF) << 16 | (image.array()[at + 1] & 0xFF) << 8
                    | (image.array()[at + 2] & 0xFF));
        }
        assertThat(colours).as("colours of the prediction").hasSizeGreaterThan(50);
    }

    @Test
    void namesOfEveryLegalLengthAreWritten() throws IOException {
        Path files = Cases.copy("data/names-long", folder);
        Path out = folder.resolve("out");
        CommandLineRun run = run("predict", files.resolve("rgb").toString(), "--model", "floor", "--format", "npy",
                "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        try (Stream<Path> maps = Files.list(out)) {
            assertThat(maps).hasSize(8);
        }
    }

    @Test
    void aNameThatCannotBeWrittenFailsAlone() throws IOException {
        Path rgb = Files.createDirectories(folder.resolve("rgb"));
        Path picture = Cases.root().resolve("data/npz/rgb/a.png");
        Files.copy(picture, rgb.resolve("a.png"));
        Files.copy(picture, rgb.resolve("z".repeat(251) + ".png"));
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(out.resolve("z".repeat(251) + ".npy/folder"));
        CommandLineRun run = run("predict", rgb.toString(), "--model", "floor", "--format", "npy", "--out",
                out.toString());
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).contains("zzz.png");
        assertThat(out.resolve("a.npy")).isRegularFile();
    }

    @Test
    void aControlCharacterInANameSkipsOneScene() throws IOException {
        Path files = Cases.copy("robustness/control-character-in-name", folder);
        CommandLineRun run = run("datasets", "import", "pairs", files.toString(), "--name", "u", "--rgb", "rgb",
                "--depths", "depth", "--scale", "1000");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.out()).contains("2 scenes imported, 1 skipped");
        assertThat(run.err()).contains("skipped: ", "control characters");
    }

    @Test
    void aJpegWithHundredsOfScansIsRefusedAtOnce() throws IOException {
        Path files = Cases.copy("robustness/jpeg-many-scans", folder);
        long start = System.nanoTime();
        CommandLineRun run = run("predict", files.resolve("scans_x200.jpg").toString(), "--model", "floor", "--out",
                folder.resolve("o").toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("expected at most 64 scans");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "de-DE", "hi-IN-u-nu-deva"})
    void numbersAreTheSameInEveryLocale(String tag) throws IOException {
        Path files = Cases.copy("robustness/ply-in-arabic", folder);
        Path arrays = Cases.copy("data/arrays-unit-and-shape", folder);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            Path out = folder.resolve("o");
            CommandLineRun run = run("predict", files.resolve("pic.png").toString(), "--format", "ply", "--fov", "60",
                    "--out", out.toString(), "--model", "floor");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).matches("\\p{ASCII}*");
            String head = new String(Files.readAllBytes(out.resolve("pic.ply")), StandardCharsets.ISO_8859_1);
            assertThat(head).containsPattern("element vertex [0-9]+\n");
            String compared = run("compare", arrays.resolve("m.npy").toString(), arrays.resolve("p.npy").toString(),
                    "--protocol", "arrays").out();
            assertThat(compared).contains("768 of 768 pixels", "rmse  0.1").matches("\\p{ASCII}*");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"esc.safetensors", "esc.onnx"})
    void escapeSequencesOfFilesDoNotReachTheTerminal(String file) throws IOException {
        Path files = Cases.copy("robustness/terminal-escapes", folder);
        CommandLineRun run = run("predict", files.resolve("pic.png").toString(), "-m", files.resolve(file).toString(),
                "--out", folder.resolve("o").toString());
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).isNotEmpty();
        assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u0007", "\u009b");
    }

    @Test
    void namesOfFilesDoNotReachTheTerminalUnchanged() {
        for (String[] words : List.of(new String[]{"predict", "\u001b]0;x\u0007.png", "--model", "floor"},
                new String[]{"compare", "\u009b2J\u202e.npy", "b.npy"}, new String[]{"datasets", "\u001b[31m"},
                new String[]{"report", "\u001b[2Jx"})) {
            CommandLineRun run = run(words);
            assertThat(run.code()).isNotZero();
            assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
        }
    }

    @Test
    void cellsThatLookLikeFormulasAreText() throws IOException {
        Path home = Cases.copy("robustness/csv-formula", folder).resolve("home");
        String csv = new CommandLineRun(home).run("report", "u", "-f", "csv").out();
        assertThat(csv.lines().flatMap(line -> Stream.of(line.split(",")))).isNotEmpty()
                .noneMatch(cell -> cell.matches("\"?[=+@].*"));
        assertThat(csv).contains("'=");
        String markdown = new CommandLineRun(home).run("report", "u", "-f", "markdown").out();
        assertThat(markdown).doesNotContain("<b>").contains("&lt;b");
    }
}
