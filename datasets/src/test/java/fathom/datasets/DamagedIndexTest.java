package fathom.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.files.DatasetFolders;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.SampleDraft;
import fathom.raster.AuxiliaryMap;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Changed indexes: each is read or refused with a clear message, can be deleted, and never hides another dataset. */
class DamagedIndexTest {
    private static final int MUTANTS = Boolean.getBoolean("fathom.soak") ? 1000 : 150;
    private static final Duration MAX_TIME = Duration.ofSeconds(15);
    private static final List<String> VALUES = List.of("NULL", "''", "'abc'", "x''", "x'00fffe'", "0", "1", "-1", "2.5",
            "9e999", "-9e999", "1099511627776", "-9223372036854775808", "'../../../etc/passwd'", "'/etc/passwd'",
            "'a' || char(0) || 'b'", "'a' || char(10) || 'b'", "CAST(x'fffe80c3' AS TEXT)", "zeroblob(40000000)",
            "printf('%.*c', 40000000, 'x')", "printf('%.*c', 100000, 'x')", "'UNKNOWN'", "'NaN'", "'{}'", "'[[[['",
            "'2026-13-45T99:00:00Z'", "9999", "'0'");
    private static final List<String> STRUCTURE = List.of("PRAGMA user_version = -1", "PRAGMA user_version = 0",
            "PRAGMA user_version = 1", "PRAGMA user_version = 77", "PRAGMA application_id = 0", "DELETE FROM fact",
            "DELETE FROM fact WHERE key = 'media_root'", "DELETE FROM sample", "DELETE FROM sample WHERE id = 2",
            "DELETE FROM field", "DELETE FROM provenance", "DELETE FROM evaluation", "DELETE FROM series",
            "DROP TABLE sample", "DROP TABLE number", "DROP TABLE fact", "DROP TABLE auxiliary_map",
            "ALTER TABLE sample RENAME COLUMN width TO breadth", "ALTER TABLE prediction RENAME TO forecast",
            "CREATE VIEW v AS SELECT 1", "CREATE TRIGGER t AFTER INSERT ON failure BEGIN DELETE FROM sample; END",
            "ALTER TABLE field RENAME TO f; CREATE VIEW field AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT "
                    + "i + 1 FROM n) SELECT i AS id, 'p' AS name, 'PREDICTION' AS type FROM n",
            "UPDATE prediction SET sample = sample + 100", "UPDATE measured SET field = 99",
            "UPDATE number SET series = 99", "PRAGMA journal_mode = DELETE");

    @TempDir
    Path folder;
    private Datasets datasets;
    private Path template;

    @BeforeEach
    void makeTemplate() throws IOException {
        datasets = Datasets.at(folder.resolve("home"));
        TestDatasets.create(datasets, "good", folder, 1).close();
        Datasets other = Datasets.at(folder.resolve("template"));
        other.create("d", DatasetOptions.of(folder), DamagedIndexTest::fill).close();
        template = folder.resolve("template/datasets/d");
    }

    private static void fill(Dataset dataset) {
        for (int i = 0; i < 3; i++) {
            Path rgb = dataset.mediaRoot().resolve(i + ".png");
            Sample sample = dataset.add(SampleDraft.of("s%03d".formatted(i), rgb, 4, 6).withTag("kitchen")
                    .withAttribute("sensor", "kv1").withIntrinsics(new Intrinsics(5, 5, 3, 2))
                    .withMeasured("gt", rgb, new DepthEncoding.UnitsPerMetre(1000)));
            PredictionDraft plain = TestDatasets.prediction(sample, 2, 3);
            sample.setPrediction("p",
                    new PredictionDraft(plain.prediction(), "none", plain.provenance(),
                            List.of(AuxiliaryMap.of("doubt", AuxiliaryMap.Kind.UNCERTAINTY, "m", Plane.allocate(2, 3))),
                            Map.of("seconds", 0.5)));
        }
        Evaluation evaluation = dataset.beginEvaluation("p", "article", "gt", TestDatasets.definition("1"));
        dataset.samples().forEach(sample -> TestDatasets.score(sample, evaluation, 1));
        dataset.recordFailure(dataset.samples().getFirst(), "q", "a reason");
    }

