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
import fathom.raster.AuxiliaryMap;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Progress;
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
        List<PredictPictures.Result> results = PredictPictures.run(
                List.of(picture), estimator(numbers), new PredictPictures.Options(folder.resolve("out"), format,
                        nativeSize, maps, camera, ReadOptions.DEFAULT, Optional.empty()),
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
}
