package fathom.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fathom.datasets.files.MapFiles;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.StoredPrediction;
import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PredictionsTest {
    @TempDir
    Path folder;
    private Datasets datasets;
    private Dataset dataset;

    @BeforeEach
    void prepare() {
        datasets = Datasets.at(folder.resolve("home"));
        dataset = TestDatasets.create(datasets, "d", folder, 5);
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    private void reopen() {
        dataset.close();
        dataset = datasets.open("d");
    }

    private Sample sample(int i) {
        return dataset.samples().get(i);
    }

    private List<Path> maps() {
        try (Stream<Path> files = Files.walk(dataset.folder())) {
            return files.filter(file -> file.toString().contains(".npy")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void predictionComesBackWithEverythingThatDescribesIt() {
        Plane values = Plane.wrap(new float[]{1, 2, 3, 4, 5, 6}, 2, 3);
        Plane uncertainty = Plane.wrap(new float[]{9, 8}, 1, 2);
        AuxiliaryMap normals = new AuxiliaryMap("normal", AuxiliaryMap.Kind.NORMAL, "",
                List.of(row(1, 2), row(3, 4), row(5, 6)));
        sample(0).setPrediction("dpt",
                new PredictionDraft(new Prediction(DepthKind.AFFINE_INVERSE, values), "torch-bicubic",
                        TestDatasets.PROVENANCE, List.of(map("uncertainty", uncertainty), normals),
                        Map.of("seconds", 1.5)));
        reopen();
        StoredPrediction stored = sample(0).prediction("dpt");
        assertThat(stored.prediction().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
        assertThat(stored.prediction().values().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(stored.prediction().values().height()).isEqualTo(2);
        assertThat(stored.field().resampling()).isEqualTo("torch-bicubic");
        assertThat(stored.field().provenance()).isEqualTo(TestDatasets.PROVENANCE);
        assertThat(stored.maps()).extracting(AuxiliaryMap::name).containsExactly("normal", "uncertainty");
        AuxiliaryMap read = stored.map("uncertainty").orElseThrow();
        assertThat(read.plane().toArray()).containsExactly(9, 8);
        assertThat(read.kind()).isEqualTo(AuxiliaryMap.Kind.UNCERTAINTY);
        assertThat(read.unit()).isEqualTo("m");
        assertThat(stored.map("normal").orElseThrow().planes()).extracting(plane -> plane.get(0, 1)).containsExactly(2f,
                4f, 6f);
        assertThat(sample(0).number("dpt.seconds")).hasValue(1.5);
        assertThat(dataset.provenances("dpt")).containsExactly(Map.entry(TestDatasets.PROVENANCE, 1));
        assertThat(sample(1).hasPrediction("dpt")).isFalse();
    }

    @Test
    void mapIsAnNpyFileOfLittleEndianFloats() throws IOException {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 2, 3));
        Field.PredictionField field = sample(0).prediction("dpt").field();
        byte[] bytes = Files.readAllBytes(dataset.folder().resolve(field.path()));
        assertThat(new String(bytes, 1, 5, StandardCharsets.ISO_8859_1)).isEqualTo("NUMPY");
        assertThat(new String(bytes, 10, 118, StandardCharsets.ISO_8859_1)).contains("'descr': '<f4'")
                .contains("'fortran_order': False").contains("'shape': (2, 3)");
        assertThat(bytes).hasSize(128 + 6 * 4);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(128)).isEqualTo(0.5f);
    }

    @Test
    void newPredictionReplacesTheOldOneAndItsNumbers() {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 2, 3));
        TestDatasets.score(sample(0), dataset.beginEvaluation("dpt", "article", "gt", TestDatasets.definition("")),
                3.0);
        dataset.save();
        Path old = maps().getFirst();
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 4, 5));
        assertThat(old).as("kept until the change is saved").exists();
        dataset.save();
        assertThat(old).doesNotExist();
        assertThat(maps()).hasSize(1);
        assertThat(sample(0).prediction("dpt").prediction().values().width()).isEqualTo(5);
        assertThat(sample(0).numbers()).isEmpty();
    }

    @Test
    void failuresAreListedUntilTheSampleSucceeds() {
        dataset.recordFailure(sample(1), "dpt", "no picture");
        dataset.recordFailure(sample(1), "dpt", "still no picture");
        sample(2).setPrediction("dpt", TestDatasets.prediction(sample(2), 1, 1));
        reopen();
        assertThat(dataset.failures("dpt")).singleElement().satisfies(failure -> {
            assertThat(failure.sampleName()).isEqualTo("s001");
            assertThat(failure.reason()).isEqualTo("still no picture");
        });
        assertThat(dataset.field("dpt")).isEqualTo(new FieldSummary("dpt", FieldType.PREDICTION, 1, 1, 3));
        assertThat(dataset.samplesIn("dpt", FieldState.PENDING, FieldState.FAILED)).extracting(Sample::name)
                .containsExactly("s000", "s001", "s003", "s004");
        sample(1).setPrediction("dpt", TestDatasets.prediction(sample(1), 1, 1));
        assertThat(dataset.failures()).isEmpty();
        assertThat(dataset.field("dpt").done()).isEqualTo(2);
        assertThat(dataset.field("other")).isEqualTo(new FieldSummary("other", FieldType.PREDICTION, 0, 0, 5));
    }

    @Test
    void deletedFieldLeavesNothingBehind() {
        for (Sample sample : dataset) {
            sample.setPrediction("dpt", TestDatasets.prediction(sample, 1, 1));
            sample.setPrediction("other", TestDatasets.prediction(sample, 1, 1));
        }
        sample(0).setNumber("dpt.article.rmse", 1);
        dataset.recordFailure(sample(3), "dpt", "x");
        dataset.deletePredictions("dpt");
        assertThat(dataset.fields()).extracting(FieldSummary::name).containsExactly("rgb", "other");
        assertThat(dataset.numberSummaries()).isEmpty();
        assertThat(dataset.failures()).isEmpty();
        assertThat(maps()).hasSize(5).allMatch(file -> file.getParent().endsWith("other"));
        assertThatThrownBy(() -> dataset.deletePredictions("dpt")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no field dpt");
    }

    @Test
    void loopSavesAtItsEndAndReportsProgress() {
        List<String> steps = new ArrayList<>();
        for (Sample sample : dataset.iterate((done, total) -> steps.add(done + "/" + total))) {
            sample.setPrediction("dpt", TestDatasets.prediction(sample, 1, 1));
        }
        assertThat(steps).containsExactly("0/5", "1/5", "2/5", "3/5", "4/5", "5/5");
        try (Dataset reader = datasets.openReadOnly("d")) {
            assertThat(reader.field("dpt").done()).isEqualTo(5);
        }
    }

    @Test
    void readerSeesCommittedDataOnly() {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 1, 1));
        try (Dataset reader = datasets.openReadOnly("d")) {
            assertThat(reader.field("dpt").done()).isZero();
            dataset.save();
            assertThat(reader.field("dpt").done()).isEqualTo(1);
            assertThatThrownBy(() -> reader.recordFailure(reader.samples().getFirst(), "dpt", "x"))
                    .isInstanceOfSatisfying(DatasetException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.READ_ONLY));
            assertThatThrownBy(() -> reader.samples().getFirst().setPrediction("dpt",
                    TestDatasets.prediction(reader.samples().getFirst(), 1, 1))).isInstanceOf(DatasetException.class);
        }
        assertThat(maps()).hasSize(1);
    }

    @Test
    void sampleLoadedBeforeAReplacementReadsTheNewMap() {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 2, 2));
        dataset.save();
        try (Dataset reader = datasets.openReadOnly("d")) {
            Sample early = reader.samples().getFirst();
            sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 3, 3));
            dataset.save();
            assertThat(early.prediction("dpt").prediction().values().width()).isEqualTo(3);
            dataset.deletePredictions("dpt");
            assertThatThrownBy(() -> early.prediction("dpt")).isInstanceOf(DatasetException.class);
        }
    }

    @Test
    void fieldsMayNotCollide() {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 1, 1));
        assertThatThrownBy(() -> sample(0).setPrediction("DPT", TestDatasets.prediction(sample(0), 1, 1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("only in case");
        for (String name : List.of("rgb", "../x", "a.b", "", "a/b", "nul")) {
            assertThatThrownBy(() -> sample(0).setPrediction(name, TestDatasets.prediction(sample(0), 1, 1))).as(name)
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("field name");
        }
        assertThat(maps()).hasSize(1);
        assertThatThrownBy(() -> sample(0).prediction("dtp")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean dpt?");
        assertThatThrownBy(() -> sample(0).measured("gt")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedOrMissingMapSaysSo() throws IOException {
        sample(0).setPrediction("dpt", TestDatasets.prediction(sample(0), 3, 4));
        Path map = maps().getFirst();
        byte[] whole = Files.readAllBytes(map);
        for (int length = 0; length < whole.length; length++) {
            Files.write(map, java.util.Arrays.copyOf(whole, length));
            Sample sample = sample(0);
            assertThatThrownBy(() -> sample.prediction("dpt")).isInstanceOfSatisfying(DatasetException.class,
                    e -> assertThat(e.problem()).isEqualTo(Problem.MEDIA));
        }
        Files.delete(map);
        assertThatThrownBy(() -> sample(0).prediction("dpt")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("make the prediction again");
    }

    @Test
    void samplesKnowOnlyMediaInsideTheRoot() {
        assertThatThrownBy(() -> sample(0).image())
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MEDIA))
                .hasMessageContaining("relocate");
    }

    @Test
    void manyThreadsMayStoreAtOnce() throws Exception {
        List<Sample> samples = dataset.samples();
        List<Thread> threads = new ArrayList<>();
        List<Throwable> problems = java.util.Collections.synchronizedList(new ArrayList<>());
        for (Sample sample : samples) {
            threads.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, e) -> problems.add(e)).start(() -> {
                for (int i = 0; i < 20; i++) {
                    sample.setPrediction("dpt", TestDatasets.prediction(sample, 2, 2));
                    sample.setNumber("dpt.rmse", i);
                    dataset.mean("dpt.rmse");
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(problems).isEmpty();
        reopen();
        assertThat(dataset.values("dpt.rmse")).containsOnly(19);
        assertThat(maps()).hasSize(5);
        assertThat(dataset.samples()).allMatch(sample -> TestDatasets.isWhole(sample, sample.prediction("dpt")));
    }

    @Test
    void kindOfEveryPredictionIsKept() {
        for (DepthKind kind : DepthKind.values()) {
            sample(0).setPrediction("dpt", new Prediction(kind, Plane.allocate(1, 1)), "nearest", Provenance.of("m"));
            assertThat(sample(0).prediction("dpt").prediction().kind()).isEqualTo(kind);
        }
    }

    @Test
    void auxiliaryMapsAreNamedAndReadOneByOne() throws Exception {
        try (Dataset dataset = TestDatasets.create(datasets, "further", folder, 3)) {
            store(dataset.samples().get(0), map("uncertainty", row(9, 8)),
                    AuxiliaryMap.of("mask", AuxiliaryMap.Kind.MASK, "", row(1, 0)));
            store(dataset.samples().get(2));
            Sample first = dataset.samples().get(0);

            assertThat(dataset.auxiliaryMaps("p")).containsOnlyKeys(first.id());
            assertThat(first.auxiliaryMaps("p")).containsExactly(
                    new AuxiliaryMapField("mask", AuxiliaryMap.Kind.MASK, ""),
                    new AuxiliaryMapField("uncertainty", AuxiliaryMap.Kind.UNCERTAINTY, "m"));
            assertThat(dataset.samples().get(1).auxiliaryMaps("p")).isEmpty();
            assertThat(first.auxiliaryMap("p", "mask").plane().toArray()).containsExactly(1, 0);
            assertThatThrownBy(() -> first.auxiliaryMap("p", "uncertain")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("did you mean uncertainty");
            assertThatThrownBy(() -> dataset.samples().get(2).auxiliaryMap("p", "mask"))
                    .hasMessageContaining("it has depth alone");
            assertThatThrownBy(() -> first.auxiliaryMap("q", "mask")).hasMessageContaining("no prediction q");
        }
    }

    @Test
    void depthIsReadWithoutItsAuxiliaryMaps() throws Exception {
        try (Dataset dataset = TestDatasets.create(datasets, "further", folder, 1)) {
            Sample sample = dataset.samples().getFirst();
            store(sample, map("uncertainty", row(9, 8)));
            try (var files = Files.walk(dataset.folder().resolve(MapFiles.FOLDER))) {
                Files.write(
                        files.filter(file -> file.toString().endsWith(".uncertainty.npy")).findFirst().orElseThrow(),
                        new byte[]{1, 2, 3});
            }

            assertThat(sample.predictedDepth("p").values().toArray()).containsExactly(1, 2);
            assertThatThrownBy(() -> sample.auxiliaryMap("p", "uncertainty")).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("sample s000, p.uncertainty: ")
                    .hasMessageContaining("make the prediction again");
        }
    }

    private static AuxiliaryMap map(String name, Plane plane) {
        return AuxiliaryMap.of(name, AuxiliaryMap.Kind.UNCERTAINTY, "m", plane);
    }

    private static void store(Sample sample, AuxiliaryMap... maps) {
        sample.setPrediction("p", new PredictionDraft(new Prediction(DepthKind.METRIC, row(1, 2)), "torch-bicubic",
                TestDatasets.PROVENANCE, List.of(maps), Map.of()));
    }

    private static Plane row(float left, float right) {
        return Plane.wrap(new float[]{left, right}, 1, 2);
    }
}
