package fathom.workbench.calibrate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.calibration.Correction;
import fathom.formats.FormatException;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.advice.UsageException;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.predict.ApplyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CalibrateDatasetTest {
    private static final int SIDE = 16;
    private static final CalibrateDataset.Options OPTIONS = new CalibrateDataset.Options("kitchen", 4, 7);
    private static final ModelDescription MODEL = new ModelDescription("m", "fake", DepthKind.METRIC, "torch-bilinear",
            "as it is", 1, "none", "test", ModelIdentity.NONE);

    @TempDir
    private Path folder;
    private Datasets datasets;

    /** Creates six samples of a camera whose predictions are too near by a factor of 1.25, and six of another that are right. */
    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        Path picture = folder.resolve("picture.png");
        Png.writeRgb(picture, RgbImage.allocate(SIDE, SIDE));
        Random random = new Random(3);
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            for (int i = 0; i < 12; i++) {
                Plane depth = Plane.allocate(SIDE, SIDE);
                Plane predicted = Plane.allocate(SIDE, SIDE);
                double factor = (i < 6 ? 1.25 : 1) * Math.exp(0.02 * random.nextGaussian());
                for (int at = 0; at < depth.size(); at++) {
                    predicted.array()[at] = 1 + 4 * random.nextFloat();
                    depth.array()[at] = (float) (factor * predicted.array()[at]);
                }
                Path file = folder.resolve("depth" + i + ".npy");
                Npy.write(file, depth);
                SampleDraft draft = SampleDraft.of("s" + i, picture, SIDE, SIDE).withMeasured("gt", file,
                        new DepthEncoding.Metres());
                Sample sample = dataset.add(i < 6
                        ? draft.withIntrinsics(new Intrinsics(20, 20, 7.5, 7.5))
                        : draft.withAttribute("sensor", "kv2"));
                sample.setPrediction("p", new Prediction(DepthKind.METRIC, predicted), "torch-bilinear",
                        ApplyModel.provenance(MODEL));
            }
            dataset.add(SampleDraft.of("without prediction", picture, SIDE, SIDE));
        }
    }

    private static CalibrateDataset.Outcome fit(Dataset dataset, String field) {
        return CalibrateDataset.fit(dataset, field, "gt", OPTIONS, Progress.silent(), new Cancellation());
    }

    private static CalibrateDataset.Applied apply(Dataset dataset, Calibration calibration, String target) {
        return CalibrateDataset.apply(dataset, "p", calibration, target, Progress.silent(), new Cancellation());
    }

    @Test
    void eachCameraGetsTheCorrectionThatHelps() {
        try (Dataset dataset = datasets.open("d")) {
            Calibration calibration = fit(dataset, "p").calibration();
            assertThat(calibration.cameras()).extracting(Calibration.Camera::camera)
                    .containsExactly("16x16 f=20,20 c=8,8", "kv2");
            assertThat(calibration.cameras().getFirst().choice().correction().form()).isEqualTo(Correction.Form.SCALE);
            assertThat(calibration.cameras().getFirst().choice().correction().factor()).isCloseTo(1.25, within(0.03));
            assertThat(calibration.cameras().getLast().choice().isKept()).isFalse();
        }
    }

    @Test
    void correctedPredictionsAreStoredAsMetresWithTheCalibrationInTheirProvenance() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Calibration calibration = fit(dataset, "p").calibration();
            CalibrateDataset.Applied applied = apply(dataset, calibration, "q");
            assertThat(applied.stored()).isEqualTo(12);
            assertThat(applied.skipped()).isEmpty();
            Sample first = dataset.samples().getFirst();
            double ratio = first.predictedDepth("q").values().get(3, 3) / first.predictedDepth("p").values().get(3, 3);
            assertThat(ratio).isCloseTo(calibration.cameras().getFirst().choice().correction().factor(), within(1e-6));
            assertThat(first.predictedDepth("q").kind()).isEqualTo(DepthKind.METRIC);
            assertThat(dataset.provenances("q").keySet())
                    .anySatisfy(provenance -> assertThat(provenance.settings().flat())
                            .containsEntry("calibration.name", "kitchen").containsEntry("calibration.form", "scale"));
            assertThatThrownBy(() -> apply(dataset, calibration, "q")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("choose another name");
        }
    }

    @Test
    void storedCalibrationIsReadEqual() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Calibration calibration = fit(dataset, "p").calibration();
            Path file = CalibrationFiles.write(dataset.folder(), calibration);
            assertThat(file).isEqualTo(dataset.folder().resolve("calibrations/kitchen.json"));
            assertThat(CalibrationFiles.read(dataset.folder(), "kitchen")).isEqualTo(calibration);
            assertThatThrownBy(() -> CalibrationFiles.read(dataset.folder(), "kitchn"))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("did you mean kitchen?");
            assertThatThrownBy(() -> CalibrationFiles.read(dataset.folder(), "../x"))
                    .hasMessageContaining("calibration name");
        }
    }

    @Test
    void damagedCalibrationIsRefusedWithItsFile() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Path file = CalibrationFiles.write(dataset.folder(), fit(dataset, "p").calibration());
            String json = Files.readString(file);
            for (Map.Entry<String, String> damage : Map.of("\"version\":1", "\"version\":2", "\"form\":\"scale\"",
                    "\"form\":\"cubic\"", "\"cameras\":", "\"lenses\":", "\"exponent\":1", "\"exponent\":-1", "{", "[")
                    .entrySet()) {
                Files.writeString(file, json.replaceFirst(java.util.regex.Pattern.quote(damage.getKey()),
                        java.util.regex.Matcher.quoteReplacement(damage.getValue())));
                assertThatThrownBy(() -> CalibrationFiles.read(dataset.folder(), "kitchen")).as(damage.getValue())
                        .isInstanceOf(FormatException.class).hasMessageContaining("kitchen.json");
            }
        }
    }

    @Test
    void picturesOfTheModelAreCorrectedByTheirCamera() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Calibration calibration = fit(dataset, "p").calibration();
            assertThatThrownBy(() -> CalibratedDepth.of(calibration, Optional.empty()))
                    .hasMessageContaining("1 (16x16 f=20,20 c=8,8), 2 (kv2)");
            assertThatThrownBy(() -> CalibratedDepth.of(calibration, Optional.of("3"))).hasMessageContaining("\"3\"");
            Prediction one = new Prediction(DepthKind.METRIC, Plane.wrap(new float[]{1}, 1, 1));
            assertThat(CalibratedDepth.of(calibration, Optional.of("kv2")).fit(Path.of("x"), one, MODEL).applied(one)
                    .values().get(0, 0)).isEqualTo(1);
            assertThat(CalibratedDepth.of(calibration, Optional.of("1")).fit(Path.of("x"), one, MODEL).text())
                    .contains("calibration kitchen of d", "metres = 1.2");
            ModelDescription other = new ModelDescription("other", "fake", DepthKind.METRIC, "torch-bilinear",
                    "as it is", 1, "none", "test", ModelIdentity.NONE);
            assertThatThrownBy(() -> CalibratedDepth.of(calibration, Optional.of("1")).fit(Path.of("x"), one, other))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected predictions of m")
                    .hasMessageContaining("found other");
            Prediction affine = new Prediction(DepthKind.AFFINE, one.values());
            assertThatThrownBy(() -> CalibratedDepth.of(calibration, Optional.of("1")).fit(Path.of("x"), affine, MODEL))
                    .hasMessageContaining("expected predictions of the kind metric");
        }
    }

    @Test
    void fieldsThatACameraDoesNotDetermineAreRefused() {
        try (Dataset dataset = datasets.open("d")) {
            assertThatThrownBy(() -> fit(dataset, "nothing")).isInstanceOf(UsageException.class)
                    .hasMessageContaining("expected predictions, found none");
            Sample sample = dataset.samples().getFirst();
            Plane values = sample.predictedDepth("p").values();
            sample.setPrediction("affine", new Prediction(DepthKind.AFFINE_INVERSE, values), "torch-bilinear",
                    Provenance.of("m"));
            assertThatThrownBy(() -> fit(dataset, "affine")).hasMessageContaining("align each picture to known depths");
            sample.setPrediction("p", new Prediction(DepthKind.METRIC, values), "torch-bilinear",
                    Provenance.of("another"));
            assertThatThrownBy(() -> fit(dataset, "p")).hasMessageContaining("expected predictions of one model");
        }
    }

    @Test
    void samplesWithoutMeasuredDepthAreNamed() {
        try (Dataset dataset = datasets.open("d")) {
            Sample last = dataset.samples().getLast();
            Plane ones = dataset.samples().getFirst().predictedDepth("p").values();
            last.setPrediction("p", new Prediction(DepthKind.METRIC, ones), "torch-bilinear",
                    ApplyModel.provenance(MODEL));
            assertThat(fit(dataset, "p").skipped()).containsExactly(
                    new CalibrateDataset.Skipped("without prediction", "expected measured depth gt, found none"));
            assertThatThrownBy(
                    () -> CalibrateDataset.fit(dataset, "p", "no", OPTIONS, Progress.silent(), new Cancellation()))
                    .hasMessageContaining("expected samples with measured depth no");
        }
    }
}
