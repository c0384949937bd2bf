package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Cases of pairs, missing depth, units, cameras and sizes. */
class PairsCasesTest {
    @TempDir
    Path temporary;

    private CommandLineRun run;

    @BeforeEach
    void prepare() {
        run = new CommandLineRun(temporary.resolve("home"));
    }

    private Path copy(String name) throws IOException {
        return Cases.copy(name, temporary);
    }

    /** Imports a folder as dataset x and returns the JSON output. */
    private JsonNode imported(Path folder, String... options) {
        List<String> words = new ArrayList<>(
                List.of("datasets", "import", "pairs", folder.toString(), "--name", "x", "--json"));
        words.addAll(List.of(options));
        run.run(words.toArray(String[]::new));
        return JsonMapper.shared().readTree(run.out());
    }

    private static List<String> pairs(JsonNode report) {
        return report.get("pairs").valueStream().map(pair -> pair.get("rgb").asString() + " "
                + pair.get("depth").asString() + " " + pair.get("rule").asString()).toList();
    }

    @Test
    void namesThatDifferInCase() throws IOException {
        Path folder = copy("data/pairs-letter-case");
        JsonNode report = imported(folder, "--scale", "1000");
        assertThat(run.code()).isZero();
        List<String> expected = List.of("rgb/Scene1.jpg depth/scene1.png similar-names",
                "rgb/scene2.jpg depth/Scene2.png similar-names");
        assertThat(pairs(report)).isEqualTo(expected);
        assertThat(report.get("notes").toString()).contains("letter case");
        run.run("datasets", "info", "x", "--json");
        assertThat(pairs(JsonMapper.shared().readTree(run.out()))).isEqualTo(expected);
        run.run("datasets", "info", "x");
        assertThat(run.out()).contains("pairs by similar-names: 2").contains("depth/Scene2.png");
        assertThat(Files.readAllLines(temporary.resolve("home/datasets/x/pairs.csv"))).containsExactly(
                "sample,rgb,depth,rule,seconds", "\"Scene1\",\"rgb/Scene1.jpg\",\"depth/scene1.png\",similar-names,",
                "\"scene2\",\"rgb/scene2.jpg\",\"depth/Scene2.png\",similar-names,");
    }

    @Test
    void framesThatAreShifted() throws IOException {
        JsonNode report = imported(copy("data/pairs-shifted"), "--scale", "1000");
        assertThat(run.code()).isEqualTo(6);
        assertThat(pairs(report)).containsExactly("rgb/left_0002.png depth/depthmap_0002.png similar-names",
                "rgb/left_0003.png depth/depthmap_0003.png similar-names");
        assertThat(report.get("skipped").toString()).contains("left_0001");
        assertThat(report.get("notes").toString()).contains("depthmap_0004");
        assertThat(report.get("unusedDepths").toString()).contains("depthmap_0004.png");
    }

    @Test
    void timestampsWithADroppedFrame() throws IOException {
        JsonNode report = imported(copy("data/pairs-timestamps"), "--scale", "5000");
        assertThat(run.code()).isEqualTo(6);
        assertThat(pairs(report)).containsExactly("rgb/1305031102.000000.png depth/1305031102.002000.png timestamps",
                "rgb/1305031102.067000.png depth/1305031102.069000.png timestamps",
                "rgb/1305031102.100000.png depth/1305031102.102000.png timestamps",
                "rgb/1305031102.133000.png depth/1305031102.135000.png timestamps");
        assertThat(report.get("pairs").get(0).get("seconds").asDouble()).isEqualTo(0.002);
        assertThat(report.get("skipped").toString()).contains("1305031102.033000");
    }

    @Test
    void timeLimitIsAnOption() throws IOException {
        Path folder = copy("data/pairs-timestamps");
        run.run("datasets", "import", "pairs", folder.toString(), "--name", "y", "--max-time-difference", "0.001");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("names contradict");
    }

    @Test
    void namesInTwoUnicodeForms() throws IOException {
        JsonNode report = imported(copy("data/pairs-unicode-form"), "--scale", "1000");
        assertThat(run.code()).isZero();
        assertThat(report.get("imported").asInt()).isEqualTo(2);
    }

    @Test
    void oneEqualNameAmongOthers() throws IOException {
        JsonNode report = imported(copy("data/pairs-one-equal-name"), "--scale", "1000");
        assertThat(run.code()).isZero();
        assertThat(pairs(report)).containsExactly("rgb/preview.png depth/preview.png equal-names",
                "rgb/rgb_0.png depth/depth_0.png similar-names", "rgb/rgb_1.png depth/depth_1.png similar-names",
                "rgb/rgb_2.png depth/depth_2.png similar-names");
    }

    @Test
    void linkedFolders() throws IOException {
        Path folder = copy("data/pairs-linked-scene");
        for (String[] link : new String[][]{{"depth", "../store/maps"}, {"rgb", "../store/pictures"}}) {
            Files.createDirectories(folder.resolve(link[0]));
            Files.createSymbolicLink(folder.resolve(link[0] + "/s1"), Path.of(link[1]));
        }
        JsonNode report = imported(folder, "--scale", "1000");
        assertThat(run.code()).isZero();
        assertThat(pairs(report)).containsExactly("rgb/s1/a.png depth/s1/a.png equal-names");
    }

