package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import fathom.datasets.files.MapFiles;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.AuxiliaryMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class TroubleTest {
    @TempDir
    Path folder;
    private Datasets datasets;

    @BeforeEach
    void prepare() {
        datasets = Datasets.at(folder.resolve("home"));
    }

    private Path index() {
        return datasets.home().resolve("datasets/d/" + IndexFile.NAME);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + index());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static void requireProblem(Problem problem, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(words);
    }

    @Test
    void datasetOfANewerProgramIsRefusedAndLeftAlone() throws Exception {
        TestDatasets.create(datasets, "d", folder, 2).close();
        sql("PRAGMA user_version = 99");
        requireProblem(Problem.NEWER, "update Fathom", () -> datasets.open("d"));
        requireProblem(Problem.NEWER, "format 99", () -> datasets.openReadOnly("d"));
        assertThat(datasets.list()).singleElement().isInstanceOf(DatasetListing.Unreadable.class);
        sql("PRAGMA user_version = " + Schema.VERSION);
        try (Dataset dataset = datasets.open("d")) {
            assertThat(dataset.size()).isEqualTo(2);
        }
    }

    @Test
    void databaseOfAnotherProgramIsRefused() throws Exception {
        TestDatasets.create(datasets, "d", folder, 2).close();
        sql("PRAGMA application_id = 7");
        requireProblem(Problem.CORRUPT, "another program", () -> datasets.open("d"));
    }

    @Test
    void damagedIndexIsRefusedWhereverItIsCut() throws Exception {
        TestDatasets.create(datasets, "d", folder, 2).close();
        byte[] whole = Files.readAllBytes(index());
        for (int length : new int[]{0, 1, 50, 99, 100, 2000, 4096, 8192, whole.length / 2, whole.length - 1}) {
            Files.write(index(), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                try (Dataset dataset = datasets.open("d")) {
                    dataset.samples();
                }
            }).as("cut to " + length).isInstanceOf(DatasetException.class);
            assertThat(datasets.describe("d")).as("cut to " + length).isInstanceOf(DatasetListing.Unreadable.class);
        }
    }

    @Test
    void unwritableHomeSaysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> TestDatasets.create(Datasets.at(file.resolve("home")), "d", folder, 1))
                .isInstanceOf(DatasetException.class).hasMessageContaining("dataset d");
        assertThat(Datasets.at(file.resolve("home")).list()).isEmpty();
    }

    @Test
    void readOnlyFolderIsReadButNotWritten() throws Exception {
        TestDatasets.create(datasets, "d", folder, 2).close();
        Path own = index().getParent();
        assumeTrue(Files.getFileStore(own).supportsFileAttributeView("posix"),
                "SKIPPED: this file system has no permissions to take away");
        Files.delete(own.resolve("writer.lock"));
        Files.setPosixFilePermissions(index(), PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeTrue(!Files.isWritable(own), "SKIPPED: this user may write into read-only folders");
            try (Dataset dataset = datasets.openReadOnly("d")) {
                assertThat(dataset.samples()).hasSize(2);
            }
            requireProblem(Problem.READ_ONLY, "permissions", () -> datasets.open("d"));
        } finally {
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void indexThatCannotBeWrittenSaysSo() {
        TestDatasets.create(datasets, "d", folder, 2).close();
        try (Dataset dataset = datasets.open("d")) {
            dataset.store().update("PRAGMA query_only = ON");
            requireProblem(Problem.READ_ONLY, "permissions",
                    () -> dataset.recordFailure(dataset.samples().getFirst(), "p", "x"));
            dataset.store().update("PRAGMA query_only = OFF");
            dataset.recordFailure(dataset.samples().getFirst(), "p", "x");
        }
    }

    @Test
    void fullDiskLosesNothingThatWasSaved() {
        Dataset dataset = TestDatasets.create(datasets, "d", folder, 40);
        Sample first = dataset.samples().getFirst();
        first.setPrediction("p", TestDatasets.prediction(first, 2, 2));
        dataset.save();
        int pages = dataset.store().query("PRAGMA page_count", row -> row.integer(1)).getFirst();
        dataset.store().query("PRAGMA max_page_count = " + (pages + 1), row -> row.integer(1));
        requireProblem(Problem.DISK_FULL, "free some space", () -> {
            for (Sample sample : dataset) {
                dataset.recordFailure(sample, "q", "a long reason ".repeat(100));
            }
        });
        dataset.store().query("PRAGMA max_page_count = 100000", row -> row.integer(1));
        dataset.close();
        try (Dataset again = datasets.open("d")) {
            assertThat(again.samples().getFirst().prediction("p").prediction().values().size()).isEqualTo(4);
            for (Sample sample : again) {
                again.recordFailure(sample, "q", "a long reason ".repeat(100));
            }
            assertThat(again.failures("q")).hasSize(40);
        }
    }

    @Test
    void mapsOfPredictionsThatCouldNotBeSavedAreRemoved() throws Exception {
        TestDatasets.create(datasets, "d", folder, 30).close();
        Dataset dataset = datasets.open("d");
        int pages = dataset.store().query("PRAGMA page_count", row -> row.integer(1)).getFirst();
        dataset.store().query("PRAGMA max_page_count = " + (pages + 2), row -> row.integer(1));
        requireProblem(Problem.DISK_FULL, "free some space", () -> {
            for (Sample sample : dataset.samples()) {
                PredictionDraft plain = TestDatasets.prediction(sample, 2, 2);
                Provenance wordy = new Provenance("m", "", "", sample.name().repeat(500), Members.NONE, Members.NONE,
                        "", "");
                sample.setPrediction("p", PredictionDraft.of(plain.prediction(), "none", wordy));
            }
        });
        dataset.close();
        try (Dataset again = datasets.openReadOnly("d");
                Stream<Path> files = Files.list(again.folder().resolve("maps/p"))) {
            assertThat(files).hasSize(again.field("p").done());
            assertThat(again.samplesIn("p", FieldState.DONE))
                    .allMatch(sample -> TestDatasets.isWhole(sample, sample.prediction("p")));
        }
    }

    @Test
    void mapThatDoesNotFitOnTheDiskLeavesTheOldOne() throws Exception {
        TestDatasets.create(datasets, "d", folder, 1).close();
        AtomicInteger written = new AtomicInteger();
        try (Dataset dataset = datasets.open("d", Duration.ZERO, (file, values) -> {
            MapFiles.write(file, values);
            if (written.incrementAndGet() > 1) {
                throw new IOException("No space left on device");
            }
        })) {
            Sample sample = dataset.samples().getFirst();
            sample.setPrediction("p", TestDatasets.prediction(sample, 2, 2));
            requireProblem(Problem.DISK_FULL, "free some space",
                    () -> sample.setPrediction("p", TestDatasets.prediction(sample, 5, 5)));
            assertThat(sample.prediction("p").prediction().values().width()).isEqualTo(2);
            dataset.save();
            try (Stream<Path> files = Files.list(dataset.folder().resolve("maps/p"))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void failedAuxiliaryMapRollsBackThePrediction() throws Exception {
        TestDatasets.create(datasets, "d", folder, 1).close();
        try (Dataset dataset = datasets.open("d", Duration.ZERO, (file, values) -> {
            if (values.width() == 3) {
                throw new IOException("Input/output error");
            }
            MapFiles.write(file, values);
        })) {
            Sample sample = dataset.samples().getFirst();
            PredictionDraft plain = TestDatasets.prediction(sample, 2, 2);
            requireProblem(Problem.INPUT_OUTPUT, "storing p",
                    () -> sample.setPrediction("p",
                            new PredictionDraft(
                                    plain.prediction(), "none", plain.provenance(), List.of(AuxiliaryMap.of("extra",
                                            AuxiliaryMap.Kind.SCALAR, "", fathom.raster.Plane.allocate(1, 3))),
                                    java.util.Map.of())));
            assertThat(dataset.field("p").done()).isZero();
            try (Stream<Path> files = Files.list(dataset.folder().resolve("maps/p"))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void mediaMayMove() throws Exception {
        Path before = Files.createDirectories(folder.resolve("before"));
        Files.writeString(before.resolve("0.png"), "a");
        Files.writeString(before.resolve("1.png"), "b");
        Path after = folder.resolve("after");
        try (Dataset dataset = TestDatasets.create(datasets, "d", before, 2)) {
            Files.move(before, after);
            Files.move(after.resolve("1.png"), folder.resolve("1.png"));
            assertThatThrownBy(() -> dataset.relocate(after)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 missing").hasMessageContaining("1.png");
            assertThat(dataset.mediaRoot()).isEqualTo(before);
            Files.move(folder.resolve("1.png"), after.resolve("1.png"));
            dataset.relocate(after);
        }
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.mediaRoot()).isEqualTo(after);
        }
    }

    @Test
    void pathThatLeavesTheMediaRootIsNotFollowed() throws Exception {
        TestDatasets.create(datasets, "d", folder, 1).close();
        sql("UPDATE sample SET rgb = '../../../../../../etc/hostname'");
        try (Dataset dataset = datasets.openReadOnly("d")) {
            requireProblem(Problem.CORRUPT, "leaves the media root", () -> dataset.samples().getFirst().image());
        }
    }

    @Test
    void leftoversOfKilledProcessesAreRemovedByTheNextCall() throws Exception {
        TestDatasets.create(datasets, "d", folder, 1).close();
        Path all = datasets.home().resolve("datasets");
        List<Runnable> calls = List.of(datasets::list, () -> datasets.open("d").close(),
                () -> TestDatasets.create(datasets, "e", folder, 1).close(), () -> datasets.delete("e"));
        for (Runnable call : calls) {
            Path draft = Files.createDirectories(all.resolve(".new-x-0f8fad5b-d9cb-469f-a165-70867728950e"));
            Files.writeString(draft.resolve("index.sqlite"), "half");
            Files.writeString(draft.resolve("writer.lock"), "process 1");
            Path empty = Files.createDirectories(all.resolve(".new-y-1b4e28ba-2fa1-11d2-883f-0016d3cca427"));
            Path deleted = Files
                    .createDirectories(all.resolve(".deleted-z-7c9e6679-7425-40de-944b-e07fc1f90ae7/maps/p"));
            Files.writeString(deleted.resolve("0.npy"), "map");
            Path outside = Files.createDirectories(folder.resolve("outside"));
            Files.writeString(outside.resolve("kept.txt"), "of the user");
            Files.deleteIfExists(deleted.resolve("link"));
            Files.createSymbolicLink(deleted.resolve("link"), outside);
            call.run();
            assertThat(List.of(draft, empty, deleted)).noneMatch(Files::exists);
            assertThat(outside.resolve("kept.txt")).exists();
        }
        assertThat(datasets.names()).containsExactly("d");
    }

    @Test
    void draftOfALivingImportIsKept() {
        Datasets other = Datasets.at(datasets.home());
        datasets.create("d", DatasetOptions.of(folder), dataset -> {
            other.list();
            TestDatasets.create(other, "e", folder, 1).close();
            other.delete("e");
            dataset.add(SampleDraft.of("s", folder.resolve("0.png"), 4, 6));
        }).close();
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.size()).isEqualTo(1);
        }
    }

    @Test
    void onlyOneOfManyCreationsOfANameSucceeds() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Optional<DatasetException>>> results = new ArrayList<>();
            for (String name : List.of("d", "D", "d", "d")) {
                results.add(threads.submit(() -> created(name, together)));
            }
            List<DatasetException> losers = new ArrayList<>();
            for (Future<Optional<DatasetException>> result : results) {
                result.get().ifPresent(losers::add);
            }
            assertThat(losers).hasSize(3).allMatch(loser -> loser.problem() == Problem.EXISTS)
                    .allMatch(loser -> loser.getMessage().contains("exists already"));
        }
        assertThat(datasets.names()).hasSize(1);
        try (Stream<Path> left = Files.list(datasets.home().resolve("datasets"))) {
            assertThat(left.filter(Files::isDirectory)).hasSize(1);
        }
    }

    private Optional<DatasetException> created(String name, CyclicBarrier together) {
        try {
            datasets.create(name, DatasetOptions.of(folder), dataset -> {
                dataset.add(SampleDraft.of("s", folder.resolve("0.png"), 4, 6));
                await(together);
            }).close();
            return Optional.empty();
        } catch (DatasetException e) {
            return Optional.of(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void datasetWhoseLockFileIsNotAFileIsDeleted() throws Exception {
        TestDatasets.create(datasets, "d", folder, 1).close();
        Path lock = datasets.home().resolve("datasets/d/writer.lock");
        Path outside = Files.writeString(folder.resolve("outside.txt"), "of the user");
        Files.delete(lock);
        Files.createSymbolicLink(lock, outside);
        assertThatThrownBy(() -> datasets.open("d")).isInstanceOf(DatasetException.class);
        datasets.delete("d");
        assertThat(outside).hasContent("of the user");
        assertThat(datasets.names()).isEmpty();
    }

    @Test
    void datasetThatIsBeingWrittenIsNotDeleted() {
        try (Dataset dataset = TestDatasets.create(datasets, "d", folder, 1)) {
            requireProblem(Problem.IN_USE, "this process", () -> datasets.delete("d"));
            assertThat(dataset.size()).isEqualTo(1);
        }
        datasets.delete("d");
        requireProblem(Problem.UNKNOWN, "no dataset named d", () -> datasets.delete("d"));
    }
}