    private Path copy() throws IOException {
        Path copy = datasets.home().resolve("datasets/d");
        DatasetFolders.discard(copy);
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(template.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static void sql(Path dataset, String... statements) throws SQLException {
        try (Connection connection = new SQLiteConfig()
                .createConnection("jdbc:sqlite:" + dataset.resolve(IndexFile.NAME));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA ignore_check_constraints = ON");
            for (String statement : statements) {
                run.executeUpdate(statement);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UPDATE sample SET height = 'abc' WHERE id = 2 | table sample, column height, in the row with id 2: expected an integer of at least 1, found the text \"abc\"",
            "UPDATE sample SET width = -3 WHERE id = 1 | table sample, column width, in the row with id 1: expected an integer of at least 1, found -3",
            "UPDATE sample SET fy = 'x' WHERE id = 1 | column fy, in the row with id 1: expected a number, found the text \"x\"",
            "UPDATE sample SET uid = '../../x' WHERE id = 3 | table sample, column uid",
            "UPDATE sample SET name = x'00ff' WHERE id = 3 | column name, in the row with id 3: expected a text, found 2 bytes",
            "UPDATE prediction SET kind = 'vague' WHERE sample = 2 | table prediction, column kind, in the row with sample 2: expected a kind of depth, found the text \"vague\"",
            "UPDATE prediction SET created = 'soon' WHERE sample = 1 | table prediction, column created",
            "UPDATE prediction SET provenance = 9 WHERE sample = 1 | table provenance, column id",
            "UPDATE measured SET encoding = 'braille' | table measured, column encoding",
            "UPDATE measured SET nearest = 9e999 | column farthest, in the row with sample 1: expected a depth above Infinity",
            "UPDATE tag SET sample = 77 WHERE sample = 1 | table tag, column sample: expected the id of a row of the table sample, found 77",
            "UPDATE provenance SET settings = '[]' | table provenance, column settings, in the row with id 1",
            "UPDATE sample SET name = printf('%.*c', 40000000, 'x') WHERE id = 1 | table sample, column name: expected at most 16777216 bytes"})
    void cellIsNamed(String change, String words) throws Exception {
        sql(copy(), change);
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThatThrownBy(dataset::samples).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("dataset d: its index is damaged: ").hasMessageContaining(words)
                    .hasMessageContaining("restore it from a backup");
        }
        requireCleanAnswers();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UPDATE fact SET value = x'01' WHERE key = 'created' | table fact, column value: expected a text, found 1 bytes",
            "UPDATE fact SET value = 'never' WHERE key = 'created' | table fact, column value: expected a time",
            "DELETE FROM fact WHERE key = 'media_root' | expected a row with key media_root",
            "UPDATE field SET name = '../p' WHERE name = 'p' | table field, column name",
            "UPDATE measured SET field = 99 | table measured, column field: expected a row of the table field, found 99",
            "DELETE FROM sample WHERE id > 1 | field gt: expected at most 1 rows",
            "DROP TABLE series | expected a table series",
            "CREATE VIEW v AS SELECT 1 | expected tables only, found a view",
            "ALTER TABLE fact RENAME COLUMN value TO worth | no such column: value"})
    void listingNamesTheDamageAndKeepsTheOthers(String change, String words) throws Exception {
        sql(copy(), change);
        List<DatasetListing> list = datasets.list();
        assertThat(list).hasSize(2);
        assertThat(list.get(0)).isInstanceOfSatisfying(DatasetListing.Unreadable.class,
                unreadable -> assertThat(unreadable.problem()).hasMessageContaining("dataset d: ")
                        .hasMessageContaining(words));
        assertThat(list.get(1)).isInstanceOf(DatasetListing.Ready.class);
        requireCleanAnswers();
    }

    @Test
    void everyMutantGivesACleanAnswer() throws Exception {
        for (int number = 0; number < MUTANTS; number++) {
            Random random = new Random(number);
            String change = change(copy(), random);
            try {
                assertTimeoutPreemptively(MAX_TIME, this::requireCleanAnswers);
            } catch (Throwable e) {
                throw new AssertionError("mutant " + number + ": " + change, e);
            }
        }
    }

    private static String change(Path dataset, Random random) throws IOException, SQLException {
        Path index = dataset.resolve(IndexFile.NAME);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> cell(dataset, random);
            case 3 -> {
                String statement = STRUCTURE.get(random.nextInt(STRUCTURE.size()));
                sql(dataset, statement.split("; (?=CREATE VIEW)"));
                yield statement;
            }
            case 4, 5 -> bytes(index, random);
            case 6 -> bytes(dataset.resolve(IndexFile.NAME + "-wal"), random);
            default -> place(dataset, random);
        };
    }

