package fathom.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.formats.ImageSize;
import fathom.formats.images.Images;
import fathom.rendering.Colormap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

final class DatasetRoutesTest {
    private static final int COUNT = 5;
    @TempDir
    private static Path folder;
    private static Datasets datasets;
    private static AppServer server;
    private static Client browser;

    @BeforeAll
    static void start() throws IOException {
        datasets = Rooms.create(folder, "rooms", COUNT);
        server = AppServer.start(AppOptions.of(datasets).withPort(0));
        browser = new Client(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listContainsEveryDatasetWithItsSize() {
        JsonNode list = browser.json("/api/datasets").get("datasets");

        assertThat(list.get(0).get("name").asString()).isEqualTo("rooms");
        assertThat(list.get(0).get("samples").asInt()).isEqualTo(COUNT);
    }

    @Test
    void damagedDatasetIsListedAndTheOthersStayReadable() throws IOException {
        Path own = folder.resolve("two");
        Datasets two = Rooms.create(own, "rooms", 2);
        two.create("broken", DatasetOptions.of(own)).close();
        Path index = two.home().resolve("datasets/broken/index.sqlite");
        Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 700));
        try (AppServer other = AppServer.start(AppOptions.of(two).withPort(0))) {
            Client there = new Client(other);
            JsonNode list = there.json("/api/datasets").get("datasets");
            assertThat(list.findValuesAsString("name")).containsExactly("broken", "rooms");
            assertThat(list.get(0).get("samples").isNull()).isTrue();
            assertThat(list.get(1).get("samples").asInt()).isEqualTo(2);
            HttpResponse<byte[]> answer = there.get("/api/datasets/broken");
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(Client.text(answer)).contains("dataset broken", "index.sqlite",
                    "Delete the dataset and import it again");
            assertThat(there.get("/api/datasets/rooms").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void layersDescribeTheirValues() {
        JsonNode layers = browser.json("/api/datasets/rooms").get("layers");

        assertThat(layers.findValuesAsString("name")).containsExactly("rgb", "gt", "flat", "dpt");
        assertThat(layers.findValuesAsString("role")).containsExactly("image", "truth", "prediction", "prediction");
        assertThat(layers.findValuesAsString("unit")).containsExactly("", "m", "m", "");
        assertThat(layers.get(3).get("inverse").asBoolean()).isTrue();
        assertThat(layers.get(3).get("model").asString()).isEqualTo("Intel/dpt-large");
    }

    @Test
    void numbersAreColumnsInSampleOrderWithNullForMissing() {
        JsonNode rmse = column("dpt.article.rmse");

        assertThat(rmse.get("label").asString()).isEqualTo("RMSE");
        assertThat(rmse.get("better").asString()).isEqualTo("lower");
        assertThat(rmse.get("latest").asBoolean()).isTrue();
        assertThat(rmse.get("values").get(0).asDouble()).isEqualTo(20);
        assertThat(rmse.get("values").get(3).asDouble()).isEqualTo(23);
        assertThat(rmse.get("values").get(4).isNull()).isTrue();
    }

    @Test
    void failuresContainTheirReason() {
        JsonNode samples = browser.json("/api/datasets/rooms").get("samples");

        assertThat(samples.get("failures").get("dpt").get(4).asString()).contains("could not be decoded");
        assertThat(samples.get("versions").get("dpt").get(4).isNull()).isTrue();
        assertThat(samples.get("versions").get("dpt").get(0).isNull()).isFalse();
    }

    @Test
    void truthIsInMetresWithNaNForMissing() {
        HttpResponse<byte[]> answer = browser.get(map(1, "gt") + "?v=" + version(1, "gt"));
        float[] values = Client.floats(answer);

        assertThat(answer.headers().firstValue("X-Map-Width")).contains("128");
        assertThat(answer.headers().firstValue("X-Map-Height")).contains("96");
        assertThat(values).hasSize(96 * 128);
        assertThat(values[0]).isNaN();
        assertThat(values[20 * 128 + 100]).isEqualTo(Rooms.millimetres(1, 20, 100) / 1000f);
    }

    @Test
    void predictionIsSentUnchangedAtItsResolution() {
        HttpResponse<byte[]> answer = browser.get(map(2, "dpt"));
        float[] values = Client.floats(answer);
        try (Dataset dataset = datasets.openReadOnly("rooms")) {
            Sample sample = dataset.samples().get(2);

            assertThat(answer.headers().firstValue("X-Map-Width")).contains("64");
            assertThat(values).containsExactly(sample.prediction("dpt").prediction().values().toArray());
        }
    }

    @Test
    void reducedMapsAreMeansOfTheValidPixels() {
        HttpResponse<byte[]> answer = browser.get(map(0, "gt") + "?side=32");
        float[] values = Client.floats(answer);
        double sum = 0;
        for (int row = 8; row < 12; row++) {
            for (int column = 80; column < 84; column++) {
                sum += Rooms.millimetres(0, row, column) / 1000.0;
            }
        }

        assertThat(values).hasSize(32 * 24);
        assertThat(values[0]).isNaN();
        assertThat(values[2 * 32 + 20]).isCloseTo((float) (sum / 16), within(1e-6f));
    }

    @Test
    void picturesEqualTheirFiles() throws IOException {
        HttpResponse<byte[]> jpeg = browser.get(sample(0) + "/image");
        HttpResponse<byte[]> png = browser.get(sample(1) + "/image");

        assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(jpeg.body()).isEqualTo(Files.readAllBytes(folder.resolve("media-rooms/room0.jpg")));
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(png.body()).isEqualTo(Files.readAllBytes(folder.resolve("media-rooms/room1.png")));
    }

    @Test
    void thumbnailsHaveTheRequestedSize() throws IOException {
        ImageSize size = Images.probe(browser.get(sample(0) + "/thumbnail?side=64").body(), "thumbnail");

        assertThat(size.width()).isEqualTo(64);
        assertThat(size.height()).isEqualTo(48);
    }

    @Test
    void versionedContentIsCachedAndNotSentAgain() {
        String exact = map(0, "gt") + "?v=" + version(0, "gt");
        HttpResponse<byte[]> first = browser.get(exact);
        HttpResponse<byte[]> again = browser.get(exact, browser.cookie(), "If-None-Match",
                first.headers().firstValue("ETag").orElseThrow());

        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable").contains("private");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(browser.get(map(0, "gt") + "?v=old").headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-cache");
    }

    @Test
    void histogramCoversTheValues() {
        JsonNode spread = browser.json("/api/datasets/rooms/spread/gt");

        assertThat(spread.get("maps").asInt()).isEqualTo(COUNT);
        assertThat(spread.get("low").asDouble()).isBetween(1.5, 2.5);
        assertThat(spread.get("high").asDouble()).isBetween(3.5, 4.4);
        assertThat(spread.get("counts").size()).isEqualTo(64);
    }

    @Test
    void textIsCompressedIfTheBrowserAcceptsGzip() throws IOException {
        HttpResponse<byte[]> answer = browser.get("/api/datasets/rooms", browser.cookie(), "Accept-Encoding", "gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(plain.readAllBytes()).isEqualTo(browser.get("/api/datasets/rooms").body());
        }
    }

    @Test
    void coloursEqualThoseOfRenderedPictures() {
        JsonNode schemes = browser.json("/api/colormaps").get("colormaps");

        assertThat(schemes.get(0).get("name").asString()).isEqualTo("viridis");
        assertThat(schemes.get(0).get("colours").asString()).isEqualTo(Colormap.viridis().hex());
        assertThat(schemes.findValuesAsString("colours")).allMatch(colours -> colours.matches("([0-9a-f]{6}){256}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/datasets/nowhere", "/api/datasets/nowhere/revision",
            "/api/datasets/rooms/spread/nothing", "/api/datasets/rooms/spread/rgb",
            "/api/datasets/rooms/samples/ffff/image", "/api/nothing", "/api/datasets/rooms/samples/ffff/maps/gt",
            "/assets/nothing.js"})
    void missingResourcesAre404WithARemedy(String path) {
        HttpResponse<byte[]> answer = browser.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Client.text(answer)).contains("\"error\"").contains("\"remedy\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/thumbnail?side=0", "/thumbnail?side=100000", "/thumbnail?side=-5", "/thumbnail?side=x",
            "/thumbnail", "/maps/gt?side=999999999999", "/maps/rgb"})
    void sizesOutOfRangeAre400(String path) {
        assertThat(browser.get(sample(0) + path).statusCode()).isEqualTo(400);
    }

    @Test
    void missingPictureIs404WithARemedy() throws IOException {
        Datasets others = Rooms.create(folder.resolve("gone"), "gone", 1);
        Files.delete(folder.resolve("gone/media-gone/room0.jpg"));
        try (AppServer other = AppServer.start(AppOptions.of(others).withPort(0))) {
            Client there = new Client(other);
            String id = there.json("/api/datasets/gone").get("samples").get("ids").get(0).asString();
            HttpResponse<byte[]> answer = there.get("/api/datasets/gone/samples/" + id + "/image");

            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(Client.text(answer)).contains("remedy");
        }
    }

    @Test
    void changesByOtherProcessesUpdateRevisionAndColumns() throws IOException {
        Rooms.create(folder.resolve("changing"), "changing", 2);
        Datasets others = Datasets.at(folder.resolve("changing/home"));
        try (AppServer other = AppServer.start(AppOptions.of(others).withPort(0))) {
            Client there = new Client(other);
            String before = there.json("/api/datasets/changing/revision").get("revision").asString();
            JsonNode first = there.json("/api/datasets/changing");
            try (Dataset writing = others.open("changing")) {
                writing.samples().getFirst().setNumber("flat.seconds", 1.5);
            }
            JsonNode second = there.json("/api/datasets/changing");

            assertThat(first.get("revision").asString()).isEqualTo(before);
            assertThat(second.get("revision").asString()).isNotEqualTo(before);
            assertThat(second.get("columns").findValuesAsString("name")).contains("flat.seconds");
        }
    }

    @Test
    void deletedAndRecreatedDatasetIsReadAgain() throws IOException {
        Datasets others = Rooms.create(folder.resolve("again"), "again", 2);
        try (AppServer other = AppServer.start(AppOptions.of(others).withPort(0))) {
            Client there = new Client(other);
            assertThat(there.json("/api/datasets/again").get("samples").get("ids").size()).isEqualTo(2);
            others.delete("again");
            assertThat(there.get("/api/datasets/again").statusCode()).isEqualTo(404);
            Rooms.create(folder.resolve("again"), "again", 3);

            assertThat(there.json("/api/datasets/again").get("samples").get("ids").size()).isEqualTo(3);
        }
    }

    private static JsonNode column(String name) {
        for (JsonNode column : browser.json("/api/datasets/rooms").get("columns")) {
            if (column.get("name").asString().equals(name)) {
                return column;
            }
        }
        throw new AssertionError("no column " + name);
    }

    private static String sample(int i) {
        return "/api/datasets/rooms/samples/"
                + browser.json("/api/datasets/rooms").get("samples").get("ids").get(i).asString();
    }

    private static String map(int i, String layer) {
        return sample(i) + "/maps/" + layer;
    }

    private static String version(int i, String layer) {
        return browser.json("/api/datasets/rooms").get("samples").get("versions").get(layer).get(i).asString();
    }
}
