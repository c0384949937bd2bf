package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import fathom.datasets.files.WriterLock;
import fathom.datasets.sqlite.FirstSchema;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.sqlite.Store;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.StoredPrediction;
import fathom.raster.AuxiliaryMap;
import fathom.raster.AuxiliaryMap.Kind;
import fathom.raster.Plane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A dataset written by commit 45436cd. The README in its folder describes how it was made. */
final class FirstSchemaTest {
    private static final Path FIXTURE = Path.of("src/test/resources/schema1");
    private static final String NAME = "schema1";

    @TempDir
    private Path folder;
    private Datasets datasets;

    @BeforeEach
    void copy() throws IOException {
        copy(FIXTURE.resolve("home"), folder.resolve("home"));
        datasets = Datasets.at(folder.resolve("home"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private Path index() {
        return folder.resolve("home/datasets").resolve(NAME).resolve(IndexFile.NAME);
    }

    private static int version(Path index) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (var connection = config.createConnection("jdbc:sqlite:" + index);
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    /** Returns everything that can be read from a dataset, as text. */
    private static String contents(Dataset dataset) {
        StringBuilder text = new StringBuilder();
        for (FieldSummary field : dataset.fields()) {
            text.append(field).append('\n').append(dataset.auxiliaryMaps(field.name()).size()).append('\n');
        }
        text.append(dataset.failures()).append('\n').append(dataset.evaluations()).append('\n')
                .append(dataset.numberSummaries()).append('\n');
        for (Sample sample : dataset.samples()) {
            text.append(sample).append(sample.numbers()).append('\n');
            for (Field field : sample.fields()) {
                text.append(field).append('\n');
                if (field instanceof Field.PredictionField prediction) {
                    StoredPrediction stored = sample.prediction(prediction.name());
                    text.append(stored.prediction().values().toArray()[7]).append('\n');
                    for (AuxiliaryMap map : stored.maps()) {
                        text.append(map.name()).append(map.kind()).append(map.unit());
                        map.planes().forEach(plane -> text.append(' ').append(plane.toArray()[7]));
                    }
                }
            }
        }
        return text.toString();
    }

    private String read() {
        try (Dataset dataset = datasets.openReadOnly(NAME)) {
            return contents(dataset);
        }
    }

    private String convert() {
        try (Dataset dataset = datasets.open(NAME)) {
            return contents(dataset);
        }
    }

    @Test
    void readingDoesNotChangeTheIndexAndShowsTheSameData() throws Exception {
        byte[] before = Files.readAllBytes(index());
        assertThat(version(index())).isEqualTo(FirstSchema.VERSION);
        String read = read();

        assertThat(Files.readAllBytes(index())).isEqualTo(before);
        assertThat(version(index())).isEqualTo(FirstSchema.VERSION);
        assertThat(convert()).isEqualTo(read);
        assertThat(version(index())).isEqualTo(Schema.VERSION);
        assertThat(read()).isEqualTo(read);
        assertThat(convert()).isEqualTo(read);
    }

    @Test
    void numbersAndTheirProtocolsAreKept() {
        try (Dataset dataset = datasets.open(NAME)) {
            assertThat(dataset.field("fastdepth").done()).isEqualTo(1);
            assertThat(dataset.field("fastdepth").failed()).isEqualTo(2);
            assertThat(dataset.field("floor").done()).isEqualTo(3);
            assertThat(dataset.mean("fastdepth.article.rmse")).isEqualTo(55.85658719733362);
            assertThat(dataset.mean("fastdepth.article-aligned.rmse")).isEqualTo(159.81889041618436);
            assertThat(dataset.count("moge.article-fixed.rmse")).isEqualTo(3);
            assertThat(dataset.count("fastdepth.seconds")).isEqualTo(1);
            assertThat(dataset.evaluations()).hasSize(3).allSatisfy(evaluation -> {
                assertThat(evaluation.definition()).startsWith("{").contains("\"" + evaluation.protocol() + "\"");
                assertThat(evaluation.hash()).hasSize(64);
            });
        }
    }

    @Test
    void wordsOfSchema1AreKeptAsLegacy() {
        try (Dataset dataset = datasets.openReadOnly(NAME)) {
            Provenance made = dataset.provenances("fastdepth").firstEntry().getKey();
            assertThat(made.model()).isEqualTo("fastdepth");
            assertThat(made.weightsHash()).hasSize(64);
            assertThat(made.settings().isEmpty()).isTrue();
            assertThat(made.preprocessing().isEmpty()).isTrue();
            assertThat(made.legacy()).startsWith("resized to 224×224");
            assertThat(made.program()).startsWith("fathom ");
        }
    }

    @Test
    void mapsGetTheirKindsOnce() {
        try (Dataset dataset = datasets.open(NAME)) {
            Sample sample = dataset.samples().getFirst();
            assertThat(sample.auxiliaryMaps("moge")).containsExactly(new AuxiliaryMapField("mask", Kind.MASK, ""),
                    new AuxiliaryMapField("normal", Kind.NORMAL, ""),
                    new AuxiliaryMapField("points", Kind.POINTS, "m"));
            assertThat(sample.auxiliaryMaps("marigold"))
                    .containsExactly(new AuxiliaryMapField("uncertainty", Kind.UNCERTAINTY, ""));
            StoredPrediction moge = sample.prediction("moge");
            AuxiliaryMap points = moge.map("points").orElseThrow();
            assertThat(points.planes().get(2).toArray()).as("z of the points is depth")
                    .isEqualTo(moge.prediction().values().toArray());
            AuxiliaryMap normal = moge.map("normal").orElseThrow();
            float[] mask = moge.map("mask").orElseThrow().plane().toArray();
            for (int i = 0; i < mask.length; i++) {
                double square = 0;
                for (Plane axis : normal.planes()) {
                    square += Math.pow(axis.toArray()[i], 2);
                }
                assertThat(square).as("a unit vector where there is depth").isCloseTo(mask[i], within(1e-5));
            }
            assertThat(sample.auxiliaryPlanes("moge", "points", List.of(2)).getFirst().toArray())
                    .isEqualTo(points.planes().get(2).toArray());
        }
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + index());
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void theVersionOfARemoteServiceBecomesAField() throws Exception {
        String version = "0123456789abcdef".repeat(4);
        sql("UPDATE provenance SET model = 'replicate:owner/depth', preprocessing = 'version " + version
                + ", sent losslessly as PNG; output[0]' WHERE model = 'floor'",
                "UPDATE provenance SET model = 'replicate:owner/other', preprocessing = 'newest version, sent losslessly "
                        + "as PNG; output[0]' WHERE model = 'fastdepth'");
        try (Dataset dataset = datasets.open(NAME)) {
            Provenance known = dataset.provenances("floor").firstEntry().getKey();
            assertThat(known.service()).isEqualTo(version);
            assertThat(known.legacy()).startsWith("version 0123");
            assertThat(dataset.provenances("fastdepth").firstEntry().getKey().service()).isEmpty();
            assertThat(dataset.provenances("moge").firstEntry().getKey().service()).isEmpty();
        }
    }

    @Test
    void numbersOfAnUnknownDefinitionAreDeletedByTheNextEvaluation() throws Exception {
        sql("UPDATE evaluation SET definition = definition || '.' WHERE protocol = 'article'");
        try (Dataset dataset = datasets.open(NAME)) {
            assertThat(dataset.evaluations()).filteredOn(each -> each.protocol().equals("article")).singleElement()
                    .satisfies(each -> {
                        assertThat(each.definition()).isEmpty();
                        assertThat(each.hash()).isEmpty();
                    });
            assertThat(dataset.mean("fastdepth.article.rmse")).isEqualTo(55.85658719733362);
            dataset.beginEvaluation("fastdepth", "article", "gt", TestDatasets.definition("article"));
            assertThatThrownBy(() -> dataset.mean("fastdepth.article.rmse")).hasMessageContaining("rmse");
        }
    }

    @Test
    void incompleteVectorsStaySeparateMaps() throws Exception {
        sql("DELETE FROM extra_map WHERE name = 'normal_y'", "UPDATE extra_map SET name = 'haze' WHERE name = 'mask'");
        for (String text : List.of(read(), convert())) {
            assertThat(text).contains("hazeSCALAR", "normal_xSCALAR", "normal_zSCALAR", "pointsPOINTSm");
        }
    }

    /** Returns the files that a process leaves if it is killed after each statement. */
    @Test
    void aConversionThatIsKilledLeavesSchema1WholeUntilItIsSaved() throws Exception {
        String expected = read();
        Path dataset = folder.resolve("home/datasets").resolve(NAME);
        List<Path> copies = new ArrayList<>();
        try (WriterLock _ = WriterLock.acquire(NAME, dataset, Duration.ZERO); Store store = raw(index())) {
            store.execute("PRAGMA foreign_keys = OFF");
            store.execute("BEGIN IMMEDIATE");
            for (String statement : FirstSchema.conversion()) {
                store.execute(statement);
                // With a tiny cache, pages are written to the log at once, as for a large index.
                copies.add(snapshot(dataset, copies.size()));
            }
            store.execute("COMMIT");
        }
        for (Path home : copies) {
            assertThat(version(home.resolve("datasets/schema1/index.sqlite"))).isEqualTo(FirstSchema.VERSION);
            try (Dataset again = Datasets.at(home).open(NAME)) {
                assertThat(contents(again)).isEqualTo(expected);
            }
            assertThat(version(home.resolve("datasets/schema1/index.sqlite"))).isEqualTo(Schema.VERSION);
        }
        assertThat(version(index())).isEqualTo(Schema.VERSION);
        assertThat(read()).isEqualTo(expected);
    }

    private static Store raw(Path index) throws SQLException {
        Store store = new Store(NAME, index, new SQLiteConfig().createConnection("jdbc:sqlite:" + index), true);
        store.execute("PRAGMA cache_size = 1");
        store.execute("PRAGMA cache_spill = 1");
        return store;
    }

    private Path snapshot(Path dataset, int number) throws IOException {
        Path home = folder.resolve("killed-" + number);
        copy(dataset, home.resolve("datasets").resolve(NAME));
        Files.deleteIfExists(home.resolve("datasets").resolve(NAME).resolve(IndexFile.NAME + "-shm"));
        return home;
    }

    @Test
    void failedConversionIsRolledBack() throws Exception {
        String expected = read();
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + index());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE auxiliary_map (x)");
        }
        assertThatThrownBy(() -> datasets.open(NAME)).isInstanceOf(DatasetException.class);
        assertThat(version(index())).isEqualTo(FirstSchema.VERSION);
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + index());
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE auxiliary_map");
        }
        assertThat(convert()).isEqualTo(expected);
    }

