package fathom.formats.images;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.IntegerImage;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.pnm.Pfm;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Reads real depth maps and pictures in their original formats, which are not part of the project. */
@Tag("photographs")
class SharedDataTest {
    private Path data = Path.of("");

    @BeforeEach
    void requireData() {
        data = Path.of(System.getProperty("fathom.shared", "")).resolve("data");
        assumeTrue(Files.exists(data.resolve("expected.json")),
                "SKIPPED: this test reads third-party photographs, which are not at " + data
                        + "; set -Dfathom.shared to the folder that holds data");
    }

    @Test
    void rawValuesOfEveryDepthMapAreExact() throws IOException {
        int read = 0;
        for (JsonNode map : JsonMapper.shared().readTree(Files.readString(data.resolve("expected.json")))) {
            String file = map.get("depth").asString();
            if (file.endsWith(".hdf5")) {
                continue;
            }
            Plane raw = raw(data.resolve(file), map.get("encoding").asString());
            assertThat(raw.width()).as(file).isEqualTo(map.get("size").get(0).asInt());
            assertThat(raw.height()).as(file).isEqualTo(map.get("size").get(1).asInt());
            for (JsonNode probe : map.get("probes")) {
                float value = raw.get(probe.get("y").asInt(), probe.get("x").asInt());
                JsonNode expected = probe.get("raw");
                if (expected.isNumber()) {
                    assertThat((double) value).as(file).isEqualTo(expected.asDouble(), within(1e-5));
                } else {
                    assertThat(Float.isFinite(value)).as(file).isFalse();
                }
            }
            read++;
        }
        assertThat(read).isGreaterThanOrEqualTo(47);
    }

    private static Plane raw(Path path, String encoding) throws IOException {
        String name = path.toString();
        if (name.endsWith(".pfm")) {
            return Pfm.readPlane(path);
        }
        if (name.endsWith(".npz")) {
            Matcher key = Pattern.compile("key (\\w+)").matcher(encoding);
            return Npz.read(path, key.find() ? key.group(1) : "arr_0").toPlane();
        }
        ByteOrder order = encoding.contains("LITTLE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        IntegerImage image = Images.readGray(path, ImageOptions.DEFAULT.withPnmOrder(order));
        assertThat(image.bitDepth()).as(name).isEqualTo(16);
        return image.values();
    }

    @Test
    void everyPictureHasTheSizeOfItsHeader() throws IOException {
        for (JsonNode map : JsonMapper.shared().readTree(Files.readString(data.resolve("expected.json")))) {
            if (!map.get("rgb").isString()) {
                continue;
            }
            Path path = data.resolve(map.get("rgb").asString());
            ImageSize size = Images.probe(path);
            assertThat(size.width()).as(path.toString()).isEqualTo(map.get("rgb_size").get(0).asInt());
            assertThat(size.height()).as(path.toString()).isEqualTo(map.get("rgb_size").get(1).asInt());
            RgbImage image = Images.readRgb(path);
            assertThat(image.width()).isEqualTo(size.width());
            assertThat(image.height()).isEqualTo(size.height());
        }
    }

    @Test
    void arraysOfAPublishedPredictionAreReadAsMaps() throws IOException {
        Path folder = data.resolve("fastdepth/deploy/data");
        assertThat(Npy.read(folder.resolve("rgb.npy")).shape()).endsWith(3);
        Plane depth = Npy.readPlane(folder.resolve("depth.npy"));
        Plane prediction = Npy.readPlane(folder.resolve("pred.npy"));
        assertThat(prediction.height()).isEqualTo(224);
        assertThat(prediction.width()).isEqualTo(depth.width());
        assertThat(prediction.get(112, 112)).isBetween(0.3f, 10f);
    }
}
