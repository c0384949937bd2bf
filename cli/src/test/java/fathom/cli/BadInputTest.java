package fathom.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages and exit codes of invalid input; existing files are not changed. */
class BadInputTest {
    @TempDir
    Path folder;

    private CommandLineRun run;
    private Path good;

    @BeforeEach
    void makePicture() throws IOException {
        run = new CommandLineRun(folder.resolve("home"));
        good = folder.resolve("good.png");
        Png.writeRgb(good, RgbImage.allocate(6, 8));
    }

    private void predict(Path... pictures) {
        String[] arguments = new String[pictures.length + 7];
        arguments[0] = "predict";
        for (int i = 0; i < pictures.length; i++) {
            arguments[1 + i] = pictures[i].toString();
        }
        String[] rest = {"--model", "floor", "--format", "npy", "--out", folder.resolve("out").toString()};
        System.arraycopy(rest, 0, arguments, pictures.length + 1, rest.length);
        run.run(arguments);
    }

    @Test
    void missingPictureIsReported() {
        predict(folder.resolve("none.jpg"));
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("none.jpg").contains("Check the path");
    }

    @Test
    void invalidPicturesFailAndTheOthersAreWritten() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path whole = folder.resolve("whole.jpg");
        Jpeg.write(whole, RgbImage.allocate(40, 40), 90);
        byte[] bytes = Files.readAllBytes(whole);
        Path truncated = Files.write(folder.resolve("truncated.jpg"), Arrays.copyOf(bytes, bytes.length / 2));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture at all");