    @Test
    void aFolderThatCannotBeWrittenToIsReadAndRefusedForWriting() throws Exception {
        String expected = read();
        Path dataset = folder.resolve("home/datasets").resolve(NAME);
        List<Path> files;
        try (Stream<Path> walked = Files.walk(dataset)) {
            files = walked.toList();
        }
        for (Path file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            assumeTrue(!Files.isWritable(dataset), "SKIPPED: this user may write to read-only folders");
            assertThat(read()).isEqualTo(expected);
            assertThatThrownBy(() -> datasets.open(NAME)).isInstanceOfSatisfying(DatasetException.class,
                    e -> assertThat(e.problem()).isIn(Problem.READ_ONLY, Problem.INPUT_OUTPUT));
        } finally {
            for (Path file : files) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        assertThat(version(index())).isEqualTo(FirstSchema.VERSION);
    }

    @Test
    void aReaderNoticesThatAnotherProcessConverted() {
        try (Dataset reader = datasets.openReadOnly(NAME)) {
            assertThat(reader.isCurrent()).isTrue();
            convert();
            assertThat(reader.isCurrent()).isFalse();
        }
    }

    @Test
    void aConvertedIndexHasTheTablesOfANewOne() throws Exception {
        convert();
        TestDatasets.create(datasets, "fresh", folder, 1).close();

        assertThat(tables(index())).isEqualTo(tables(folder.resolve("home/datasets/fresh").resolve(IndexFile.NAME)));
    }

    private static Map<String, List<String>> tables(Path index) throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (var connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + index);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT m.name, c.cid, c.name, c.type, c.\"notnull\", c.pk"
                        + " FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                        + " ORDER BY m.name, c.cid")) {
            while (row.next()) {
                tables.computeIfAbsent(row.getString(1), name -> new ArrayList<>()).add(row.getString(2) + " "
                        + row.getString(3) + " " + row.getString(4) + " " + row.getInt(5) + " " + row.getInt(6));
            }
        }
        return tables;
    }
}
