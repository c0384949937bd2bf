package fathom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.SampleDraft;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.predict.ApplyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The commands that convert predictions to metres, by known depths and by calibrations. */
class ConversionCommandsTest {
    private static final int ROOMS = 6;
    private static final int H = 48;
    private static final int W = 64;

    @TempDir
    private Path folder;
    private Path home;
    private Path picture;
    private Plane depth = Plane.allocate(H, W);

    @BeforeEach
    void makeRooms() throws Exception {
        home = folder.resolve("home");
        picture = folder.resolve("room.png");
        Png.writeRgb(picture, RgbImage.allocate(H, W));
        ModelDescription model = new ModelDescription("near", "fake", DepthKind.METRIC, "torch-bilinear", "as it is", 1,
                "none", "test", ModelIdentity.NONE);
        try (Dataset dataset = Datasets.at(home).create("rooms", DatasetOptions.of(folder))) {
            for (int room = 0; room < ROOMS; room++) {
                Plane metres = Plane.allocate(H, W);
                Plane near = Plane.allocate(H, W);
                for (int i = 0; i < metres.size(); i++) {
                    // The floor of a room: the lower a row, the nearer.
                    metres.array()[i] = 60f / (12 + room + i / W);
                    near.array()[i] = 0.8f * metres.array()[i];
                }
                Path file = folder.resolve("depth" + room + ".npy");
                Npy.write(file, metres);
                Sample sample = dataset.add(SampleDraft.of("room " + room, picture, H, W).withMeasured("gt", file,
                        new DepthEncoding.Metres()));
                sample.setPrediction("near", new Prediction(DepthKind.METRIC, near), "torch-bilinear",
                        ApplyModel.provenance(model));
                depth = metres;
            }
        }
    }

    private CommandLineRun run(String... words) {
        return new CommandLineRun(home).run(words);
    }

    private static JsonNode json(CommandLineRun run) {
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void predictionsAreAlignedToASparseMap() throws Exception {
        Plane sparse = Plane.allocate(depth.height(), depth.width());
        for (int i = 0; i < sparse.size(); i += 7) {
            sparse.array()[i] = depth.array()[i];
        }
        Path known = folder.resolve("sparse.npy");
        Npy.write(known, sparse);
        CommandLineRun run = run("predict", picture.toString(), "--model", "floor", "--out",
                folder.resolve("out").toString(), "--format", "png16", "--align-to", known.toString(), "--json");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        JsonNode result = json(run).get(0);
        assertThat(result.get("conversion").get("known").asString()).isEqualTo(known.toString());
        assertThat(result.get("conversion").get("points").asInt()).isPositive();
        assertThat(result.get("range").get("unit").asString()).isEqualTo("m");
        assertThat(Png.readText(folder.resolve("out/room.png"))).containsEntry("Depth-Kind", "metric");
    }

    @Test
    void wrongLineOfKnownPointsEndsTheCommandBeforeTheModelIsLoaded() throws Exception {
        Path known = Files.writeString(folder.resolve("known.csv"), "row,column,metres\n1,2\n");
        CommandLineRun run = run("predict", picture.toString(), "--model", "no-such-model", "--align-to",
                known.toString());
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("known.csv: line 2: expected three numbers");
    }

    @Test
    void contradictoryOptionsAreRefused() {
        for (Map.Entry<String[], String> wrong : Map
                .of(new String[]{"predict", picture.toString(), "--rescale-metric"}, "expected --align-to",
                        new String[]{"predict", picture.toString(), "--camera", "1"}, "expected --depth-calibration",
                        new String[]{"predict", picture.toString(), "--depth-calibration", "x"}, "NAME@DATASET",
                        new String[]{"predict", picture.toString(), "--align-to", "a", "--depth-calibration", "a@b"},
                        "found both", new String[]{"calibrate", "rooms", "--prediction", "near", "--use", "a@b"},
                        "expected --apply-to")
                .entrySet()) {
            CommandLineRun run = run(wrong.getKey());
            assertThat(run.code()).as(String.join(" ", wrong.getKey())).isEqualTo(2);
            assertThat(run.err()).contains(wrong.getValue());
        }
    }

    @Test
    void calibrationIsFittedStoredAndAppliedByName() throws Exception {
        CommandLineRun fitted = run("calibrate", "rooms", "--prediction", "near", "--name", "k", "--json");
        assertThat(fitted.code()).as(fitted.err()).isZero();
        JsonNode listing = json(fitted);
        JsonNode camera = listing.get("calibration").get("cameras").get(0);
        assertThat(camera.get("choice").get("correction").get("factor").asDouble()).isCloseTo(1.25, within(1e-3));
        assertThat(camera.get("choice").get("reason").asString()).startsWith("kept: AbsRel on held-out samples");
        assertThat(Path.of(listing.get("file").asString())).exists();

        CommandLineRun applied = run("calibrate", "rooms", "--prediction", "near", "--use", "k@rooms", "--apply-to",
                "right");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("k@rooms", "right: " + ROOMS + " corrected predictions", "1.25");
        try (Dataset dataset = Datasets.at(home).openReadOnly("rooms")) {
            Sample sample = dataset.samples().getFirst();
            assertThat(sample.predictedDepth("right").values().get(40, 30))
                    .isCloseTo(sample.measured("gt").metres().get(40, 30), within(1e-3f));
        }
        CommandLineRun again = run("calibrate", "rooms", "--prediction", "near", "--use", "k@rooms", "--apply-to",
                "right");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("choose another name");
        CommandLineRun unknown = run("calibrate", "rooms", "--prediction", "near", "--use", "kk@rooms", "--apply-to",
                "other");
        assertThat(unknown.err()).contains("did you mean k?");
    }

    @Test
    void picturesOfAnotherModelAreNotCorrected() {
        assertThat(run("calibrate", "rooms", "--prediction", "near", "--name", "k").code()).isZero();
        CommandLineRun run = run("predict", picture.toString(), "--model", "floor", "--out",
                folder.resolve("out").toString(), "--depth-calibration", "k@rooms");
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("calibration k: expected predictions of");
    }
}
