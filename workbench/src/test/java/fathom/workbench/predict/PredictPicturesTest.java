package fathom.workbench.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.formats.images.ReadOptions;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Progress;
import fathom.workbench.alignment.AlignToKnownDepth;
import fathom.workbench.alignment.KnownPoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class PredictPicturesTest {
    private static final int HEIGHT = 8;
    private static final int WIDTH = 12;

    @TempDir
    Path folder;

    private Path picture;

    @BeforeEach
    void makePicture() throws IOException {
        picture = folder.resolve("room.png");
        Png.writeRgb(picture, RgbImage.allocate(HEIGHT, WIDTH));
    }

    /** Returns the fake model with an uncertainty of 0.5 and {@code numbers}. */
    private static DepthEstimator estimator(Map<String, Double> numbers) {
        FakeEstimator fake = new FakeEstimator();
        return new DepthEstimator() {
            @Override
            public ModelDescription description() {
                return fake.description();
            }

            @Override
            public PreparedInput prepare(RgbImage image) {
                return fake.prepare(image);
            }

            @Override
            public Estimate run(PreparedInput input) {
                float[] half = {0.5f, 0.5f, 0.5f, 0.5f};
                return new Estimate(fake.run(input).prediction(), List
                        .of(AuxiliaryMap.of("uncertainty", AuxiliaryMap.Kind.UNCERTAINTY, "m", Plane.wrap(half, 2, 2))),
                        numbers);
            }

            @Override
            public void close() {}
        };
    }

    private PredictPictures.Result.Written written(OutputFormat format, boolean nativeSize, boolean maps,
            CloudCamera camera, Map<String, Double> numbers) throws Exception {
        List<PredictPictures.Result> results = PredictPictures.run(List.of(picture), estimator(numbers),
                new PredictPictures.Options(folder.resolve("out"), format, nativeSize, maps, camera,
                        ReadOptions.DEFAULT, Optional.empty()),
                Parallelism.NONE, Progress.silent(), new Cancellation());
        return (PredictPictures.Result.Written) results.getFirst();
    }

    @Test
    void auxiliaryMapsAreWrittenAtThePicturesSize() throws Exception {
        PredictPictures.Result.Written result = written(OutputFormat.NPY, false, true, new CloudCamera.Predicted(),
                Map.of("field_of_view", 60.0));
        Path file = folder.resolve("out").resolve("room.uncertainty.npy");
        assertThat(result.maps()).containsExactly(Map.entry("uncertainty", file));
        assertThat(result.numbers()).containsExactly(Map.entry("field_of_view", 60.0));
        Plane map = Npy.readPlane(file);
        assertThat(new int[]{map.height(), map.width()}).containsExactly(HEIGHT, WIDTH);
        assertThat(map.get(3, 5)).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void auxiliaryMapsKeepTheModelsSizeIfDepthDoes() throws Exception {
        written(OutputFormat.NPY, true, true, new CloudCamera.Predicted(), Map.of());
        assertThat(Npy.readPlane(folder.resolve("out/room.uncertainty.npy")).size()).isEqualTo(4);
    }

    @Test
    void auxiliaryMapsAreOptional() throws Exception {
        assertThat(written(OutputFormat.NPY, false, false, new CloudCamera.Predicted(), Map.of()).maps()).isEmpty();
        assertThat(folder.resolve("out/room.uncertainty.npy")).doesNotExist();
    }

    @Test
    void pointCloudTakesTheFieldOfViewThatTheModelGives() throws Exception {
        Path predicted = written(OutputFormat.PLY, false, false, new CloudCamera.Predicted(),
                Map.of("field_of_view", 50.0)).output();
        byte[] own = Files.readAllBytes(predicted);
        Path stated = written(OutputFormat.PLY, false, false, new CloudCamera.FieldOfView(50), Map.of()).output();
        assertThat(own).isEqualTo(Files.readAllBytes(stated));
    }

    @Test
    void pointCloudWithoutAnyCameraEndsTheRun() {
        assertThatThrownBy(() -> written(OutputFormat.PLY, false, false, new CloudCamera.Predicted(), Map.of()))
                .isInstanceOf(UsageException.class).extracting(HasRemedy::of)
                .isEqualTo(Optional.of(new Remedy.StateCamera()));
    }

    /** Returns a model whose prediction has values from 1 to 2 from left to right, of a scale-invariant kind. */
    private static DepthEstimator ramp(DepthKind kind) {
        return new DepthEstimator() {
            @Override
            public ModelDescription description() {
                return new ModelDescription("ramp", "fake", kind, "torch-bilinear", "as it is", 1, "none", "test",
                        ModelIdentity.NONE);
            }

            @Override
            public PreparedInput prepare(RgbImage image) {
                return new PreparedInput.SizeOnly(image.height(), image.width());
            }

            @Override
            public Estimate run(PreparedInput input) {
                Plane values = Plane.allocate(HEIGHT, WIDTH);
                for (int i = 0; i < values.size(); i++) {
                    values.array()[i] = 1 + (i % WIDTH) / (WIDTH - 1f);
                }
                return Estimate.of(new Prediction(kind, values));
            }

            @Override
            public void close() {}
        };
    }

    private PredictPictures.Result aligned(OutputFormat format, DepthKind kind, String csv) throws Exception {
        Path known = Files.writeString(folder.resolve("known.csv"), csv);
        return PredictPictures.run(List.of(picture), ramp(kind),
                new PredictPictures.Options(folder.resolve("out"), format, false, false, new CloudCamera.Predicted(),
                        ReadOptions.DEFAULT,
                        Optional.of(AlignToKnownDepth.of(known, 1, KnownPoints.Reading.DEFAULT, false))),
                Parallelism.NONE, Progress.silent(), new Cancellation()).getFirst();
    }

    @Test
    void alignedPredictionIsWrittenInMetresWithTheNumbersOfTheAlignment() throws Exception {
        PredictPictures.Result.Written written = (PredictPictures.Result.Written) aligned(OutputFormat.PNG16,
                DepthKind.SCALE_INVARIANT, "row,column,metres\n3,0,2\n5,11,4\n7,0,2\n");
        assertThat(written.range().unit()).isEqualTo("m");
        assertThat(written.range().max()).isEqualTo(4, within(1e-5));
        assertThat(written.note()).contains("known.csv", "3 of 3 points used", "residual", "metres = stored / 1000");
        Map<String, String> entries = Png.readText(written.output());
        assertThat(entries).containsEntry("Depth-Kind", "metric");
        assertThat(entries.get("Depth-Conversion")).contains("\"scale\":2", "\"points\":3");
        String origin = Files.readString(folder.resolve("out/room.conversion.json"));
        assertThat(origin).contains("\"model\":\"ramp\"", "\"conversion\":{", "\"shift\":0", "\"residual\":");
        assertThat(written.conversion().orElseThrow().canonical()).isEqualTo(entries.get("Depth-Conversion"));
    }

    @Test
    void pictureThatCannotBeAlignedFailsWithTheReason() throws Exception {
        assertThat(((PredictPictures.Result.Failed) aligned(OutputFormat.NPY, DepthKind.AFFINE,
                "row,column,metres\n3,0,2\n")).reason()).contains("at least two points");
        assertThat(((PredictPictures.Result.Failed) aligned(OutputFormat.NPY, DepthKind.AFFINE,
                "row,column,metres\n3,0,2\n30,0,3\n")).reason()).contains("known.csv", "line 3", "inside the picture");
        assertThat(folder.resolve("out/room.npy")).doesNotExist();
        assertThat(folder.resolve("out/room.conversion.json")).doesNotExist();
    }

    @Test
    void pixelsWithoutDepthAreCounted() throws Exception {
        PredictPictures.Result.Written written = (PredictPictures.Result.Written) aligned(OutputFormat.NPY,
                DepthKind.AFFINE, "row,column,metres\n0,11,5.5\n0,10,4.5\n1,11,5.5\n1,10,4.5\n2,9,3.5\n");
        assertThat(written.note()).contains("48 pixels without depth");
    }
}