    private double rmse(String... words) {
        run.run(words);
        assertThat(run.code()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out()).get("metrics").get("rmse").asDouble();
    }

    @Test
    void integerArraysAreMillimetres() throws IOException {
        Path folder = copy("data/npy-integers");
        String millimetres = folder.resolve("mm_uint16.npy").toString();
        String metres = folder.resolve("metres.npy").toString();
        assertThat(rmse("compare", millimetres, metres, "--protocol", "article-aligned", "--json")).isZero();
        assertThat(run.out()).contains("taken as millimetres");
        assertThat(rmse("compare", metres, millimetres, "--protocol", "article-aligned", "--prediction-scale", "1000",
                "--json")).isZero();
        assertThat(rmse("compare", metres, millimetres, "--protocol", "article-aligned", "--prediction-scale", "500",
                "--json")).isPositive();
        JsonNode report = imported(folder);
        assertThat(run.code()).isZero();
        assertThat(report.get("notes").toString()).contains("depth taken as millimetres");
        assertThat(farthest()).isCloseTo(1.425, within(1e-6));
    }

    /** Returns the largest measured depth of dataset x. */
    private double farthest() {
        try (var dataset = fathom.datasets.Datasets.at(temporary.resolve("home")).openReadOnly("x")) {
            var depth = dataset.samples().getFirst().measured("gt");
            double farthest = 0;
            for (int i = 0; i < depth.metres().size(); i++) {
                farthest = depth.valid().array()[i] ? Math.max(farthest, depth.metres().array()[i]) : farthest;
            }
            return farthest;
        }
    }

    @Test
    void codesForMissingDepth() throws IOException {
        Path folder = copy("data/missing-code-65535");
        JsonNode report = imported(folder, "--scale", "512");
        assertThat(run.code()).isZero();
        assertThat(report.get("warnings").toString()).contains("65535 in 13 % of the pixels");
        assertThat(farthest()).isGreaterThan(127);
        run.run("datasets", "delete", "x", "--yes");
        report = imported(folder, "--scale", "512", "--missing", "65535,65534");
        assertThat(report.get("warnings")).isEmpty();
        assertThat(farthest()).isLessThan(100);
        String depth = folder.resolve("depth/a.png").toString();
        String[] words = {"compare", depth, depth, "--truth-scale", "512", "--prediction-scale", "512", "--protocol",
                "article-aligned", "--json"};
        run.run(words);
        long all = JsonMapper.shared().readTree(run.out()).get("scoredPixels").asLong();
        assertThat(run.out()).contains("65535 in 13 % of the pixels");
        for (String[] option : new String[][]{{"--missing", "65535"}, {"--max-depth", "127"}}) {
            List<String> more = new ArrayList<>(List.of(words));
            more.addAll(List.of(option));
            run.run(more.toArray(String[]::new));
            assertThat(JsonMapper.shared().readTree(run.out()).get("scoredPixels").asLong()).isLessThan(all);
        }
    }

    @Test
    void cameraOfFourRows() throws IOException {
        Path folder = copy("data/camera-4x4");
        Path camera = folder.resolve("intrinsic_depth.txt");
        imported(folder, "--scale", "1000", "--intrinsics", camera.toString());
        assertThat(run.code()).isZero();
        try (var dataset = fathom.datasets.Datasets.at(temporary.resolve("home")).openReadOnly("x")) {
            assertThat(dataset.samples().getFirst().intrinsics())
                    .contains(new fathom.raster.Intrinsics(577.590698, 578.729797, 318.905426, 242.683609));
        }
        Files.writeString(camera, "1 2 3");
        run.run("datasets", "import", "pairs", folder.toString(), "--name", "y", "--intrinsics", camera.toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("intrinsic_depth.txt").contains("found 3 numbers");
    }

    @Test
    void depthSmallerThanThePicture() throws IOException {
        JsonNode report = imported(copy("data/depth-smaller-than-picture"), "--scale", "1000");
        assertThat(run.code()).isZero();
        assertThat(report.get("notes").toString()).contains("32x24").contains("65x49");
        run.run("apply", "x", "--model", "floor", "--field", "floor");
        assertThat(run.code()).as(run.err()).isZero();
        run.run("evaluate", "x", "--prediction", "floor", "--protocol", "article-aligned");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("32x24");
        Path figure = temporary.resolve("figure.png");
        run.run("figure", "x", "--out", figure.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(figure).isNotEmptyFile();
    }

    @Test
    void formatsThatAreNotRead() throws IOException {
        Path folder = copy("data/folder-unread-formats");
        String out = temporary.resolve("out").toString();
        run.run("predict", folder.resolve("mixed").toString(), "--model", "floor", "--format", "npy", "--out", out);
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("3 files").contains("b.webp").contains("c.tif").contains("d.HEIC");
        run.run("predict", folder.resolve("heic").toString(), "--model", "floor", "--out", out);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("HEIC");
        run.run("datasets", "import", "pairs", folder.resolve("tiffset").toString(), "--name", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("1 TIFF (a.tiff)");
        Files.write(folder.resolve("mac/._a.jpg"), new byte[]{0, 5, 22, 7});
        run.run("predict", folder.resolve("mac").toString(), "--model", "floor", "--format", "npy", "--out", out);
        assertThat(run.code()).isZero();
    }
}
