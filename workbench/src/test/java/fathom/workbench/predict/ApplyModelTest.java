package fathom.workbench.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.values.Failure;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.SampleDraft;
import fathom.formats.json.JsonValue.Members;
import fathom.formats.png.Png;
import fathom.inference.ModelRunException;
import fathom.models.preprocessing.UnfitPictureException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return apply(estimator, Parallelism.NONE, cancellation);
    }

    private ApplyModel.Outcome apply(FakeEstimator estimator, Parallelism parallelism, Cancellation cancellation)
            throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            return ApplyModel.run(dataset, estimator, "fake", parallelism, Progress.silent(), cancellation);
        }
    }

    @Test
    void everySampleGetsAPredictionWithItsProvenance() throws Exception {
        ApplyModel.Outcome outcome = apply(new FakeEstimator(), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES);
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.threads()).hasValue(FakeEstimator.THREADS);
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
        assertThat(outcome.threads()).as("no run, no threads").isEmpty();
    }

    /** The description needs the hash of the weights, which are read while the network is loaded and runs first. */
    @Test
    void descriptionIsRequestedBeforeTheFirstRunOnlyToCompareIt() throws Exception {
        FakeEstimator first = new FakeEstimator();
        assertThat(apply(first, new Cancellation()).stored()).isEqualTo(SAMPLES);
        assertThat(first.describedEarly).isFalse();
        FakeEstimator second = new FakeEstimator();
        apply(second, new Cancellation());
        assertThat(second.describedEarly).isTrue();
    }

    @Test
    void failedSampleIsRecordedAndTheOthersAreRun() throws Exception {
        ApplyModel.Outcome outcome = apply(new FakeEstimator("0123456789abcdef", 11, () -> {}), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES - 1);
        assertThat(outcome.failures()).extracting(Failure::sampleName).containsExactly("sample 3");
        assertThat(outcome.failures().getFirst().reason()).contains("11 pixels wide");
    }

    @Test
    void mapWithoutAFiniteNumberIsAFailedSample() throws Exception {
        FakeEstimator estimator = new FakeEstimator();
        estimator.empty = 11;
        ApplyModel.Outcome outcome = apply(estimator, new Cancellation());
        assertThat(outcome.stored()).isEqualTo(SAMPLES - 1);
        assertThat(outcome.failures()).extracting(Failure::sampleName).containsExactly("sample 3");
        assertThat(outcome.failures().getFirst().reason()).contains("expected a map with finite numbers, found none");
    }

    @Test
    void brokenPictureIsRecordedAndRetriedAfterRepair() throws Exception {
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
    void stoppedRunKeepsItsResultsAndResumes() throws Exception {
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

    /** Reads with another connection, which sees what a killed process would leave. */
    @Test
    void slowPredictionIsCommittedImmediately() throws Exception {
        Cancellation cancellation = new Cancellation();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger saved = new AtomicInteger();
        FakeEstimator slow = new FakeEstimator("0123456789abcdef", -1, () -> {
            try {
                if (begun.incrementAndGet() == 1) {
                    Thread.sleep(100);
                    return;
                }
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (saved.get() == 0 && System.nanoTime() < end) {
                    try (Dataset other = datasets.openReadOnly("d")) {
                        saved.set(other.field("fake").done());
                    }
                }
                cancellation.request();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> apply(slow, cancellation)).isInstanceOf(CancellationException.class);
        assertThat(saved).hasValue(1);
    }

    @Test
    void fieldOfOtherWeightsIsNotContinued() throws Exception {
        apply(new FakeEstimator(), new Cancellation());

        assertThatThrownBy(() -> apply(new FakeEstimator("fedcba9876543210", -1, () -> {}), new Cancellation()))
                .isInstanceOf(UsageException.class).hasMessageContaining("0123456789ab").extracting(HasRemedy::of)
                .isEqualTo(Optional.of(new Remedy.RedoPredictions("fake")));
    }

    @Test
    void fieldOfOtherSettingsIsNotContinuedAndEachDifferenceIsNamed() throws Exception {
        apply(new FakeEstimator("0123456789abcdef", -1, () -> {}, Members.NONE.with("fov", "60")), new Cancellation());

        FakeEstimator other = new FakeEstimator("0123456789abcdef", -1, () -> {},
                Members.NONE.with("fov", "50").with("tokens", "1200"));
        assertThatThrownBy(() -> apply(other, new Cancellation())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settings.options.fov: expected 50, found 60")
                .hasMessageContaining("settings.options.tokens: expected 1200, found none")
                .hasMessageNotContaining("architecture");
        assertThat(other.runs).hasValue(0);
    }

    @Test
    void defectEndsTheRunAndIsNotRecordedAsAFailure() {
        AtomicInteger runs = new AtomicInteger();
        FakeEstimator defective = new FakeEstimator("0123456789abcdef", -1, () -> {
            if (runs.incrementAndGet() == 3) {
                throw new IllegalArgumentException("index: expected 0 to 5, found 6");
            }
        });

        assertThatThrownBy(() -> apply(defective, new Cancellation())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found 6").hasCauseInstanceOf(IllegalArgumentException.class);
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.failures("fake")).isEmpty();
            assertThat(dataset.field("fake").done()).isEqualTo(2);
        }
    }

    private static FakeEstimator failingOnce(Supplier<RuntimeException> failure) {
        AtomicInteger runs = new AtomicInteger();
        return new FakeEstimator("0123456789abcdef", -1, () -> {
            if (runs.incrementAndGet() == 3) {
                throw failure.get();
            }
        });
    }

    static Stream<Supplier<RuntimeException>> factsAboutOnePicture() {
        return Stream.of(() -> new UncheckedIOException(new IOException("unreadable")),
                () -> new ModelRunException(new IllegalStateException("out of memory")),
                () -> new UnfitPictureException("too large"));
    }

    @ParameterizedTest
    @MethodSource("factsAboutOnePicture")
    void failureOfOnePictureIsRecordedForIt(Supplier<RuntimeException> failure) throws Exception {
        ApplyModel.Outcome outcome = apply(failingOnce(failure), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES - 1);
        assertThat(outcome.failures()).singleElement().extracting(Failure::sampleName).isEqualTo("sample 2");
    }

    static Stream<Supplier<RuntimeException>> defects() {
        return Stream.of(() -> new NullPointerException("plane"), () -> new IndexOutOfBoundsException("6"),
                () -> new ArithmeticException("overflow"), () -> new IllegalStateException("closed"),
                () -> new UnsupportedOperationException("kind"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void otherExceptionsEndTheRunUnchanged(Supplier<RuntimeException> failure) {
        assertThatThrownBy(() -> apply(failingOnce(failure), new Cancellation()))
                .isInstanceOf(failure.get().getClass());
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.failures("fake")).isEmpty();
        }
    }

    /** Includes concurrency above the number of pictures that are decoded in advance. */
    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void concurrencyLimitIsReachedAndNotExceeded(int allowed) throws Exception {
        CyclicBarrier allAtOnce = new CyclicBarrier(allowed);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeEstimator estimator = new FakeEstimator("0123456789abcdef", -1, () -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                allAtOnce.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
            underWay.decrementAndGet();
        });
        ApplyModel.Outcome outcome = apply(estimator, new Parallelism(allowed, 1), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES);
        assertThat(most).hasValue(allowed);
        assertThat(outcome.busy()).isBetween(0.0, 1.0);
    }

    @Test
    void slowRunDoesNotDelayTheOthers() throws Exception {
        CountDownLatch others = new CountDownLatch(SAMPLES - 1);
        AtomicBoolean first = new AtomicBoolean(true);
        FakeEstimator estimator = new FakeEstimator("0123456789abcdef", -1, () -> {
            if (!first.compareAndSet(true, false)) {
                others.countDown();
                return;
            }
            try {
                assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ApplyModel.Outcome outcome = apply(estimator, new Parallelism(2, 1), new Cancellation());

        assertThat(outcome.stored()).isEqualTo(SAMPLES);
        assertThat(outcome.failures()).isEmpty();
    }

    @Test
    void cancelledRunsCountAsNotAttempted() throws Exception {
        Cancellation cancellation = new Cancellation();
        AtomicInteger begun = new AtomicInteger();
        FakeEstimator estimator = new FakeEstimator("0123456789abcdef", -1, () -> {
            if (begun.incrementAndGet() <= 4) {
                return;
            }
            if (begun.get() == 6) {
                cancellation.request();
            }
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        });
        assertThatThrownBy(() -> apply(estimator, new Parallelism(2, 1), cancellation))
                .isInstanceOf(CancellationException.class);

        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(dataset.field("fake").done()).isEqualTo(4);
            assertThat(dataset.failures("fake")).isEmpty();
        }
        assertThat(apply(new FakeEstimator(), new Cancellation()).stored()).isEqualTo(SAMPLES - 4);
    }

    @Test
    void requestBeforeTheRunStartsNothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        FakeEstimator estimator = new FakeEstimator();
        assertThatThrownBy(() -> apply(estimator, new Parallelism(4, 2), cancellation))
                .isInstanceOf(CancellationException.class);
        assertThat(estimator.runs).hasValue(0);
    }

    @Test
    void failedBatchIsRunOneByOne() throws Exception {
        FakeEstimator estimator = new FakeEstimator("0123456789abcdef", 11, () -> {});
        ApplyModel.Outcome outcome = apply(estimator, new Parallelism(1, 5), new Cancellation());

        assertThat(estimator.batches).containsExactly(5, 5, 2);
        assertThat(outcome.stored()).isEqualTo(SAMPLES - 1);
        assertThat(outcome.failures()).extracting(Failure::sampleName).containsExactly("sample 3");
    }

    @Test
    void planReportsTheRunAndWritesNothing() throws Exception {
        apply(new FakeEstimator("0123456789abcdef", 11, () -> {}), new Cancellation());

        FakeEstimator estimator = new FakeEstimator();
        try (Dataset dataset = datasets.openReadOnly("d")) {
            assertThat(ApplyModel.plan(dataset, estimator, "fake", false))
                    .isEqualTo(new ApplyModel.Plan("fake", "fake", SAMPLES, SAMPLES - 1, 1, 1, 0));
            assertThat(ApplyModel.plan(dataset, estimator, "fake", true))
                    .isEqualTo(new ApplyModel.Plan("fake", "fake", SAMPLES, 0, SAMPLES, 0, 0));
            assertThat(ApplyModel.plan(dataset, estimator, "new", false).open()).isEqualTo(SAMPLES);
            FakeEstimator other = new FakeEstimator("fedcba9876543210", -1, () -> {});
            assertThatThrownBy(() -> ApplyModel.plan(dataset, other, "fake", false)).isInstanceOf(UsageException.class)
                    .extracting(HasRemedy::of).isEqualTo(Optional.of(new Remedy.RedoPredictions("fake")));
        }
        assertThat(estimator.runs).hasValue(0);
    }
}