        predict(empty, good, truncated, text);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).contains("empty.jpg").contains("truncated.jpg").contains("text.png");
        assertThat(folder.resolve("out/good.npy")).exists();
        assertThat(folder.resolve("out/empty.npy")).doesNotExist();
        assertThat(folder.resolve("out/truncated.npy")).doesNotExist();
    }

    @Test
    void pictureIsReadByContentNotByName() throws IOException {
        Path mislabelled = folder.resolve("mislabelled.jpg");
        Files.copy(good, mislabelled);
        predict(mislabelled);
        assertThat(run.code()).isZero();
    }

    @Test
    void decompressionBombIsRejectedByItsHeader() throws IOException {
        Path bomb = folder.resolve("bomb.png");
        byte[] header = Files.readAllBytes(good);
        // Sets width and height of the IHDR chunk to 100,000 and corrects the checksum of the chunk.
        ByteBuffer.wrap(header).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(header, 12, 17);
        ByteBuffer.wrap(header).putInt(29, (int) crc.getValue());
        Files.write(bomb, header);

        predict(bomb);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("bomb.png").containsPattern("100.?000");
    }

    @Test
    void unknownModelPrintsKnownNames() {
        run.run("predict", good.toString(), "--model", "fastdeth", "--out", folder.resolve("out").toString());
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("Did you mean fastdepth").contains("floor");
    }

    @Test
    void damagedCheckpointIsReportedWithFileAndReason() throws IOException {
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        Files.writeString(checkpoint.resolve("config.json"), "{\"model_type\": \"dpt\"}");
        Files.write(checkpoint.resolve("model.safetensors"), new byte[]{40, 0, 0, 0, 0, 0, 0, 0, '{'});
        run.run("predict", good.toString(), "--model", checkpoint.toString(), "--out",
                folder.resolve("out").toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("model.safetensors").contains("expected").contains("found")
                .contains("download the checkpoint again").doesNotContain("defect");
    }

    @Test
    void picturesOfTheSameNameDoNotOverwriteEachOther() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("good.png");
        Files.copy(good, other);
        predict(good, other);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("both would be written to").contains("--out");
    }

    @Test
    void outputNeverOverwritesAPicture() throws IOException {
        byte[] before = Files.readAllBytes(good);
        run.run("predict", good.toString(), "--model", "floor", "--format", "heatmap", "--out", folder.toString());
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("good.png").contains("another --out folder");
        assertThat(Files.readAllBytes(good)).isEqualTo(before);
    }

    @Test
    void pointCloudWithoutACameraNamesTheOptions() {
        run.run("predict", good.toString(), "--model", "floor", "--format", "ply");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--intrinsics").contains("--fov");
    }

    private Path scene(String name, int depthWidth, float depth) throws IOException {
        Path scene = folder.resolve("scenes").resolve(name);
        Files.createDirectories(scene.resolve("image"));
        Files.createDirectories(scene.resolve("depth_bfx"));
        Jpeg.write(scene.resolve("image/a.jpg"), RgbImage.allocate(20, 30), 90);
        float[] values = new float[20 * depthWidth];
        Arrays.fill(values, depth);
        Png.writeGray16(scene.resolve("depth_bfx/a_abs.png"), Plane.wrap(values, 20, depthWidth));
        return scene;
    }

    private void importScenes(String name) {
        run.run("datasets", "import", "sunrgbd", folder.resolve("scenes").toString(), "--name", name);
    }

    @Test
    void invalidScenesAreSkippedAndTheOthersImported() throws IOException {
        scene("a", 30, 8000);
        scene("b", 31, 8000);
        Path c = scene("c", 30, 8000);
        Files.delete(c.resolve("depth_bfx/a_abs.png"));

        importScenes("d");

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.out()).contains("1 scenes imported, 2 skipped");
        assertThat(run.err()).contains("expected 30x20").contains("found 31x20");
        run.run("datasets", "list", "--json");
        assertThat(run.out()).contains("\"samples\" : 1");
    }

    @Test
    void depthWithoutValidPixelsIsReportedAndNotEvaluated() throws IOException {
        scene("a", 30, 0);
        importScenes("d");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("no pixel has a depth");

        run.run("apply", "d", "--model", "floor", "--field", "floor");
        run.run("evaluate", "d", "--prediction", "floor", "--protocol", "article");
        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).contains("not evaluated").contains("maximum of 0");
    }

    @Test
    void existingNameIsRejectedAndTheDatasetKept() throws IOException {
        scene("a", 30, 8000);
        importScenes("d");
        importScenes("d");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("choose another name");
        run.run("datasets", "info", "d");
        assertThat(run.code()).isZero();
    }

    @Test
    void unknownDatasetFieldAndProtocolAreReported() throws IOException {
        scene("a", 30, 8000);
        importScenes("rooms");
        run.run("apply", "room", "--model", "floor", "--field", "x");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("room").contains("rooms");
        run.run("evaluate", "rooms", "--prediction", "dpt");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("fathom apply rooms");
        run.run("evaluate", "rooms", "--prediction", "dpt", "--protocol", "artikle");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("article-fixed");
    }

    @Test
    void datasetIsDeletedOnlyAfterConfirmation() throws IOException {
        scene("a", 30, 8000);
        importScenes("d");
        run.answer("n\n").run("datasets", "delete", "d");
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("Nothing was deleted").contains("--yes");
        run.answer("").run("datasets", "delete", "d");
        assertThat(run.code()).isNotZero();
        run.answer("y\n").run("datasets", "delete", "d");
        assertThat(run.code()).isZero();
        run.run("datasets", "list", "--json");
        assertThat(run.out().strip()).isEqualTo("[ ]");
        assertThat(folder.resolve("scenes/a/image/a.jpg")).exists();
    }

    @Test
    void damagedIndexIsListedAsUnreadable() throws IOException {
        scene("a", 30, 8000);
        importScenes("d");
        Files.write(folder.resolve("home/datasets/d/index.sqlite"), "not a database".getBytes(StandardCharsets.UTF_8));
        run.run("datasets", "list");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("d").contains("unreadable");
        run.run("datasets", "info", "d");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void portInUseIsReportedWithARemedy() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            run.run("app", "--no-open", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(run.code()).isEqualTo(5);
            assertThat(run.err()).contains(String.valueOf(taken.getLocalPort())).contains("choose another");
        }
    }

    @Test
    void folderThatCannotBeCreatedIsReported() {
        run.run("predict", good.toString(), "--model", "floor", "--out", good.resolve("below").toString());
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("good.png");
    }

    @Test
    void misspelledOptionIsAUsageErrorWithASuggestion() {
        run.run("predict", good.toString(), "--formt", "npy");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--formt").contains("--format");
    }

    @Test
    void optionsWithoutEffectAreRefused() {
        String picture = good.toString();
        for (String[] words : new String[][]{{"predict", picture, "--model", "floor", "--fov", "60"},
                {"predict", picture, "--model", "floor", "--intrinsics", "1,2,3,4", "--format", "npy"},
                {"compare", picture, picture, "--protocol", "arrays", "--truth-scale", "1000"},
                {"compare", picture, picture, "--protocol", "arrays", "--prediction-scale", "1000"},
                {"compare", picture, picture, "--protocol", "arrays", "--max-depth", "10"},
                {"compare", picture, picture, "--protocol", "arrays", "--missing", "0"},
                {"compare", picture, picture, "--protocol", "arrays", "--kind", "metric"},
                {"compare", picture, picture, "--protocol", "arrays", "--resampling", "torch-bilinear"},
                {"compare", picture, picture, "--protocol", "article", "--missing", "65535"},
                {"compare", picture, picture, "--protocol", "article", "--max-depth", "4"},
                {"compare", picture, picture, "--protocol", "article", "--truth-scale", "256"},
                {"compare", picture, picture, "--protocol", "article", "--sunrgbd"},
                {"compare", picture, picture, "--protocol", "article", "--sunrgbd", "--truth-scale", "1000"}}) {
            run.run(words);
            assertThat(run.code()).as(String.join(" ", words)).isEqualTo(2);
            assertThat(run.err()).as(String.join(" ", words)).contains("expected");
        }
    }
}
