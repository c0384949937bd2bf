package fathom.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import fathom.datasets.Datasets;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.raster.AuxiliaryMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Auxiliary maps of predictions as the page receives them. */
final class FurtherMapsTest {
    private static final String DATASET = "/api/datasets/rooms";
    private static final int COUNT = 5;
    private static final int HEIGHT = Rooms.HEIGHT / 2;
    private static final int WIDTH = Rooms.WIDTH / 2;
    @TempDir
    private static Path folder;
    private static AppServer server;
    private static Client browser;
    private static JsonNode dataset;

    @BeforeAll
    static void start() throws IOException {
        Datasets datasets = Rooms.create(folder, "rooms", COUNT);
        Rooms.addFurther(datasets, "rooms");
        server = AppServer.start(AppOptions.of(datasets).withPort(0));
        browser = new Client(server);
        dataset = browser.json(DATASET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void mapsAreLayersAfterTheirPrediction() {
        assertThat(dataset.get("layers").findValuesAsString("name")).containsExactly("rgb", "gt", "flat", "dpt", "moge",
                "moge.points_x", "moge.points_y", "moge.points_z", "moge.uncertainty", "moge.mask", "moge.normal");
        assertThat(layer("moge").get("further").isNull()).isTrue();
        assertThat(layer("moge.uncertainty").get("role").asString()).isEqualTo("map");
        assertThat(layer("moge.uncertainty").get("model").asString()).isEqualTo("moge-2");
        assertThat(layer("moge.uncertainty").get("kind").asString()).contains("expected error of depth");
    }

    @Test
    void layersNameTheirFieldAndDrawing() {
        JsonNode uncertainty = layer("moge.uncertainty").get("further");
        JsonNode mask = layer("moge.mask").get("further");
        JsonNode normal = layer("moge.normal").get("further");

        assertThat(uncertainty.get("field").asString()).isEqualTo("moge");
        assertThat(uncertainty.get("map").asString()).isEqualTo("uncertainty");
        assertThat(uncertainty.get("drawing").asString()).isEqualTo("values");
        assertThat(uncertainty.get("range").size()).isZero();
        assertThat(uncertainty.get("shape").toString()).isEqualTo("[48,64]");
        assertThat(mask.get("drawing").asString()).isEqualTo("mask");
        assertThat(mask.get("range").toString()).isEqualTo("[0.0,1.0]");
        assertThat(normal.get("drawing").asString()).isEqualTo("normal");
        assertThat(normal.get("range").toString()).isEqualTo("[-1.0,1.0]");
        assertThat(normal.get("shape").toString()).isEqualTo("[48,64,3]");
    }

    @Test
    void layersHaveTheStoredUnit() {
        assertThat(layer("moge.points_x").get("unit").asString()).isEqualTo("m");
        assertThat(layer("moge.mask").get("unit").asString()).isEmpty();
    }

    @Test
    void versionsMarkTheSamplesThatHaveTheMap() {
        assertThat(versions("moge.uncertainty")).containsExactly(false, true, true, true, true);
        assertThat(versions("moge.mask")).containsExactly(false, false, true, true, true);
        assertThat(versions("moge.normal")).containsExactly(false, false, true, true, true);
    }

    @Test
    void valuesEqualTheStoredValues() {
        HttpResponse<byte[]> answer = browser.get(map(2, "moge.uncertainty"));
        float[] values = Client.floats(answer);

        assertThat(answer.headers().firstValue("X-Map-Width")).contains(Integer.toString(WIDTH));
        assertThat(answer.headers().firstValue("X-Map-Height")).contains(Integer.toString(HEIGHT));
        assertThat(answer.headers().firstValue("X-Map-Channels")).contains("1");
        assertThat(values).hasSize(HEIGHT * WIDTH);
        assertThat(values[7 * WIDTH + 30]).isEqualTo(Rooms.uncertainty(7, 30));
    }

    @Test
    void normalsHaveThreeInterleavedChannels() {
        HttpResponse<byte[]> answer = browser.get(map(2, "moge.normal"));
        float[] values = Client.floats(answer);

        assertThat(answer.headers().firstValue("X-Map-Channels")).contains("3");
        assertThat(values).hasSize(HEIGHT * WIDTH * 3);
        assertThat(vector(values, 3, 0)).containsExactly(0, 0, 0);
        assertThat(vector(values, 3, 10)).containsExactly(0, 0, -1);
        assertThat(vector(values, 3, 60)).containsExactly(0.6f, 0, -0.8f);
    }

    @Test
    void reducedMapsAreMeans() {
        float[] uncertainty = Client.floats(browser.get(map(2, "moge.uncertainty") + "?side=32"));
        float[] normals = Client.floats(browser.get(map(2, "moge.normal") + "?side=32"));

        assertThat(uncertainty).hasSize(24 * 32);
        assertThat(uncertainty[0]).isCloseTo(
                (Rooms.uncertainty(0, 0) + Rooms.uncertainty(0, 1) + Rooms.uncertainty(1, 0) + Rooms.uncertainty(1, 1))
                        / 4,
                within(1e-6f));
        assertThat(normals).hasSize(24 * 32 * 3);
        assertThat(normals[3 * 30]).isEqualTo(0.6f);
        assertThat(normals[3 * 30 + 2]).isEqualTo(-0.8f);
    }

    @Test
    void versionedMapsAreCachedAndEachMapHasItsOwnVersion() {
        String uncertainty = version("moge.uncertainty", 2);
        HttpResponse<byte[]> exact = browser.get(map(2, "moge.uncertainty") + "?v=" + uncertainty);

        assertThat(exact.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(Set.of(uncertainty, version("moge.mask", 2), version("moge.normal", 2), version("moge", 2)))
                .hasSize(4);
    }

    @Test
    void histogramDescribesOneMapOnly() {
        JsonNode spread = browser.json(DATASET + "/spread/moge.uncertainty");

        assertThat(spread.get("maps").asInt()).isEqualTo(COUNT - 1);
        assertThat(spread.get("minimum").asDouble()).isBetween(0.0, 0.01);
        assertThat(spread.get("maximum").asDouble()).isBetween(0.65, 0.68);
    }

    @ParameterizedTest
    @CsvSource({
            "1,moge.mask,has no moge.mask: the auxiliary maps of moge there are points_x; points_y; points_z; uncertainty",
            "1,moge.nothing,has no moge.nothing", "0,moge.uncertainty,has no moge",
            "2,moge.normal_x,has no moge.normal_x", "2,flat.uncertainty,the auxiliary maps of flat there are none",
            "2,gt.uncertainty,has no prediction gt", "2,moge.,has no moge.", "2,missing.uncertainty,has no missing",
            "2,moge.uncertainty.npy,has no moge.uncertainty.npy"})
    void missingLayersAre404AndListTheExistingOnes(int sample, String layer, String words) {
        HttpResponse<byte[]> answer = browser.get(map(sample, layer));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Client.text(answer)).contains(words.replace(';', ',')).contains("Choose another layer.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Findex.sqlite", "moge.%2E%2E%2Findex", "%2E%2E", ".", "moge.uncertainty%00"})
    void pathsAreNotLayers(String layer) {
        assertThat(browser.get(map(2, layer)).statusCode()).isBetween(400, 404);
    }

    @ParameterizedTest
    @CsvSource({"moge.nothing", "flat.uncertainty", "missing.uncertainty", "moge.normal_x"})
    void histogramOfAMissingLayerIs404(String layer) {
        assertThat(browser.get(DATASET + "/spread/" + layer).statusCode()).isEqualTo(404);
    }

    @Test
    void mapsRequireTheToken() {
        assertThat(browser.get(map(2, "moge.uncertainty"), "").statusCode()).isEqualTo(401);
    }

    @Test
    void sizesOutOfRangeAre400() {
        assertThat(browser.get(map(2, "moge.normal") + "?side=5000").statusCode()).isEqualTo(400);
    }

    @Test
    void damagedMapIsReportedAndOtherMapsStayReadable() throws IOException {
        Datasets others = Rooms.create(folder.resolve("damaged"), "damaged", 3);
        Rooms.addFurther(others, "damaged");
        try (AppServer other = AppServer.start(AppOptions.of(others).withPort(0))) {
            Client there = new Client(other);
            String id = there.json("/api/datasets/damaged").get("samples").get("ids").get(2).asString();
            String maps = "/api/datasets/damaged/samples/" + id + "/maps/";
            truncate(folder.resolve("damaged/home/datasets/damaged/maps/moge"), id + "-*.uncertainty.npy");
            HttpResponse<byte[]> answer = there.get(maps + "moge.uncertainty");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(Client.text(answer)).contains("dataset damaged, sample rooms/2, moge.uncertainty")
                    .contains(".uncertainty.npy").contains("make the prediction again")
                    .contains("apply the model again");
            assertThat(there.get(maps + "moge").statusCode()).isEqualTo(200);
            assertThat(there.get(maps + "moge.mask").statusCode()).isEqualTo(200);
            assertThat(there.json("/api/datasets/damaged/spread/moge.uncertainty").get("maps").asInt()).isEqualTo(1);
        }
    }

    private static void truncate(Path maps, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(maps, pattern)) {
            Path file = found.iterator().next();
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        }
    }

    /** Names have no meaning: the kind of a map decides how it is shown, for maps of any model. */
    @Test
    void drawingDependsOnTheKindNotOnTheName() {
        List<AuxiliaryMapField> stored = List.of(new AuxiliaryMapField("bump", AuxiliaryMap.Kind.NORMAL, ""),
                new AuxiliaryMapField("mask", AuxiliaryMap.Kind.SCALAR, "m"),
                new AuxiliaryMapField("normal_x", AuxiliaryMap.Kind.SCALAR, ""),
                new AuxiliaryMapField("seen", AuxiliaryMap.Kind.MASK, ""),
                new AuxiliaryMapField("water", AuxiliaryMap.Kind.CLASS_SCORE, ""));

        assertThat(AuxiliaryLayer.of("f", stored)).extracting(AuxiliaryLayer::layer).containsExactly("f.bump", "f.mask",
                "f.normal_x", "f.seen", "f.water");
        assertThat(AuxiliaryLayer.of("f", stored)).extracting(AuxiliaryLayer::drawing).containsExactly(
                AuxiliaryLayer.Drawing.NORMAL, AuxiliaryLayer.Drawing.VALUES, AuxiliaryLayer.Drawing.VALUES,
                AuxiliaryLayer.Drawing.MASK, AuxiliaryLayer.Drawing.VALUES);
        assertThat(AuxiliaryLayer.of("f", stored).getLast().meaning()).contains("water");
    }

    @Test
    void coordinatesOfPointsAreSeparateLayers() {
        assertThat(Client.floats(browser.get(map(2, "moge.points_y")))[5]).isEqualTo(0.5f);
        assertThat(layer("moge.points_z").get("kind").asString()).contains("ahead");
        assertThat(layer("moge.points_z").get("unit").asString()).isEqualTo("m");
    }

    private static JsonNode layer(String name) {
        for (JsonNode layer : dataset.get("layers")) {
            if (layer.get("name").asString().equals(name)) {
                return layer;
            }
        }
        throw new AssertionError("no layer " + name);
    }

    private static List<Boolean> versions(String layer) {
        return dataset.get("samples").get("versions").get(layer).valueStream().map(version -> !version.isNull())
                .toList();
    }

    private static String version(String layer, int i) {
        return dataset.get("samples").get("versions").get(layer).get(i).asString();
    }

    private static String map(int i, String layer) {
        return DATASET + "/samples/" + dataset.get("samples").get("ids").get(i).asString() + "/maps/" + layer;
    }

    private static float[] vector(float[] values, int row, int column) {
        int at = 3 * (row * WIDTH + column);
        return Arrays.copyOfRange(values, at, at + 3);
    }
}
