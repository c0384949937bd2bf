package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.StepListener;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real scenes in their original formats, compared with values read by NumPy and Pillow. They are not part of the project. */
@Tag("photographs")
class SharedScenesTest {
    @TempDir
    Path home;
    private Path data;
    private JsonNode expected;

    @BeforeEach
    void requireData() {
        data = Path.of(System.getProperty("fathom.shared", "")).resolve("data");
        assumeTrue(Files.isRegularFile(data.resolve("expected.json")),
                "SKIPPED: this test reads third-party photographs, which are not at " + data
                        + "; set -Dfathom.shared to the folder that holds data");
        expected = JsonMapper.shared().readTree(data.resolve("expected.json").toFile());
    }

    private Stream<JsonNode> expected() {
        return expected.valueStream();
    }

    private static DepthEncoding encoding(String text) {
        if (text.startsWith("u16 rotated")) {
            return new DepthEncoding.RotatedMillimetres();
        }
        return new DepthEncoding.UnitsPerMetre(text.contains("/5000") ? 5000 : text.contains("/256") ? 256 : 1000);
    }

    private void requireEqual(MeasuredDepth depth, JsonNode expected) {
        String name = expected.get("depth").asString();
        assertThat(depth.width()).as(name).isEqualTo(expected.get("size").get(0).asInt());
        assertThat(depth.height()).as(name).isEqualTo(expected.get("size").get(1).asInt());
        assertThat(depth.valid().count()).as(name).isEqualTo(expected.get("valid_count").asInt());
        double[] metres = new double[depth.valid().count()];
        int count = 0;
        for (int i = 0; i < depth.metres().size(); i++) {
            if (depth.valid().array()[i]) {
                metres[count++] = depth.metres().array()[i];
            }
        }
        Arrays.sort(metres);
        // The expected values are rounded to six decimals; metres are float32.
        double tolerance = 2e-6;
        assertThat(metres[0]).as(name).isEqualTo(expected.get("min_m").asDouble(), within(tolerance));
        assertThat(metres[count - 1]).as(name).isEqualTo(expected.get("max_m").asDouble(), within(8 * tolerance));
        assertThat(Arrays.stream(metres).average().orElseThrow()).as(name).isEqualTo(expected.get("mean_m").asDouble(),
                within(tolerance));
        double median = (metres[(count - 1) / 2] + metres[count / 2]) / 2;
        assertThat(median).as(name).isEqualTo(expected.get("median_m").asDouble(), within(8 * tolerance));
        for (JsonNode probe : expected.get("probes")) {
            int row = probe.get("y").asInt();
            int column = probe.get("x").asInt();
            assertThat(depth.stored().get(row, column)).as(name).isEqualTo(probe.get("raw").floatValue());
            assertThat(depth.valid().get(row, column)).as(name).isEqualTo(!probe.get("metres").isNull());
            if (!probe.get("metres").isNull()) {
                assertThat((double) depth.metres().get(row, column)).as(name).isEqualTo(probe.get("metres").asDouble(),
                        within(8 * tolerance));
            }
        }
    }

    @Test
    void integerDepthMapsDecodeAsExpected() throws IOException {
        List<JsonNode> maps = expected().filter(map -> {
            String encoding = map.get("encoding").asString();
            return encoding.startsWith("u16") || encoding.startsWith("PGM P5 u16 BIG");
        }).toList();
        assertThat(maps).hasSizeGreaterThan(30);
        for (JsonNode map : maps) {
            Path file = data.resolve(map.get("depth").asString());
            requireEqual(DepthFiles.read(file, encoding(map.get("encoding").asString()), DepthLimits.NONE), map);
        }
    }

    @Test
    void depthBeyondEightMetresIsDecoded() throws IOException {
        MeasuredDepth depth = DepthFiles.read(data.resolve("open3d/examples/TestData/RGBD/other_formats/SUN_depth.png"),
                new DepthEncoding.RotatedMillimetres(), DepthLimits.NONE);
        int beyond = 0;
        float farthest = 0;
        for (float metres : depth.metres().array()) {
            beyond += metres > 8.191f ? 1 : 0;
            farthest = Math.max(farthest, metres);
        }
        assertThat(beyond).isEqualTo(7149);
        assertThat(farthest).isEqualTo(9.870f);
    }

    @Test
    void sunRgbdScenesAreImported() throws IOException {
        Datasets datasets = Datasets.at(home);
        for (DepthSource source : DepthSource.values()) {
            ImportReport report = SceneImport.run(datasets, source.name(), SceneReaders.named("sunrgbd"),
                    data.resolve("sunrgbd"), ImportOptions.DEFAULT.withDepth(source), StepListener.NONE);
            assertThat(report.skipped()).isEmpty();
            assertThat(report.warnings()).isEmpty();
            try (Dataset dataset = datasets.openReadOnly(source.name())) {
                assertThat(dataset.samples()).extracting(Sample::name).containsExactly(
                        "GuardianWang_sunrgbd-toy/images/2014-12-18_11-31-54_260595134347",
                        "GuardianWang_sunrgbd-toy/images/img_0063");
                assertThat(dataset.samples().getFirst().intrinsics().map(Intrinsics::cx)).contains(365.0);
                String folder = source == DepthSource.RAW ? "/depth/" : "/depth_bfx/";
                for (Sample sample : dataset) {
                    String prefix = "sunrgbd/" + sample.name() + folder;
                    JsonNode map = expected().filter(one -> one.get("depth").asString().startsWith(prefix)).findFirst()
                            .orElseThrow();
                    requireEqual(sample.measured("gt"), map);
                    assertThat(sample.image().width()).isEqualTo(map.get("rgb_size").get(0).asInt());
                }
            }
        }
    }

    @Test
    void plainFoldersAreImported() throws IOException {
        Datasets datasets = Datasets.at(home);
        record Source(String name, String folder, double scale, int samples) {}
        for (Source source : List.of(new Source("open3d", "open3d/examples/TestData/RGBD", 1000, 5),
                new Source("nyu", "nyuv2/Metric3D/data/nyu_demo", 1000, 3),
                new Source("kitti", "kitti/Metric3D/data/kitti_demo", 256, 3),
                new Source("frames", "sevenscenes/data/rgbd-frames", 1000, 5), new Source("livingroom",
                        "icl_livingroom1/tests/reconstruction_system/livingroom1_clean_micro", 1000, 4),
                new Source("slam", "slambook2/ch5/rgbd", 1000, 5))) {
            ImportReport report = SceneImport.run(datasets, source.name, SceneReaders.named("pairs"),
                    data.resolve(source.folder), ImportOptions.DEFAULT.withUnitsPerMetre(source.scale),
                    StepListener.NONE);
            assertThat(report.skipped()).as(source.name).isEmpty();
            assertThat(report.imported()).as(source.name).isEqualTo(source.samples);
            try (Dataset dataset = datasets.openReadOnly(source.name)) {
                for (Sample sample : dataset) {
                    Path rgb = dataset.mediaRoot().resolve(
                            ((fathom.datasets.values.Field.RgbField) sample.field("rgb").orElseThrow()).path());
                    JsonNode map = expected()
                            .filter(one -> data.resolve(one.get("rgb").asString("")).normalize().equals(rgb))
                            .findFirst().orElseThrow(() -> new AssertionError("nothing is expected of " + rgb));
                    requireEqual(sample.measured("gt"), map);
                }
            }
        }
    }
}
