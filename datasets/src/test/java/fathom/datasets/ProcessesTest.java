package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import fathom.datasets.files.MapFiles;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.FieldState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ProcessesTest {
    private static final int SAMPLES = 120;

    @TempDir
    Path home;

    private Datasets prepare(int samples) {
        Datasets datasets = Datasets.at(home);
        TestDatasets.create(datasets, "d", home, samples).close();
        return datasets;
    }

    private static List<Path> files(Dataset dataset) throws IOException {
        try (Stream<Path> files = Files.walk(dataset.folder().resolve(MapFiles.FOLDER))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void killedWriterLeavesCommittedDataOnly() throws Exception {
        Datasets datasets = prepare(SAMPLES);
        int saved = 0;
        for (int kill = 0; kill < 3; kill++) {
            try (ChildProcess writer = ChildProcess.start(WriterProgram.class, home.toString(), "0")) {
                saved = Integer.parseInt(writer.await("saved"));
                Thread.sleep(7L * kill);
                writer.kill();
            }
            // The files that a process leaves if it is killed while writing a file, and between file and row.
            Path folder = datasets.home().resolve("datasets/d/maps/p");
            Files.writeString(folder.resolve("0123456789abcdef-00000000.npy.tmp"), "half");
            Files.writeString(folder.resolve("0123456789abcdef-00000001.npy"), "whole, but of no row");
            Files.writeString(folder.resolve("notes.txt"), "of the user");
            try (Dataset dataset = datasets.open("d")) {
                List<Sample> done = dataset.samplesIn("p", FieldState.DONE);
                assertThat(done).hasSizeGreaterThanOrEqualTo(saved);
                assertThat(done).allMatch(sample -> TestDatasets.isWhole(sample, sample.prediction("p")));
                assertThat(dataset.count("p.rmse")).isBetween(done.size() - 1, done.size());
                assertThat(files(dataset)).hasSize(done.size() + 1);
            }
        }
        try (ChildProcess writer = ChildProcess.start(WriterProgram.class, home.toString(), "0")) {
            writer.await("finished");
        }
        try (Dataset dataset = datasets.open("d")) {
            assertThat(dataset.field("p").done()).isEqualTo(SAMPLES);
            assertThat(dataset.samples()).allMatch(sample -> TestDatasets.isWhole(sample, sample.prediction("p")));
        }
    }

    @Test
    void anotherProcessReadsWhileThisOneWrites() throws Exception {
        Datasets datasets = prepare(60);
        try (Dataset dataset = datasets.open("d");
                ChildProcess reader = ChildProcess.start(ReaderProgram.class, home.toString())) {
            reader.await("opened");
            for (Sample sample : dataset) {
                sample.setPrediction("p", TestDatasets.prediction(sample, 64, 48));
                dataset.save();
                Thread.sleep(5);
            }
            String[] rounds = reader.await("finished").split(" ");
            assertThat(Integer.parseInt(rounds[1])).as("rounds that saw some but not all").isPositive();
        }
    }

    @Test
    void secondWriterIsRejectedWithTheNameOfTheFirst() throws Exception {
        Datasets datasets = prepare(SAMPLES);
        try (ChildProcess writer = ChildProcess.start(WriterProgram.class, home.toString(), "1000")) {
            writer.await("opened");
            assertThatThrownBy(() -> datasets.open("d", Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(DatasetException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.IN_USE))
                    .hasMessageContaining("process " + writer.pid());
            assertThatThrownBy(() -> datasets.delete("d")).isInstanceOf(DatasetException.class);
            datasets.openReadOnly("d").close();
            writer.kill();
        }
        try (Dataset dataset = datasets.open("d")) {
            assertThat(dataset.size()).isEqualTo(SAMPLES);
            assertThatThrownBy(() -> datasets.open("d", Duration.ZERO)).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("this process");
        }
        datasets.open("d").close();
    }
}