    private static String cell(Path dataset, Random random) throws SQLException {
        while (true) {
            String[] columns = {"fact.value", "fact.key", "sample.uid", "sample.name", "sample.rgb", "sample.height",
                    "sample.width", "sample.fx", "sample.fy", "sample.cx", "sample.cy", "tag.sample", "tag.place",
                    "tag.tag", "attribute.key", "attribute.value", "field.name", "field.type", "measured.field",
                    "measured.path", "measured.encoding", "measured.nearest", "measured.farthest", "provenance.hash",
                    "provenance.model", "provenance.revision", "provenance.settings", "provenance.preprocessing",
                    "provenance.program", "prediction.field", "prediction.sample", "prediction.path",
                    "prediction.height", "prediction.width", "prediction.kind", "prediction.resampling",
                    "prediction.provenance", "prediction.created", "auxiliary_map.name", "auxiliary_map.plane",
                    "auxiliary_map.path", "auxiliary_map.kind", "auxiliary_map.unit", "failure.reason", "failure.at",
                    "evaluation.field", "evaluation.protocol", "evaluation.truth", "evaluation.definition",
                    "evaluation.hash", "evaluation.begun", "series.evaluation", "series.name", "series.turn",
                    "number.series", "number.value"};
            String[] column = columns[random.nextInt(columns.length)].split("\\.");
            String value = VALUES.get(random.nextInt(VALUES.size()));
            String statement = "UPDATE OR REPLACE " + column[0] + " SET " + column[1] + " = " + value
                    + (random.nextBoolean() && !column[0].equals("fact") ? "" : " WHERE 1 = 1");
            try {
                sql(dataset, statement);
                return statement;
            } catch (SQLException e) {
                // A value that the column itself refuses: take another.
                continue;
            }
        }
    }

    private static String bytes(Path file, Random random) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[4096];
        int changes = 1 + random.nextInt(20);
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9000));
            case 2 -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
            case 3 -> random.nextBytes(bytes);
            case 4 -> {
                for (int i = 0; i < changes; i++) {
                    ByteBuffer.wrap(bytes).putInt(random.nextInt(bytes.length - 4), random.nextInt());
                }
            }
            default -> {
                for (int i = 0; i < changes; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        Files.write(file, bytes);
        return "bytes of " + file.getFileName();
    }

    private static String place(Path dataset, Random random) throws IOException {
        String name = List.of(IndexFile.NAME, IndexFile.NAME + "-wal", IndexFile.NAME + "-shm", "writer.lock", "maps")
                .get(random.nextInt(5));
        Path file = dataset.resolve(name);
        DatasetFolders.discard(file);
        switch (random.nextInt(4)) {
            case 0 -> Files.createDirectories(file.resolve("inside"));
            case 1 -> Files.createSymbolicLink(file, file);
            case 2 -> Files.createSymbolicLink(file, dataset);
            default -> Files.write(file, new byte[random.nextInt(3)]);
        }
        return name + " replaced";
    }

    /** Reads, writes and deletes the dataset d; only a DatasetException that names it is allowed. */
    private void requireCleanAnswers() {
        assertThat(datasets.list()).extracting(DatasetListing::name).containsExactly("d", "good");
        assertThat(datasets.describe("good")).isInstanceOf(DatasetListing.Ready.class);
        answer(() -> {
            try (Dataset dataset = datasets.openReadOnly("d")) {
                List<Runnable> readings = new ArrayList<>(
                        List.of(dataset::fields, dataset::numberSummaries, dataset::failures, dataset::evaluations,
                                dataset::description, dataset::created, dataset::size, () -> dataset.provenances("p"),
                                () -> dataset.auxiliaryMaps("p"), () -> dataset.find("s001"), dataset::mediaRoot));
                answer(() -> dataset.samples().forEach(
                        sample -> readings.addAll(List.of(sample::image, sample::numbers, () -> sample.measured("gt"),
                                () -> sample.prediction("p"), () -> dataset.sample(sample.id())))));
                readings.forEach(DamagedIndexTest::answer);
            }
        });
        answer(() -> {
            try (Dataset dataset = datasets.open("d")) {
                answer(() -> dataset.samples().forEach(sample -> {
                    answer(() -> sample.setPrediction("p", TestDatasets.prediction(sample, 2, 2)));
                    answer(() -> dataset.recordFailure(sample, "r", "x"));
                    answer(() -> TestDatasets.score(sample,
                            dataset.beginEvaluation("p", "other", "gt", TestDatasets.definition("1")), 2));
                }));
                answer(() -> dataset.deletePredictions("p"));
            }
        });
        datasets.delete("d");
        assertThat(datasets.list()).singleElement().isInstanceOf(DatasetListing.Ready.class);
    }

    private static void answer(Runnable call) {
        try {
            call.run();
        } catch (DatasetException e) {
            assertThat(e).hasMessageContaining("dataset d");
        } catch (IllegalArgumentException e) {
            // The dataset is readable, but what the test asks for is not in it any more.
            assertThat(e.getMessage()).containsAnyOf("has no", "has no prediction", "there is",
                    "expected a prediction");
        }
    }
}
