package fathom.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Failure;
import fathom.datasets.FieldState;
import fathom.datasets.SampleDraft;
import fathom.formats.Png;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApplyModelTest {
    private static final int SAMPLES = 12;

    @TempDir
    Path folder;

    private Datasets datasets;

    @BeforeEach
    void makeDataset() throws IOException {
        datasets = Datasets.at(folder.resolve("home"));
        Path media = Files.createDirectory(folder.resolve("media"));
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(media))) {
            for (int i = 0; i < SAMPLES; i++) {
                Path picture = media.resolve(i + ".png");
                Png.writeRgb(picture, RgbImage.allocate(8, 8 + i));
                dataset.add(SampleDraft.of("sample " + i, picture, 8, 8 + i));
            }
        }
    }

    private ApplyModel.Outcome apply(FakeEstimator estimator, Cancellation cancellation) throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            return ApplyModel.run(dataset, estimator, "fake", Progress.silent(), cancellation);
        }
    }

    @Test
    void everySampleGetsAPredictionWithItsProvenance() throws Exception {
        ApplyModel.Outcome outcome = apply(new FakeEstimator(), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES);
        assertThat(outcome.failures()).isEmpty();
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.field("fake").done()).isEqualTo(SAMPLES);
            assertThat(dataset.samples().getFirst().prediction("fake").prediction().values().get(3, 5)).isEqualTo(1);
            assertThat(dataset.provenances("fake").firstEntry().getKey().weightsHash()).isEqualTo("0123456789abcdef");
            assertThat(dataset.count("fake.seconds")).isEqualTo(SAMPLES);
        }
    }

    @Test
    void secondRunDoesNothingAgain() throws Exception {
        apply(new FakeEstimator(), new Cancellation());
        FakeEstimator second = new FakeEstimator();
        ApplyModel.Outcome outcome = apply(second, new Cancellation());

        assertThat(second.runs).hasValue(0);
        assertThat(outcome.done()).isEqualTo(SAMPLES);
        assertThat(outcome.stored()).isZero();
    }

    @Test
    void failingSampleIsRecordedAndTheRestGoesOn() throws Exception {
        ApplyModel.Outcome outcome = apply(new FakeEstimator("0123456789abcdef", 11, () -> {}), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES - 1);
        assertThat(outcome.failures()).extracting(Failure::sampleName).containsExactly("sample 3");
        assertThat(outcome.failures().getFirst().reason()).contains("11 pixels wide");
    }

    @Test
    void brokenPictureIsRecordedAndTriedAgainOnceMended() throws Exception {
        Path picture = folder.resolve("media/5.png");
        byte[] whole = Files.readAllBytes(picture);
        Files.write(picture, new byte[]{1, 2, 3});
        ApplyModel.Outcome first = apply(new FakeEstimator(), new Cancellation());
        assertThat(first.failures()).extracting(Failure::sampleName).containsExactly("sample 5");

        Files.write(picture, whole);
        ApplyModel.Outcome second = apply(new FakeEstimator(), new Cancellation());
        assertThat(second.stored()).isEqualTo(1);
        assertThat(second.failures()).isEmpty();
    }

    @Test
    void stoppedRunKeepsWhatIsDoneAndGoesOnLater() throws Exception {
        Cancellation cancellation = new Cancellation();
        FakeEstimator stopping = new FakeEstimator("0123456789abcdef", -1, new Runnable() {
            private int runs;

            @Override
            public void run() {
                if (++runs == 5) {
                    cancellation.request();
                }
            }
        });
        assertThatThrownBy(() -> apply(stopping, cancellation)).isInstanceOf(CancellationException.class);

        int done;
        try (Dataset dataset = datasets.openReadOnly("d")) {
            done = dataset.field("fake").done();
            assertThat(dataset.samplesIn("fake", FieldState.DONE)).hasSize(done);
        }
        assertThat(done).isEqualTo(5);
        assertThat(apply(new FakeEstimator(), new Cancellation()).stored()).isEqualTo(SAMPLES - done);
    }

    @Test
    void fieldOfOtherWeightsIsNotContinued() throws Exception {
        apply(new FakeEstimator(), new Cancellation());

        assertThatThrownBy(() -> apply(new FakeEstimator("fedcba9876543210", -1, () -> {}), new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0123456789ab")
                .hasMessageContaining("--redo");
    }
}
